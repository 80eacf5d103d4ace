"""The website's side of a hand-over: asks for consent, keeps the assistant silent, brings a person's lines in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.booking.desk.shared import consultation
from assistant.booking.person.contact import read_contact
from assistant.clock import now
from assistant.handover.by_email import Whereto
from assistant.handover.hours import at_desk, hours_words
from assistant.handover.store import OPEN, WAITING, HandOver, Line
from assistant.handover.summary import Said, plans_of, state_of, summary
from assistant.nlu.crisis_guard import danger_in
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply

YES, NO, BACK, EMAIL = "handover:yes", "handover:no", "handover:back", "handover:email"
"""Payloads of the buttons; they end here and never reach Rasa."""

SAY = PHRASES.handover


@dataclass(frozen=True)
class Offer:
    """What is said of a person who may join.

    Attributes:
        reply: The words, with the buttons.
        behind: Which of the replies it belongs behind.
        may_join: Whether somebody is at their desk.
    """

    reply: Reply
    behind: int
    may_join: bool

    def with_call(self) -> Offer:
        """Return the offer with a button for the call as well."""
        return replace(self, reply=replace(self.reply, buttons=[*self.reply.buttons, *_book()]))


class People:
    """Lets a parent's talk be taken over by a person."""

    def __init__(self, handover: HandOver) -> None:
        self._handover = handover

    async def present(self, talk: str) -> str | None:
        """Return `waiting` or `here` while the assistant is silent, else None."""
        return {WAITING: "waiting", OPEN: "here"}.get(
            await asyncio.to_thread(self._handover.state, talk) or ""
        )

    async def hear(
        self,
        talk: str,
        said: str,
        shown: str,
        transcript: Sequence[Said],
        *,
        page: str = "",
        zone: str = "",
    ) -> list[Reply] | None:
        """Return what is answered here, or None where the assistant is to answer.

        Args:
            talk: Its id.
            said: The text, or the payload of the button.
            shown: What the parent saw of it.
            transcript: What was said so far, in the public form.
            page: The website that the parent writes on; an e-mail leads back to it.
            zone: IANA name of their time zone.
        """
        if said == YES:
            return await self._ask(talk, transcript, list(summary(transcript, page, zone)))
        if said == NO:
            return [Reply(SAY["declined"], "asked")]
        if said == BACK:
            await asyncio.to_thread(self._handover.hand_back, talk, by_parent=True)
            return [Reply(SAY["returned"], "asked")]
        if said == EMAIL:
            await asyncio.to_thread(self._handover.by_email.want, talk)
            return [Reply(SAY["email_ask"], "asked", expects="email")]
        danger = danger_in(shown) is not None
        if not danger and (replies := await self._address(talk, shown, page)):
            return replies
        passed_on = await asyncio.to_thread(self._handover.heard, talk, shown, now(), danger=danger)
        return [] if passed_on and not danger else None  # danger has its fixed words in every state of a talk

    async def _ask(self, talk: str, transcript: Sequence[Said], lines: list[str]) -> list[Reply]:
        if not await self._at_desk():
            return [Reply(SAY["closed"].format(hours=hours_words(consultation())), "asked", _book())]
        plan = next(iter(plans_of(transcript)[-1:]), "")
        about = (lines, now(), plan, state_of(transcript))
        await asyncio.to_thread(self._handover.ask, talk, *about)
        buttons = [Button(SAY["email_me"], EMAIL), Button(SAY["back"], BACK)]
        return [Reply(SAY["asked"], "asked", buttons)]

    async def _address(self, talk: str, shown: str, page: str) -> list[Reply]:
        """Take the address that was asked for; nothing where something else was said instead."""
        kept = self._handover.by_email
        if not await asyncio.to_thread(kept.wanted, talk):
            return []
        found = read_contact(shown, asked_name=False, phone_too=False)
        if found.meant_email or (found.contact.email is None and "@" in shown):
            said = (
                SAY["email_meant"].format(meant=found.meant_email) if found.meant_email else SAY["email_bad"]
            )
            return [Reply(said, "asked", expects="email")]
        if found.contact.email is None:
            await asyncio.to_thread(kept.leave_it, talk)
            return []
        await asyncio.to_thread(kept.keep, talk, Whereto(found.contact.email, page))
        await asyncio.to_thread(self._handover.tell_thread, talk, "email_there")
        return [Reply(SAY["email_kept"].format(address=found.contact.email), "asked")]

    async def _at_desk(self) -> bool:
        away = await asyncio.to_thread(self._handover.heads.away, now())
        return at_desk(consultation(), now(), away)

    async def offer(self, replies: Sequence[Reply]) -> Offer | None:
        """Return what is said after an answer about talking to a person: the question for consent, or when they are there."""
        asked = [reply.answer is not None and reply.answer.intent == "ask_human" for reply in replies]
        if True not in asked:
            return None
        behind = asked.index(True)
        if not await self._at_desk():
            closed = SAY["closed"].format(hours=hours_words(consultation()))
            return Offer(Reply(closed, "asked"), behind, may_join=False)
        buttons = [Button(SAY["yes"], YES), Button(SAY["no"], NO)]
        return Offer(Reply(SAY["offer"], "asked", buttons), behind, may_join=True)

    async def lines(self, talk: str) -> list[tuple[Line, Reply]]:
        """Return what people said since the parent's browser asked last."""
        found = await asyncio.to_thread(self._handover.for_parent, talk)
        said = [(line, _shown(line)) for line in found]
        if any(line.body["kind"] == "missed" for line in found) and not await asyncio.to_thread(
            self._handover.by_email.whereto, talk
        ):
            by_email = Button(SAY["email_me"], EMAIL)
            return [
                (
                    line,
                    replace(reply, buttons=[*reply.buttons, by_email])
                    if line.body["kind"] == "missed"
                    else reply,
                )
                for line, reply in said
            ]
        return said

    async def arrived(self, line: Line) -> None:
        """Note that a line is in the transcript: the parent's browser is there."""
        await asyncio.to_thread(self._handover.arrived, [line])
        await asyncio.to_thread(self._handover.by_email.read, line.talk)


def _shown(line: Line) -> Reply:
    """Return a line as a reply; one kind after the other as `SAY` words it."""
    body, kind = line.body, line.body["kind"]
    if kind == "person":
        return Reply.from_json({"text": body["text"], "person": body["name"], **body.get("answer", {})})
    if kind == "joined":
        return Reply(SAY["joined"].format(name=body["name"]), "answered", [Button(SAY["back"], BACK)])
    if kind in ("missed", "unreachable"):
        return Reply(SAY[kind], "asked", _book())
    return Reply(SAY["returned"], "asked")


def _book() -> list[Button]:
    return [Button(SAY["book"], "/book_consultation")]
