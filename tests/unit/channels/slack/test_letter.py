"""A letter in Slack: code to copy in a private answer, and never where others read along."""

from __future__ import annotations

from datetime import date

from assistant.channels.slack.blocks import MOST_SECTION, messages, texts_of
from assistant.channels.slack.talk import _for_one
from assistant.knowledge.library import library
from assistant.talk.letter_replies import letter_reply
from assistant.talk.letters import Draft
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from tests.fake_slack import FakeSlack
from tests.slack_serving import Scripted

REPLY = letter_reply(
    library(), Draft("records", "iep", {"papers": "R&R ``` <!channel>"}), None, date(2026, 11, 30)
)


def test_a_letter_is_a_block_of_code_within_the_limits() -> None:
    said = messages(REPLY, lambda button: "value")
    texts = [text for message in said for block in message.blocks for text in texts_of(block)]
    code = [text for text in texts if text.startswith("```")]
    assert (
        code
        and all(text.count("```") == 2 for text in code)
        and all(len(text) <= MOST_SECTION for text in texts)
    )
    assert "&lt;!channel&gt;" in code[0] and "Dear [name or job]," in code[0]
    assert any("keep the sent copy" in text for text in texts) and any(
        "It is fine as it is" in text for text in texts
    )


def test_a_letter_is_not_said_where_others_read_along() -> None:
    question = Reply("What is hard?", "letter", expects="letter")
    assert _for_one(REPLY, "slack:T1:C1:171.1") == "letter" == _for_one(question, "slack:T1:C1:171.1")
    assert _for_one(REPLY, "slack:T1:plan:C1:U1") == ""
    assert _for_one(Reply("Which letter?", "letter"), "slack:T1:C1:171.1") == ""


async def test_only_the_one_who_asked_reads_a_letter(
    channel: object, model: Scripted, slack: FakeSlack
) -> None:
    model.say = lambda text: [REPLY.to_json()]
    for sent in (
        slack.command("write a records letter", user="U1"),
        slack.direct("write a records letter", user="U1"),
    ):
        place = "D1" if "event" in sent else "C1"
        await slack.send(sent)
        shown = (await slack.until(1, place))[-1]
        assert "```" in shown.text and "Dear [name or job]," in shown.text
        assert shown.private or place == "D1"
    await slack.send(slack.mention("write a records letter", user="U1", channel="C5"))
    public = (await slack.until(1, "C5"))[-1]
    assert "Dear" not in public.text and PHRASES.slack["letter_in_private"] in public.text
