from __future__ import annotations

from assistant.talk.phrases import PHRASES
from assistant.turn.collect import CollectedReplies, crisis_reply, error_reply


async def test_replies_of_actions_are_kept_as_they_are() -> None:
    collected = CollectedReplies()
    said = {"text": "Yes.", "outcome": "booking", "buttons": [], "card": {"kind": "booking"}}
    await collected.send_response("talk", {"reply": said})
    assert collected.replies == [said]


async def test_a_response_of_the_domain_becomes_a_reply() -> None:
    collected = CollectedReplies()
    await collected.send_response(
        "talk", {"text": "Hello", "metadata": {"outcome": "greeted"}, "buttons": []}
    )
    assert collected.replies == [{"text": "Hello", "outcome": "greeted", "buttons": []}]


async def test_an_empty_response_is_no_reply() -> None:
    collected = CollectedReplies()
    await collected.send_response("talk", {"text": ""})
    assert collected.replies == []


async def test_plain_text_is_a_reply() -> None:
    collected = CollectedReplies()
    await collected.send_text_message("talk", "Hello")
    assert collected.replies == [{"text": "Hello", "outcome": "answered", "buttons": []}]


def test_the_two_fixed_replies() -> None:
    assert error_reply("timeout")["text"] == PHRASES.errors["timeout"]
    assert crisis_reply()["outcome"] == "crisis" and "988" in crisis_reply()["text"]
