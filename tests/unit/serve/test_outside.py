from __future__ import annotations

import asyncio
import logging

import pytest
from prometheus_client import REGISTRY

from assistant.booking.consultation_file import load_consultation
from assistant.knowledge.source import CONTENT
from assistant.serve.outside import Outside, looks_for
from assistant.settings import Settings
from tests.fake_slack import FakeSlack
from tests.ports import free_port
from tests.slack_serving import settings_for


async def test_a_part_that_does_not_answer_is_said_once_and_again_when_it_is_back(caplog) -> None:
    broken = True

    async def mail() -> None:
        if broken:
            raise ConnectionRefusedError("user:password@host")

    outside = Outside({"mail": mail})
    with caplog.at_level(logging.WARNING):
        await outside.look()
        await outside.look()
        assert outside.up == {"mail": False}
        assert [record.getMessage() for record in caplog.records] == [
            "mail does not answer: ConnectionRefusedError. make live-check says more"
        ]
        assert REGISTRY.get_sample_value("whichplan_outside_up", {"part": "mail"}) == 0
        broken = False
        await outside.look()
    assert outside.up == {"mail": True}
    assert caplog.records[-1].getMessage() == "mail answers again"


async def test_the_start_says_of_each_part_whether_it_answers() -> None:
    async def mail() -> None:
        raise ConnectionRefusedError("user:password@host")

    async def calendar() -> None:
        return

    outside = Outside({"mail": mail, "calendar": calendar})
    waiting = asyncio.create_task(outside.first_look())
    await asyncio.sleep(0)
    assert not waiting.done()
    await outside.look()
    assert await waiting == (
        "Outside: slack: not set up · mail: DOES NOT ANSWER (ConnectionRefusedError), see make live-check · calendar: answers"
    )


async def test_a_wrong_token_is_seen_at_the_start(tmp_path) -> None:
    about = load_consultation(CONTENT / "consultation.yml", {})
    async with FakeSlack(bot_token="xoxb-right") as slack:
        right = Outside(looks_for(settings_for(slack, tmp_path), about))
        await right.look()
        assert right.up == {"slack": True}
        slack.bot_token = "xoxb-revoked"
        await right.look()
        assert right.up == {"slack": False}


async def test_only_what_is_set_up_is_looked_at(tmp_path) -> None:
    about = load_consultation(CONTENT / "consultation.yml", {})
    assert looks_for(Settings(data=tmp_path), about) == {}
    dead = Outside(looks_for(Settings(data=tmp_path, smtp_url=f"smtp://127.0.0.1:{free_port()}"), about))
    await dead.look()
    assert dead.up == {"mail": False}


@pytest.mark.parametrize("up", [{}, {"slack": False, "mail": True}])
async def test_health_says_it_and_stays_ready(tmp_path, up) -> None:
    from assistant.channels.web.api import WebInput

    channel = WebInput(Settings(data=tmp_path, secret=b"s" * 32))
    channel.outside = up
    said = await channel._health(None)
    assert all(f'"{name}":{str(value).lower()}'.encode() in said.body for name, value in up.items())
