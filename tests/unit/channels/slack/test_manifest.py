"""The manifest asks for what the code uses, and for nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from assistant.channels.slack.channel import COMMAND
from tests.fake_slack import EVENT_SCOPES, MANIFEST, SCOPES

CODE = "\n".join(
    path.read_text()
    for folder in ("channels/slack", "handover", "owner")
    for path in sorted((Path(__file__).parents[4] / "assistant" / folder).glob("*.py"))
)


@pytest.fixture(scope="module")
def manifest() -> dict:
    return yaml.safe_load(MANIFEST.read_text())


def called() -> set[str]:
    """Return Slack's methods that the code calls, such as chat.postMessage."""
    found = re.findall(r"client\.((?:chat|views|users|conversations|reactions|files|auth)_\w+)", CODE)
    return {name.replace("_", ".", 1) for name in found} | {"auth.test"}


def heard() -> set[str]:
    return set(re.findall(r'app\.event\("(\w+)"\)', CODE))


def test_the_stand_in_knows_every_method_that_is_called() -> None:
    assert called() == set(SCOPES) - {"apps.connections.open"}  # that is Bolt's own


def test_scopes_are_those_that_methods_events_and_commands_need(manifest) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    needed = {SCOPES[name] for name in called()} | {EVENT_SCOPES[name] for name in events} | {"commands"}
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == needed - {None}


def test_events_are_those_that_the_code_hears(manifest) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {name.partition(".")[0] for name in events} == heard()
    assert {"message.im", "message.channels", "message.groups"} <= set(events)


def test_the_command_and_the_tabs_are_there(manifest) -> None:
    assert [one["command"] for one in manifest["features"]["slash_commands"]] == [COMMAND]
    home = manifest["features"]["app_home"]
    assert home["home_tab_enabled"] and home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"], "or nobody could write a direct message"
    assert manifest["settings"]["interactivity"]["is_enabled"]


def test_nothing_is_longer_than_slack_takes(manifest) -> None:
    about, command = manifest["display_information"], manifest["features"]["slash_commands"][0]
    assert len(about["name"]) <= 35 and len(about["description"]) <= 140
    assert len(manifest["features"]["bot_user"]["display_name"]) <= 80
    assert command["command"].startswith("/") and len(command["command"]) <= 32
    assert len(command["usage_hint"]) <= 1000 and len(command["description"]) <= 2000
