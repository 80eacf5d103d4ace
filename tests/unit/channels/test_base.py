"""What a new channel gets without a line of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from assistant.booking.desk import shared
from assistant.channels.base import PER_MINUTE, Channel
from assistant.settings import Settings
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.turn.hear import Message


class Pigeon(Channel):
    """A channel as small as one can be."""

    name = "pigeon"

    def read_by_one(self, talk: str) -> bool:
        return True

    async def forget_own(self, talk: str) -> None:
        self.forgotten = talk


@pytest.fixture
def channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pigeon:
    monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
    shared.close_desk()
    made = Pigeon(Settings(data=tmp_path, secret=b"s" * 32))

    async def play(message: UserMessage) -> None:
        reply = Reply(f"{message.input_channel} heard {message.text}").to_json()
        await message.output_channel.send_response(message.sender_id, {"reply": reply})

    made.play = play
    return made


async def test_a_message_is_answered_and_errors_are_sentences(channel: Pigeon) -> None:
    message = Message("hello", "pigeon:1", channel.name)
    assert await channel.answer(message) == [Reply("pigeon heard hello")]

    async def fails(message: UserMessage) -> None:
        raise RuntimeError("a policy broke")

    channel.play = fails
    assert [reply.text for reply in await channel.answer(message)] == [PHRASES.errors["action"]]


async def test_messages_of_one_talk_wait_for_each_other_and_those_of_others_do_not(channel: Pigeon) -> None:
    order: list[str] = []

    async def hears(talk: str, words: str, seconds: float) -> None:
        async with channel.one_at_a_time(talk):
            await asyncio.sleep(seconds)
            order.append(words)

    await asyncio.gather(hears("a", "first", 0.05), hears("a", "second", 0), hears("b", "other", 0))
    assert order == ["other", "first", "second"]
    assert channel._locks == {}, "or the locks of all talks would pile up"


async def test_a_talk_has_so_many_messages_a_minute(channel: Pigeon) -> None:
    assert [await channel.wait_seconds("a") for _ in range(PER_MINUTE)] == [0] * PER_MINUTE
    assert await channel.wait_seconds("a") > 0
    assert await channel.wait_seconds("b") == 0


async def test_a_deleted_talk_is_deleted_everywhere(channel: Pigeon) -> None:
    deleted: list[Any] = []

    class Store:
        async def delete(self, talk: str) -> None:
            deleted.append(talk)

    channel.store = Store()  # type: ignore[assignment]
    await channel.forget("a")
    assert (deleted, channel.forgotten) == (["a"], "a")
