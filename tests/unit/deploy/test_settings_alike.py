"""Every way to start knows every setting, and each mistake is one sentence at the start."""

from __future__ import annotations

import re

import pytest
import yaml

from assistant.knowledge.source import CONTENT
from assistant.settings import TOP, SettingsError, read_settings

BY_THE_IMAGE = {"WHICHPLAN_HOST", "WHICHPLAN_PORT", "WHICHPLAN_DATA", "WHICHPLAN_CONTENT"}
"""Where the program stands: each way to start has places of its own."""
FOR_TESTS = {"WHICHPLAN_SLACK_API_URL"}
OF_CALENDARS = {
    name
    for one in yaml.safe_load((CONTENT / "consultation.yml").read_text())["advocates"]
    for name in (one["caldav"], one["feed"])
}
SETTINGS = set(re.findall(r"`(WHICHPLAN_[A-Z_]+|DATABASE_URL)`", (TOP / "assistant/settings.py").read_text()))


def named(path: str) -> set[str]:
    return set(re.findall(r"\b(WHICHPLAN_[A-Z_]*[A-Z]|DATABASE_URL)\b", (TOP / path).read_text()))


@pytest.mark.parametrize(
    "path", ["deploy/compose.yml", "deploy/example.env", "deploy/kubernetes/settings.yaml"]
)
def test_each_way_to_start_names_each_setting(path) -> None:
    wanted = SETTINGS - BY_THE_IMAGE - FOR_TESTS | OF_CALENDARS
    assert named(path) == wanted


def test_the_readme_lists_each_setting() -> None:
    assert named("docs/run/settings.md") >= SETTINGS


def test_systemd_takes_the_file_that_lists_them() -> None:
    unit = (TOP / "deploy/systemd/whichplan.service").read_text()
    assert "EnvironmentFile=" in unit
    assert "deploy/example.env" in unit


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("WHICHPLAN_PORT", "eighty"),
        ("WHICHPLAN_PORT", "70000"),
        ("WHICHPLAN_PROXIES", "-1"),
        ("WHICHPLAN_CONTENT", "/nowhere/at/all"),
        ("WHICHPLAN_PUBLIC_URL", "plan.example.org"),
        ("WHICHPLAN_ORIGINS", "https://www.example.org/page"),
        ("WHICHPLAN_ORIGINS", "*"),
        ("WHICHPLAN_SECRET", "short"),
        ("WHICHPLAN_SECRET_OLD", "short"),
        ("WHICHPLAN_ANSWER_SECONDS", "0"),
        ("WHICHPLAN_ANSWER_SECONDS", "600"),
        ("WHICHPLAN_ACTIONS_URL", "actions:5055"),
        ("DATABASE_URL", "mysql://user@host/base"),
        ("WHICHPLAN_REDIS_URL", "http://host"),
        ("WHICHPLAN_LOG", "xml"),
        ("WHICHPLAN_SMTP_URL", "mail.example.org:587"),
        ("WHICHPLAN_SLACK_BOT_TOKEN", "xapp-1"),
        ("WHICHPLAN_SLACK_APP_TOKEN", "xoxb-1"),
        ("WHICHPLAN_SLACK_CHANNEL", "#advocates"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_setting(tmp_path, name, wrong) -> None:
    with pytest.raises(SettingsError, match=name) as told:
        read_settings({"WHICHPLAN_DATA": str(tmp_path), name: wrong})
    assert "\n" not in str(told.value)


def test_no_error_shows_a_password(tmp_path) -> None:
    for name in ("DATABASE_URL", "WHICHPLAN_SMTP_URL", "WHICHPLAN_REDIS_URL"):
        with pytest.raises(SettingsError) as told:
            read_settings({"WHICHPLAN_DATA": str(tmp_path), name: "ftp://user:hunter2@host"})
        assert "hunter2" not in str(told.value)


def test_empty_is_as_good_as_not_there(tmp_path) -> None:
    empty = dict.fromkeys(SETTINGS - {"WHICHPLAN_DATA"}, "")
    settings = read_settings(empty | {"WHICHPLAN_DATA": str(tmp_path)})
    assert settings.port == 8080
    assert settings.origins == ()
    assert not settings.database_url
