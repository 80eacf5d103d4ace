from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.settings import Settings, SettingsError, read_settings

TOP = Path(__file__).parents[4]


def env(tmp_path: Path, **slack: str) -> dict[str, str]:
    return {"WHICHPLAN_DATA": str(tmp_path)} | {
        f"WHICHPLAN_SLACK_{name}": value for name, value in slack.items()
    }


@pytest.mark.parametrize(
    ("slack", "said"),
    [
        ({"BOT_TOKEN": "xapp-1", "APP_TOKEN": "xapp-1"}, "WHICHPLAN_SLACK_BOT_TOKEN has to begin with xoxb-"),
        ({"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xoxb-1"}, "WHICHPLAN_SLACK_APP_TOKEN has to begin with xapp-"),
        ({"BOT_TOKEN": "xoxb-1"}, "alone hears nothing"),
        (
            {"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1", "CHANNEL": "#advocates"},
            "copy it from the channel's",
        ),
    ],
)
def test_a_wrong_setting_says_what_to_do(tmp_path: Path, slack: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(said)):
        read_settings(env(tmp_path, **slack))


def test_no_token_is_shown_where_settings_are(tmp_path: Path) -> None:
    found = read_settings(env(tmp_path, BOT_TOKEN="xoxb-secret", SIGNING_SECRET="hush", CHANNEL="C1"))
    assert found.has_advocates_channel
    assert not any(secret in repr(found) for secret in ("xoxb-secret", "hush"))
    assert not read_settings(env(tmp_path)).has_advocates_channel


def test_the_readme_lists_each_variable() -> None:
    page = (TOP / "docs/run/settings.md").read_text()
    names = [one.name.upper() for one in fields(Settings) if one.name.startswith("slack_")]
    assert [name for name in names if f"`WHICHPLAN_{name}`" not in page] == []
