"""One message of a talk in Slack is answered: in order, once, shown as blocks; and a talk is forgotten."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

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
from assistant.store.tokens import Signer
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply

log = logging.getLogger(__name__)

SAY = PHRASES.slack
_TITLE_IN_VALUE = 60


class Answering:
    """Answers in any place of Slack.

    Args:
        settings: Have the address of invitations.
        signer: Signs buttons.
        replies: What was posted, for its own buttons.
        talks: Ask for the replies.
        once: Knows whether an event is still this process's own.
    """

    def __init__(
        self, settings: Settings, signer: Signer, replies: KeptReplies, talks: Talks, once: Once
    ) -> None:
        self._settings = settings
        self._signer = signer
        self._replies = replies
        self.talks = talks
        self._once = once

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
        async with self.talks.one_at_a_time(talk):
            private = ""
            if is_direct(talk):
                replies = await self.talks.turn(talk, text, zone, event)
            else:
                replies, private = await self.talks.in_public(talk, text, zone, event)
            said = [one for reply in replies for one in await self.rendered(talk, reply, lead)]
            if private:
                said.append(_goes_on_in_private(private, talk))
            if event and not await self._once.is_mine(event):
                log.error("another process answers what this one took too long for")
                return
            await deliver(place, said)
            if any(reply.deletes_talk for reply in replies):
                await self.talks.forget(talk)

    async def rendered(
        self, talk: str, reply: Reply, lead: str = "", *, key: str = "", fold: bool = True
    ) -> list[Message]:
        """Return a reply as messages of Slack's; a long one is folded. `key` is its own where it was posted before."""
        return messages(
            reply, self.value(talk), await self._extras(talk, reply, key), fold=fold,
            lead=SAY["asked"].format(title=lead) if lead else "", cards=card_blocks(reply),
        )  # fmt: skip

    async def _extras(self, talk: str, reply: Reply, key: str) -> Extras:
        answered = reply.answer is not None
        if not key and (answered or reply.more or reply.letter):
            key = await asyncio.to_thread(self._replies.keep, talk, reply, now())
        booking = reply.card.get("booking")
        invitation = self._signer.choice("invitation", booking, "") if booking else ""
        return Extras(
            key,
            share=answered and ":plan:" in talk,
            thumbs=answered,
            calendar=f"{self._settings.public_url}/v1/bookings/{invitation}/invitation.ics"
            if booking
            else "",
        )

    def value(self, talk: str) -> Callable[[Button], str]:
        """Return what signs the buttons of a talk: one counts only where it was offered."""
        return lambda one: self._signer.choice("slack", f"{talk} {one.payload}", one.title[:_TITLE_IN_VALUE])


def _goes_on_in_private(what: str, talk: str) -> Message:
    """Return what is said where others read along, in place of a form: "letter" or "booking"."""
    if what == "letter":
        return Message(SAY["letter_in_private"], [section(SAY["letter_in_private"])])
    text = SAY["in_private_plan" if is_personal(talk) else "in_private"]
    return Message(text, [section(text), *actions([button(SAY["book"], "book")])])
