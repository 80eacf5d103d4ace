"""The ladder of a turn: whatever fails, a parent reads a true sentence, and danger its own words."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from assistant.store.tracker.store import TalksUnreachable
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.turn.collect import CollectedReplies, crisis_reply, error_reply
from assistant.turn.hear import Message, answer, hear_once, not_let_in

CALM, DANGER = "how long does it take?", "my son says he wants to kill himself"
SAID = Reply("It takes 60 days.")


async def plays(message: UserMessage) -> None:
    await message.output_channel.send_response(message.sender_id, {"reply": SAID.to_json()})


async def fails(message: UserMessage) -> None:
    raise RuntimeError("a policy broke")


async def has_no_store(message: UserMessage) -> None:
    raise TalksUnreachable("no connection")


async def takes_for_ever(message: UserMessage) -> None:
    await asyncio.sleep(60)


async def says_nothing(message: UserMessage) -> None:
    """A turn in which no action spoke."""


FAULTS = [(fails, "action"), (has_no_store, "storage"), (takes_for_ever, "timeout"), (says_nothing, "action")]


async def heard(text: str, hear: Any) -> list[Reply]:
    return await answer(hear, Message(text, "talk", "web", id="m-1"), None, seconds=0.05)


async def test_a_turn_gives_what_was_said() -> None:
    assert await heard(CALM, plays) == [SAID]


@pytest.mark.parametrize(("hear", "kind"), FAULTS)
async def test_each_fault_has_its_sentence(hear: Any, kind: str) -> None:
    assert await heard(CALM, hear) == [error_reply(kind)]


@pytest.mark.parametrize("hear", [fault for fault, _ in FAULTS])
async def test_danger_is_answered_whatever_fails(hear: Any) -> None:
    assert await heard(DANGER, hear) == [crisis_reply()]


@pytest.mark.parametrize("kind", ["too_long", "too_fast"])
async def test_a_message_that_gets_no_turn_is_still_read_for_danger(kind: str) -> None:
    assert [one.text for one in await not_let_in(kind, CALM)] == [PHRASES.errors[kind]]
    assert await not_let_in(kind, DANGER) == [crisis_reply()]


async def test_a_turn_reaches_rasa_with_its_talk_zone_id_and_who_asks() -> None:
    came: list[UserMessage] = []

    async def keeps(message: UserMessage) -> None:
        came.append(message)
        await plays(message)

    await answer(
        keeps, Message("hi", "t-1", "slack", "America/Denver", "e-1", "203.0.113.8"), None, seconds=1
    )
    assert (came[0].sender_id, came[0].input_channel, came[0].message_id) == ("t-1", "slack", "e-1")
    assert came[0].metadata == {"timezone": "America/Denver", "talk": "t-1", "asker": "203.0.113.8"}


class Store:
    def __init__(self, *said: Reply) -> None:
        self._said = [{"reply": one.to_json()} for one in said]

    async def said_after(self, talk: str, message: str) -> list[dict[str, Any]]:
        return self._said


async def test_a_turn_that_was_played_says_the_same_again() -> None:
    collected = CollectedReplies()
    await hear_once(fails, UserMessage("hi", collected, "t", message_id="m"), Store(SAID))  # type: ignore[arg-type]
    assert collected.replies == [SAID]


async def test_a_turn_that_ended_in_an_error_is_played_again() -> None:
    collected = CollectedReplies()
    await hear_once(plays, UserMessage("hi", collected, "t", message_id="m"), Store(error_reply("action")))  # type: ignore[arg-type]
    assert collected.replies == [SAID]
