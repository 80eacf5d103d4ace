from __future__ import annotations

import os
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller

from assistant.booking.consultation_file import load_consultation
from assistant.knowledge.source import CONTENT
from assistant.owner.live_check import check
from assistant.settings import Settings
from tests.fake_slack import FakeSlack
from tests.ports import free_port
from tests.slack_serving import Scripted, serving_web, settings_for
from tests.unit.booking.servers import feed_server

SITE = "https://www.school.test"


class Letters:
    def __init__(self) -> None:
        self.got: list[str] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.got += envelope.rcpt_tos
        return "250 taken"


@pytest.fixture
def letters():
    made = Letters()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    made.url = f"smtp://127.0.0.1:{controller.port}"
    yield made
    controller.stop()


async def lines(settings: Settings, **advocate) -> dict[str, str]:
    about = load_consultation(CONTENT / "consultation.yml", os.environ)
    about = replace(about, advocates=(replace(about.advocates[0], **advocate),))
    return {one.what: one.problem or one.skipped or "ok" async for one in check(settings, about)}


async def test_mail_slack_and_database_work_and_nothing_stays_behind(tmp_path, letters) -> None:
    async with FakeSlack() as slack:
        found = await lines(replace(settings_for(slack, tmp_path), smtp_url=letters.url))
        assert slack.posted == []
        assert slack.refused == []
    assert found["database"] == found["Slack: token and scopes"] == "ok"
    assert found["Slack: a message in the advocates' channel"] == "ok"
    assert [value for name, value in found.items() if name.startswith("mail to")] == ["ok"]
    assert letters.got == [load_consultation(CONTENT / "consultation.yml", os.environ).advocates[0].email]
    assert "reaches nobody" in found["addresses"]


async def test_each_part_that_fails_is_a_sentence_of_its_own(tmp_path) -> None:
    async with FakeSlack() as slack:
        settings = settings_for(slack, tmp_path)
        slack.scopes = slack.scopes - {"users:read"}
        gone = f"http://127.0.0.1:{free_port()}/calendar/"
        dead = f"smtp://127.0.0.1:{free_port()}"
        found = await lines(replace(settings, smtp_url=dead), caldav_url=gone)
        assert "users:read" in found["Slack: token and scopes"]
        wrong = await lines(replace(settings, slack_bot_token="xoxb-wrong"))
        assert "invalid_auth" in wrong["Slack: token and scopes"]
    assert found["calendar of founder, written and deleted"] != "ok"
    assert found["calendar of founder, read"] != "ok"
    assert next(value for name, value in found.items() if name.startswith("mail to")) != "ok"


async def test_it_says_why_a_calendar_cannot_be_read(tmp_path) -> None:
    with feed_server(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n") as feed:
        found = await lines(Settings(data=tmp_path, secret=b"s" * 32), feed_url=f"{feed}busy.ics")
    assert found["calendar of founder, read"] == "it is cut short: END:VCALENDAR is missing"


async def test_the_public_address_is_asked_as_a_browser_would(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("assistant.owner.live_check.is_reserved", lambda host: False)
    settings = Settings(data=tmp_path, secret=b"s" * 32, origins=(SITE,))
    async with serving_web(settings, Scripted()) as base:
        local = base.replace("127.0.0.1", "localhost")
        found = await lines(replace(settings, public_url=local, origins=(SITE, "https://other.test")))
        proxied = await lines(replace(settings, public_url=local.replace("http:", "https:")))
    assert "in clear" in found["TLS"]
    assert found["each visitor told apart"] == "ok"
    assert "WHICHPLAN_PROXIES is 0" in proxied["each visitor told apart"]
    assert found[f"widget from {SITE}"] == "ok"
    assert "WHICHPLAN_ORIGINS" in found["widget from https://other.test"]
