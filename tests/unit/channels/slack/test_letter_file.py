"""A letter as a Word file in Slack: whole, and in the direct messages of whom it was written for alone."""

from __future__ import annotations

import io

import mammoth
import pytest

from assistant.talk.phrases import PHRASES
from tests.fake_slack import FakeSlack
from tests.slack_serving import Scripted
from tests.unit.channels.slack.test_letter import REPLY
from tests.waiting import eventually_here

SAY = PHRASES.slack


async def a_letter(slack: FakeSlack, model: Scripted, where: str):
    model.say = lambda text: [REPLY.to_json()]
    await slack.send(slack.direct("write a letter") if where == "D1" else slack.command("write a letter"))
    return (await slack.until(1, where))[-1]


@pytest.mark.parametrize("where", ["D1", "C1"])
async def test_a_letter_comes_as_a_word_file_into_the_direct_messages(slack, channel, model, where) -> None:
    shown = await a_letter(slack, model, where)
    await slack.send(slack.press(shown, SAY["letter_file"]))
    posted = await eventually_here(
        lambda: slack.seen("D1"), lambda found: any("files" in one.payload for one in found)
    )
    [file] = posted[-1].payload["files"]
    assert file["title"] == REPLY.letter["subject"]
    words = mammoth.extract_raw_text(io.BytesIO(slack.files[file["id"]])).value
    assert "Dear [name or job]," in words


async def test_a_letters_file_is_for_whom_it_was_written_alone(slack, channel, model) -> None:
    shown = await a_letter(slack, model, "D1")
    await slack.send(slack.press(shown, SAY["letter_file"], user="U2"))
    assert (await slack.until(2, "D1"))[-1].text == SAY["no_longer"]
    assert slack.files == {}


async def test_an_app_without_the_scope_says_that_the_letter_can_be_copied(slack, channel, model) -> None:
    shown = await a_letter(slack, model, "D1")
    slack.scopes.discard("files:write")
    await slack.send(slack.press(shown, SAY["letter_file"]))
    await eventually_here(lambda: any(one.text == SAY["letter_file_lost"] for one in slack.posted))
    assert slack.refused == ["files.getUploadURLExternal: missing_scope"]
    slack.refused.clear()


async def test_an_upload_that_breaks_off_is_tried_again(slack, channel, model) -> None:
    shown = await a_letter(slack, model, "D1")
    slack.busy("upload", 1, status=503)
    await slack.send(slack.press(shown, SAY["letter_file"]))
    await eventually_here(lambda: any("files" in one.payload for one in slack.seen("D1")))
