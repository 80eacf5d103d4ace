"""One message of a talk in Slack is answered: in order, once, shown as blocks; and a talk is forgotten."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from typing import Any

from assistant.booking.desk.shared import shared_desk
from assistant.channels.slack.blocks import Extras, Message, actions, button, messages, section
from assistant.channels.slack.cards import card_blocks
from assistant.channels.slack.once import Once
from assistant.channels.slack.post import (
    Place,
    deliver,
)
from assistant.channels.slack.replies import KeptReplies
from assistant.channels.slack.talk import (
    Talks,
    is_direct,
    is_personal,
)
from assistant.clock import now
from assistant.settings import Settings
from assistant.store.feedback import Feedback
from assistant.store.tokens import Signer
from assistant.store.tracker.store import TalkStore
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import DELETED

log = logging.getLogger(__name__)

SAY = PHRASES.slack
_TITLE_IN_VALUE = 60


class Answering:
    """Answers in any place of Slack.

    Attributes:
        talks: Asks for the replies; the channel sets it once it has its routes.
        store: What the model keeps of talks; the server sets it.
    """

    talks: Talks

    def __init__(
        self, settings: Settings, signer: Signer, replies: KeptReplies, verdicts: Feedback, once: Once
    ) -> None:
        self._settings = settings
        self._signer = signer
        self._replies = replies
        self._verdicts = verdicts
        self._once = once
        self._locks: dict[str, asyncio.Lock] = {}
        self.store: TalkStore | None = None

    async def answer(
        self, talk: str, place: Place, text: str, zone: str, event: str | None, lead: str = ""
    ) -> None:
        """Answer one message of a talk, after those before it.

        Args:
            talk: Its id.
            place: Where the answer goes.
            text: The message, or the payload of a button.
            zone: IANA name of the writer's time zone.
            event: What :func:`assistant.channels.slack.events.event_key` names the delivery.
            lead: What was asked, if a button was.
        """
        if not text or text.casefold() == "help":  # what Slack's own commands call it
            await deliver(place, [Message(SAY["help"])])
            return
        lock = self._locks.setdefault(talk, asyncio.Lock())
        try:
            async with lock:
                private = ""
                if is_direct(talk):
                    replies = await self.talks.turn(talk, text, zone, event)
                else:
                    replies, private = await self.talks.in_public(talk, text, zone, event)
                said = [one for reply in replies for one in await self.rendered(talk, reply, lead)]
                if private == "letter":
                    said.append(Message(SAY["letter_in_private"], [section(SAY["letter_in_private"])]))
                elif private:
                    text = SAY["in_private_plan" if is_personal(talk) else "in_private"]
                    said.append(Message(text, [section(text), *actions([_book_button()])]))
                if event and not await self._once.is_mine(event):
                    log.error("another process answers what this one took too long for")
                    return
                await deliver(place, said)
                if any((reply.get("card") or {}).get("kind") == DELETED for reply in replies):
                    await self.forget(talk)
        finally:
            if not lock.locked():
                self._locks.pop(talk, None)

    async def forget(self, talk: str) -> None:
        """Delete what a talk left here; what was posted stays in Slack, where its members can delete it."""
        await asyncio.to_thread(self._replies.forget, talk)
        await asyncio.to_thread(self._verdicts.forget, short(talk))
        await self.talks.noting.forget(talk)
        if self.store is not None:
            await self.store.delete(talk)
        await (await shared_desk()).forget(talk)

    async def rendered(
        self, talk: str, reply: dict[str, Any], lead: str = "", *, fold: bool = True
    ) -> list[Message]:
        """Return a reply as messages of Slack's; a long one is folded."""
        return messages(
            reply, self.value(talk), await self._extras(talk, reply), fold=fold,
            lead=SAY["asked"].format(title=lead) if lead else "", cards=card_blocks(reply),
        )  # fmt: skip

    async def _extras(self, talk: str, reply: dict[str, Any]) -> Extras:
        answered = bool(reply.get("answer"))
        key = reply.get("key") or ""
        if not key and (answered or reply.get("more") or reply.get("letter")):
            key = await asyncio.to_thread(self._replies.keep, talk, reply, now())
        booking = (reply.get("card") or {}).get("booking")
        invitation = self._signer.choice("invitation", booking, "") if booking else ""
        return Extras(
            key,
            share=answered and ":plan:" in talk,
            thumbs=answered,
            calendar=f"{self._settings.public_url}/v1/bookings/{invitation}/invitation.ics"
            if booking
            else "",
        )

    def value(self, talk: str) -> Callable[[dict[str, Any]], str]:
        """Return what signs the buttons of a talk: one counts only where it was offered."""
        return lambda one: self._signer.choice(
            "slack", f"{talk} {one['payload']}", one["title"][:_TITLE_IN_VALUE]
        )


def short(talk: str) -> str:
    """Return a talk's name in the length that the table of verdicts has for the website's."""
    return hashlib.sha256(talk.encode()).hexdigest()[:40]


def _book_button() -> dict[str, Any]:
    return button(SAY["book"], "book")
