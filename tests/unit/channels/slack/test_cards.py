from __future__ import annotations

import asyncio
import time

from assistant.channels.slack import users
from assistant.channels.slack.blocks import messages
from assistant.channels.slack.cards import card_blocks
from assistant.talk.reply import Reply
from tests.slack_rules import message_problems
from tests.slack_serving import answer

CONTACT = {"kind": "contact", "role": "Case manager", "how": "Write an email.", "say": "Could we meet?"}
COMPARE = {
    "kind": "compare",
    "columns": [{"title": "504 plan", "points": []}, {"title": "IEP", "points": []}],
    "rows": [{"head": "Inside", "cells": ["accommodations", "goals & services"]}],
}


def shown(reply) -> str:
    said = Reply.from_json(reply)
    [message] = messages(said, lambda _: "v", cards=card_blocks(said))
    assert message_problems({"text": message.text, "blocks": message.blocks}) == []
    return message.text


def test_whom_to_write_to_and_the_words_to_send_are_shown() -> None:
    text = shown(answer("You write to the case manager.", card=CONTACT))
    assert "*Write to: Case manager*" in text
    assert "Write an email." in text
    assert "Could we meet?" in text


def test_words_that_the_answer_says_already_are_not_said_twice() -> None:
    text = shown(answer("Write: Could we meet?", card=CONTACT))
    assert text.count("Could we meet?") == 1


def test_the_two_plans_stand_side_by_side() -> None:
    assert "*Inside:* 504 plan: accommodations · IEP: goals &amp; services" in shown(
        answer("They differ.", card=COMPARE)
    )


def test_a_card_of_another_kind_adds_nothing() -> None:
    assert card_blocks(Reply("Booked.", card={"kind": "booking", "booking": "x"})) == []
    assert card_blocks(Reply("No card.")) == []


async def test_no_answer_waits_long_for_a_name(monkeypatch) -> None:
    class Hangs:
        async def users_info(self, user: str) -> None:
            await asyncio.sleep(60)

    monkeypatch.setattr(users, "PATIENCE_SECONDS", 0.1)
    began = time.perf_counter()
    assert await users.Users(Hangs()).person("U1") == users.Person()
    assert time.perf_counter() - began < 2
