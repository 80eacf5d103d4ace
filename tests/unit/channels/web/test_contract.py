"""A reply leaves for the browser with nothing that could be invented there."""

from __future__ import annotations

import pytest

from assistant.channels.web.contract import Contract, public
from assistant.knowledge.library import library
from assistant.knowledge.spanish import spanish
from assistant.store.tokens import BadToken, Signer, TalkToken
from assistant.talk.reply import Button, Reply

SECRETS = (b"s" * 32,)
SIGNER = Signer(SECRETS)
CONTRACT = Contract(SIGNER, SECRETS)
TOKEN = TalkToken("talk-1", b"k" * 32)


def test_a_button_becomes_a_choice_of_this_talk_alone() -> None:
    [button] = CONTRACT.body(TOKEN, Reply("Book?", buttons=[Button("Yes", "/affirm")]))["buttons"]
    assert button["title"] == "Yes" and "payload" not in button
    assert SIGNER.chosen("talk-1", button["choice"]).payload == "/affirm"
    with pytest.raises(BadToken):
        SIGNER.chosen("talk-2", button["choice"])


def test_a_call_has_the_address_of_its_invitation_and_not_its_id() -> None:
    card = CONTRACT.body(TOKEN, Reply("Booked.", card={"kind": "booking", "booking": "call-7"}))["card"]
    signed = card["ics"].removeprefix("/v1/bookings/").removesuffix("/invitation.ics")
    assert SIGNER.chosen("invitation", signed).payload == "call-7"
    assert card.keys() == {"kind", "ics"}


def test_an_empty_part_is_left_out_and_what_was_noted_never_leaves() -> None:
    body = CONTRACT.body(TOKEN, Reply("Yes.", heading="May they?", noted={"why": "choice"}))
    assert body["heading"] == "May they?"
    assert body.keys() == {"from", "id", "text", "buttons", "sources", "answer", "outcome", "heading"}
    assert "from" not in public(body)


def test_a_reply_in_spanish_says_so() -> None:
    said = [answer.words(None)[1] for answer in spanish().answers.values()]
    assert {CONTRACT.body(TOKEN, Reply(text)).get("language") for text in said} == {"es"}


def test_no_answer_in_english_is_spoken_as_spanish() -> None:
    said = [text for point in library().points.values() for text in point.says.values()]
    assert not [text for text in said if "language" in CONTRACT.body(TOKEN, Reply(text))]
