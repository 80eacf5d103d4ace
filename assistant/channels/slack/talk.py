"""Turns of talks in Slack: which talk a message belongs to, and what the assistant says to it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import uuid
from collections.abc import Iterator

from assistant.channels.base import Channel
from assistant.channels.slack import keeping
from assistant.channels.slack.replies import KeptReplies
from assistant.settings import Settings
from assistant.talk.reply import Reply
from assistant.turn.hear import Message, not_let_in

LONGEST_CALM_SECONDS = 0.3
MOST_CHARACTERS = 2000
TURNS_AT_ONCE = 2
"""A turn holds up the event loop for some milliseconds; with more at once Slack would wait for its answer."""


def thread_talk(team: str, channel: str, thread: str) -> str:
    """Return the talk of a thread: everybody who writes there shares what it knows."""
    return f"slack:{team}:{channel}:{thread}"


def direct_talk(team: str, user: str) -> str:
    """Return a person's own talk: direct messages, the home tab, the booking."""
    return f"slack:{team}:im:{user}"


def private_talk(team: str, channel: str, user: str) -> str:
    """Return the talk of `/plan` in one channel, which only one person sees."""
    return f"slack:{team}:plan:{channel}:{user}"


def is_direct(talk: str) -> bool:
    """Say whether a talk takes place in direct messages, where names and addresses may be asked for."""
    return ":im:" in talk


def is_personal(talk: str) -> bool:
    """Say whether one person alone reads a talk."""
    return is_direct(talk) or ":plan:" in talk


def belongs_to(talk: str, user: str) -> bool:
    """Say whether a person may go on in a talk: in their own, and in a thread's, which everybody there shares."""
    return not is_personal(talk) or talk.rpartition(":")[2] == user


def short(talk: str) -> str:
    """Return a talk's name in the length that the table of verdicts has for the website's."""
    return hashlib.sha256(talk.encode()).hexdigest()[:40]


def _for_one(reply: Reply, talk: str) -> str:
    """Return which form a reply belongs to that others may not read along with; "" for none."""
    if reply.outcome == "booking":
        return "booking"
    letter = reply.letter or reply.expects == "letter"
    return "letter" if letter and ":plan:" not in talk else ""


class Talks(Channel):
    """The assistant's turns, one at a time in each talk, few at a time in all.

    Args:
        settings: Say where everything is kept.
        replies: What was posted, for its own buttons.
    """

    name = "slack"

    def __init__(self, settings: Settings, replies: KeptReplies) -> None:
        super().__init__(settings)
        self._kept = replies
        self._few = asyncio.Semaphore(TURNS_AT_ONCE)
        self._arriving = 0
        self._calm = asyncio.Event()
        self._calm.set()

    def read_by_one(self, talk: str) -> bool:
        """Return False in a channel, where others read along."""
        return is_personal(talk)

    def voter(self, talk: str) -> str:
        """Return a talk's short name: Slack's own is longer than the table of verdicts takes."""
        return short(talk)

    async def forget_own(self, talk: str) -> None:
        """Delete the replies that buttons could unfold; what was posted stays in Slack, where its members can delete it."""
        await asyncio.to_thread(self._kept.forget, talk)

    @contextlib.contextmanager
    def arriving(self) -> Iterator[None]:
        """A delivery that is not acknowledged yet: no turn begins meanwhile, for Slack waits three seconds at most."""
        self._arriving += 1
        self._calm.clear()
        try:
            yield
        finally:
            self._arriving -= 1
            if not self._arriving:
                self._calm.set()

    async def turn(self, talk: str, text: str, zone: str = "", event: str | None = None) -> list[Reply]:
        """Return the replies to a message; a payload such as `/ask_cost` presses a button.

        Args:
            talk: Its id.
            text: The message.
            zone: IANA name of the writer's time zone; empty when not known.
            event: Slack's own name of the delivery, None where it has none: the same one is heard once.
        """
        if len(text) > MOST_CHARACTERS:
            return await not_let_in("too_long", text)
        if await self.wait_seconds(talk):
            return await not_let_in("too_fast", text)
        if kept := keeping.read(text):
            words = [{"id": kept.message, "text": kept.text, "from": "parent"}]
            return await self.noting.hear(talk, kept.agreed, words)
        async with self._few:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._calm.wait(), LONGEST_CALM_SECONDS)
            replies = await self._replies(talk, text, zone, event)
        message = event or uuid.uuid4().hex
        asked = await self.noting.take(talk, message, text, replies, ask=self.read_by_one(talk))
        return [*replies, *keeping.with_words(asked, message, text)]

    async def in_public(
        self, talk: str, text: str, zone: str = "", event: str | None = None
    ) -> tuple[list[Reply], str]:
        """Return the replies for a place where others read along, and what has to go on in private: "booking", "letter" or "".

        A `/plan` is read by one person alone, so a letter may be written there.
        """
        replies = await self.turn(talk, text, zone, event)
        private = next((kind for reply in replies if (kind := _for_one(reply, talk))), "")
        said = [reply for reply in replies if not _for_one(reply, talk)]
        if private:
            await self._replies(talk, "/stop", "")  # or the form would take the next message for a name
        return said, private

    async def _replies(self, talk: str, text: str, zone: str, event: str | None = None) -> list[Reply]:
        return await self.answer(Message(text, talk, self.name, zone, event))
