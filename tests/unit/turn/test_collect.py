from __future__ import annotations

from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.turn.collect import CollectedReplies, crisis_reply, error_reply


async def test_replies_of_actions_are_kept_as_they_are() -> None:
    collected = CollectedReplies()
    said = {"text": "Yes.", "outcome": "booking", "buttons": [], "card": {"kind": "booking"}}
    await collected.send_response("talk", {"reply": said})
    assert collected.replies == [Reply("Yes.", "booking", card={"kind": "booking"})]


async def test_a_response_of_the_domain_becomes_a_reply() -> None:
    collected = CollectedReplies()
    await collected.send_response("talk", {"text": "Hello", "metadata": {"outcome": "asked"}, "buttons": []})
    assert collected.replies == [Reply("Hello", "asked")]


async def test_an_empty_response_is_no_reply() -> None:
    collected = CollectedReplies()
    await collected.send_response("talk", {"text": ""})
    assert collected.replies == []


async def test_plain_text_is_a_reply() -> None:
    collected = CollectedReplies()
    await collected.send_text_message("talk", "Hello")
    assert collected.replies == [Reply("Hello")]


def test_the_two_fixed_replies() -> None:
    assert error_reply("timeout").text == PHRASES.errors["timeout"]
    assert crisis_reply().outcome == "crisis" and "988" in crisis_reply().text
