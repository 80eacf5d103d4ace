"""A reply is the same on both sides of the way from the actions to a channel."""

from __future__ import annotations

import json

import pytest

from assistant.knowledge.facts import Source
from assistant.talk.reply import DELETED, Answered, Button, Reply

FULL = Reply(
    "60 days.",
    "booking",
    (Button("Book", "/book_consultation"),),
    (Source("Federal rule", "https://www.ecfr.gov/x", "34 CFR 300.301"),),
    Answered("ask_timeline", "iep", "2026-11-29", "ask_timeline/no_answer", "Texas"),
    body="60 days.",
    write_to="Write to the case manager.",
    more="More.",
    more_title="Steps",
    heading="How long?",
    script="Dear [name],",
    ask="Book a call?",
    card={"kind": "contact"},
    expects="time",
    letter={"id": "records"},
    person="Dana",
    noted={"why": "choice"},
)


@pytest.mark.parametrize("reply", [FULL, Reply("Hello.")])
def test_a_reply_comes_back_from_json_as_it_was(reply: Reply) -> None:
    back = Reply.from_json(json.loads(json.dumps(reply.to_json())))
    assert back == reply


def test_each_part_travels() -> None:
    assert all(FULL.to_json().values()), "FULL names each part, so that the test above would miss none"


def test_a_text_alone_is_a_reply() -> None:
    assert Reply.from_json({"text": "Hello.", "outcome": None, "buttons": None}) == Reply("Hello.")


def test_what_another_version_wrote_beside_is_left_out() -> None:
    said = {
        "text": "Hello.",
        "buttons": [{"title": "A", "payload": "/a", "type": "postback"}],
        "mood": "fine",
    }
    assert Reply.from_json(said).buttons == (Button("A", "/a"),)


def test_one_card_deletes_the_talk() -> None:
    assert Reply("Gone.", card={"kind": DELETED}).deletes_talk
    assert not FULL.deletes_talk
