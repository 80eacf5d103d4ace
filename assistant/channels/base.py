"""What every channel has, and the little that each one adds. docs/build/add-a-channel.md goes through it."""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from typing import ClassVar

from assistant.booking.desk.shared import shared_desk
from assistant.settings import Settings
from assistant.store.feedback import Feedback
from assistant.store.limits import SharedLimit
from assistant.store.locks import TalkLocks
from assistant.store.tracker.store import TalkStore
from assistant.talk.reply import Reply
from assistant.turn.hear import Hear, Message, answer
from assistant.unanswered.consent import Noting
from assistant.unanswered.store import Unanswered

PER_MINUTE = 30
"""Messages of one talk."""


class Channel(ABC):
    """The talks of one channel: each message is heard in its turn, limited, answered whatever fails, and forgotten on request.

    A channel names itself, says whether others read a talk along, and deletes what it keeps of its own. How a message
    comes in and how a :class:`~assistant.talk.reply.Reply` is shown is its own business.

    Attributes:
        name: Of the channel: for Rasa, for the limits, in the rows of what was not answered.
        play: Plays a turn; set when the routes are made.
        store: What the model keeps of talks; the server sets it.
        verdicts: The thumbs below answers.
        noting: What was not answered, and whether its words may be kept.

    Args:
        settings: Say where everything is kept.
    """

    name: ClassVar[str]
    play: Hear

    def __init__(self, settings: Settings) -> None:
        self.store: TalkStore | None = None
        self.verdicts = Feedback(settings.talks_url, settings.secrets)
        self.unanswered = Unanswered(settings.talks_url, settings.secrets)
        self.noting = Noting(self.unanswered, self.name)
        self._seconds = settings.answer_seconds
        self._limit = SharedLimit(self.name, PER_MINUTE, settings)
        self._locks: dict[str, asyncio.Lock] = {}
        self._everywhere = TalkLocks(settings.redis_url, "hear") if settings.redis_url else None

    # -- what each channel implements ----------------------------------------------------------

    @abstractmethod
    def read_by_one(self, talk: str) -> bool:
        """Say whether one person alone reads a talk: only there names, and whether words may be kept, are asked for."""

    @abstractmethod
    async def forget_own(self, talk: str) -> None:
        """Delete what this channel keeps of a talk in tables of its own."""

    def voter(self, talk: str) -> str:
        """Return the name that the table of verdicts has for a talk: at most 40 signs."""
        return talk

    # -- what every channel has ----------------------------------------------------------------

    async def answer(self, message: Message) -> list[Reply]:
        """Return the replies to a message: at least one, whatever fails, and the words for danger where danger was typed."""
        return await answer(self.play, message, self.store, self._seconds)

    @contextlib.asynccontextmanager
    async def one_at_a_time(self, talk: str) -> AsyncIterator[None]:
        """Hold the lock of a talk, in all processes where Redis is set."""
        lock = self._locks.setdefault(talk, asyncio.Lock())
        try:
            async with lock, self._everywhere.lock(talk) if self._everywhere else contextlib.nullcontext():
                yield
        finally:
            if not lock.locked():
                self._locks.pop(talk, None)

    async def wait_seconds(self, talk: str) -> int:
        """Count a message and return 0, or return after how many seconds the next one is welcome."""
        return await self._limit.wait_seconds(talk)

    async def forget(self, talk: str) -> None:
        """Delete what a talk left, wherever it is kept. A call that is booked stays booked."""
        await asyncio.to_thread(self.verdicts.forget, self.voter(talk))
        await self.noting.forget(talk)
        await self.forget_own(talk)
        await self._limit.forget(talk)
        if self.store is not None:
            await self.store.delete(talk)
        await (await shared_desk()).forget(talk)
