"""The talks of the website: begun, heard, answered, read again and forgotten. Knows tokens and choices, but no HTTP request."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from assistant import metrics
from assistant.channels.base import Channel
from assistant.channels.http import Refused
from assistant.channels.web import letter_files
from assistant.channels.web.contract import Body, Contract, public
from assistant.channels.web.requests import shown_text
from assistant.clock import now
from assistant.handover.store import HandOver
from assistant.handover.web import YES, Offer, People
from assistant.nlu.crisis_guard import danger_in
from assistant.sealed import opened
from assistant.settings import Settings
from assistant.store.talks_database import open_engine
from assistant.store.tokens import BadToken, Signer, TalkToken
from assistant.store.transcripts import Transcripts
from assistant.talk.noting import NOT_IT
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.turn.collect import crisis_reply
from assistant.turn.hear import Message
from assistant.typed_text import typed
from assistant.unanswered.consent import NO as DO_NOT_KEEP
from assistant.unanswered.consent import YES as KEEP

log = logging.getLogger(__name__)

POLL_SECONDS = 0.25


@dataclass(frozen=True)
class Sent:
    """What a browser sent.

    Attributes:
        text: What was typed, or
        choice: the button that was pressed.
        origin: The website that the browser says it comes from.
        asker: Its network address, for the limits of an hour.
    """

    text: Any = None
    choice: Any = None
    origin: str = ""
    asker: str = ""


class Talks(Channel):
    """The talks of one database.

    Args:
        settings: Say where it is, and what signs tokens and choices.
    """

    name = "web"

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._settings = settings
        self._signer = Signer(settings.secrets)
        self._secrets = settings.secrets
        self._contract = Contract(self._signer, settings.secrets)
        self.transcripts = Transcripts(settings.talks_url)
        self._handover = HandOver(open_engine(settings.talks_url), settings.secrets)
        self._people = People(self._handover) if settings.has_advocates_channel else None

    async def open(self, zone: str) -> tuple[str, list[Body]]:
        """Begin a talk; return its token and the greeting."""
        token, written = self._signer.new_token()
        await asyncio.to_thread(self.transcripts.open_talk, token.talk, zone, now())
        bodies = self._bodies(token, await self._replies(token, "/greet", zone))
        await self._keep(token, str(uuid.uuid4()), bodies)
        metrics.TALKS.inc()
        return written, [public(body) for body in bodies]

    async def person(self, token: TalkToken) -> str | None:
        """Return whether a person is asked for (`waiting`) or speaks (`here`) in the assistant's stead."""
        return await self._people.present(token.talk) if self._people else None

    async def hear(self, token: TalkToken, message: str, sent: Sent) -> list[Body]:
        """Answer one message of a talk, once: the same id gives the same replies.

        Args:
            token: Opens the talk.
            message: The message's id.
            sent: What it says.

        Raises:
            Refused: It is too long, too many, empty, or a choice that was never offered.
        """
        try:
            async with self.one_at_a_time(token.talk):
                known = await asyncio.to_thread(self.transcripts.replies_to, token, message)
                if known is not None:
                    return [public(reply) for reply in known]
                return await self._hear_new(token, message, sent)
        except SQLAlchemyError as error:
            if not isinstance(sent.text, str) or not await asyncio.to_thread(danger_in, sent.text):
                raise
            log.error("danger is answered without the database: %s", type(error).__name__)
            return [public(body) for body in self._bodies(token, [crisis_reply()])]

    async def _hear_new(self, token: TalkToken, message: str, sent: Sent) -> list[Body]:
        if wait := await self.wait_seconds(token.talk):  # before any work
            raise Refused(429, "too_fast", PHRASES.errors["too_fast"], {"Retry-After": str(wait)})
        if sent.choice is not None:
            try:
                chosen = self._signer.chosen(token.talk, str(sent.choice))
            except (BadToken, ValueError):
                raise Refused(
                    400, "bad_choice", "This choice was not offered in this conversation."
                ) from None
            said, shown = chosen.payload, chosen.title
        else:
            shown = await shown_text(sent.text)
            said = typed(shown)
        zone = await asyncio.to_thread(self.transcripts.zone_of, token.talk)
        if zone is None:
            raise Refused(401, "bad_token", "This conversation was deleted. Please start a new one.")
        replies = await self._by_people(token, said, shown, zone, sent.origin)
        if replies is None:
            replies = await self._about_noting(token, said)
        if replies is None:
            replies = await self._replies(token, said, zone, message, sent.asker)
            if self._people and (offer := await self._people.offer(replies)):
                replies = await self._with_offer(token, replies, offer)
        bodies = self._bodies(token, replies)
        if any(reply.deletes_talk for reply in replies):
            await self.forget(token.talk)
        elif all(reply.outcome != "error" for reply in replies):  # after an error the same id may try again
            own = {"from": "parent", "id": message, "text": shown, "chosen": sent.choice is not None}
            await self._keep(token, message, [own, *bodies])
        return [public(body) for body in bodies]

    async def _by_people(
        self, token: TalkToken, said: str, shown: str, zone: str, origin: str
    ) -> list[Reply] | None:
        """Return the replies where a person speaks or is asked for; None where the assistant answers."""
        if self._people is None:
            return None
        # only a yes to a person needs what was said before; to read it costs 50 ms at turn 500
        before = await asyncio.to_thread(self.transcripts.since, token) if said == YES else []
        transcript = [one.body for one in before]
        home = origin if origin in self._settings.origins else self._settings.public_url
        about = {"page": f"{home.rstrip('/')}/", "zone": zone}
        replies = await self._people.hear(token.talk, said, shown, transcript, **about)
        if said == YES:
            await self._replies(
                token, "/stop", ""
            )  # a form must not take what is said afterwards for its own
        return replies

    async def _with_offer(self, token: TalkToken, replies: list[Reply], offer: Offer) -> list[Reply]:
        """Put the offer of a person right behind the answer; a form that began with it waits for a press: one question at a time."""
        booking = [reply for reply in replies if reply.outcome == "booking"]
        if booking and offer.may_join and not await self._in_form(token):
            await self._replies(token, "/stop", "")
            replies = [reply for reply in replies if reply not in booking]
            offer = offer.with_call()
        at = offer.behind + 1
        return [*replies[:at], offer.reply, *replies[at:]]

    async def _in_form(self, token: TalkToken) -> bool:
        """Whether a call was being booked before this message: what was given for it must not be lost."""
        said = [one.body for one in await asyncio.to_thread(self.transcripts.since, token)]
        last = next((body for body in reversed(said) if body["from"] == "assistant"), None)
        return last is not None and last["outcome"] == "booking"

    async def _about_noting(self, token: TalkToken, said: str) -> list[Reply] | None:
        """Return the replies to a yes or no to keeping the words; None where it was not that."""
        if said not in (KEEP, DO_NOT_KEEP):
            return None
        transcript = [one.body for one in await asyncio.to_thread(self.transcripts.since, token)]
        return await self.noting.hear(token.talk, said == KEEP, transcript)

    async def _news(self, token: TalkToken) -> None:
        """Take what people said into the transcript; a line that is there already is only deleted."""
        if self._people is None:
            return
        for line, reply in await self._people.lines(token.talk):
            body = self._contract.body(token, reply) | {"id": line.id}
            with contextlib.suppress(IntegrityError):  # another tab was faster
                await asyncio.to_thread(self.transcripts.keep, token, line.id, [body], now())
            await self._people.arrived(line)

    async def _replies(
        self, token: TalkToken, text: str, zone: str, message_id: str | None = None, asker: str = ""
    ) -> list[Reply]:
        replies = await self.answer(Message(text, token.talk, self.name, zone, message_id, asker))
        if not message_id:
            return replies
        about, words = message_id, text
        if any(reply.noted.get("why") == NOT_IT for reply in replies):
            about, words = await self._asked_before(token) or (message_id, text)
        return [*replies, *await self.noting.take(token.talk, about, words, replies)]

    async def _asked_before(self, token: TalkToken) -> tuple[str, str] | None:
        """Return id and words of what was typed last: what "that's not what I asked" is about."""
        said = [one.body for one in await asyncio.to_thread(self.transcripts.since, token)]
        typed = [one for one in said if one["from"] == "parent" and not one.get("chosen")]
        return (typed[-1]["id"], typed[-1]["text"]) if typed else None

    def _bodies(self, token: TalkToken, replies: Iterable[Reply]) -> list[Body]:
        return [self._contract.body(token, reply) for reply in replies]

    async def _keep(self, token: TalkToken, message: str, bodies: list[Body]) -> None:
        await asyncio.to_thread(self.transcripts.keep, token, message, bodies, now())

    async def transcript(self, token: TalkToken) -> list[Body]:
        """Return everything that was said in a talk, in the public form with `from`."""
        await self._news(token)
        return [said.body for said in await asyncio.to_thread(self.transcripts.since, token)]

    async def letter(self, name: str) -> dict[str, Any] | None:
        """Return the letter that a link opens; None where this server made no such link, or the talk was deleted."""
        whose = opened(letter_files.LETTER, name, self._secrets)
        if whose is None:
            return None
        talk, key, reply = whose
        said = await asyncio.to_thread(self.transcripts.since, TalkToken(talk, key))
        return next((one.body.get("letter") for one in said if one.id == reply), None)

    async def token(self, written: str) -> TalkToken:
        """Return the talk that a written token opens.

        Raises:
            Refused: The token is not this server's, or its talk was deleted.
        """
        try:
            token = self._signer.token(written)
        except BadToken:
            raise Refused(
                401, "bad_token", "This conversation is not known. Please start a new one."
            ) from None
        try:
            zone = await asyncio.to_thread(self.transcripts.zone_of, token.talk)
        except (
            SQLAlchemyError
        ):  # nothing can be read or written: `hear` has words for danger, and else says so
            return token
        if zone is None:
            raise Refused(401, "bad_token", "This conversation was deleted. Please start a new one.")
        return token

    def read_by_one(self, talk: str) -> bool:
        """Return True: only the parent's browser has the key of a talk."""
        return True

    async def forget_own(self, talk: str) -> None:
        """Delete the talk as the parent reads it, and what a hand-over kept of it."""
        await asyncio.to_thread(self.transcripts.forget, talk)
        await asyncio.to_thread(self._handover.forget, talk)  # also where Slack was taken away since

    async def tidy(self) -> None:
        """Take deleted rows out of the database's log, where something was in the way, and forget who sent how much."""
        await asyncio.to_thread(self.transcripts.tidy)
        await self._limit.tidy()  # one table serves all limits

    async def forget_old(self, days: int) -> int:
        """Delete the talks in which nothing was said for `days` days, and verdicts of Slack as old; return how many."""
        moment = now() - timedelta(days=days)
        await asyncio.to_thread(self.verdicts.forget_older, moment)
        await asyncio.to_thread(self.unanswered.forget_older, moment)
        old = await asyncio.to_thread(self.transcripts.older_than, moment)
        for talk in old:
            await self.forget(talk)
        return len(old)

    async def since(self, token: TalkToken, after: str | None, seconds: float) -> list[Body]:
        """Return what was said after a message, as soon as there is something, or nothing after so many seconds."""
        until = asyncio.get_running_loop().time() + seconds
        while True:
            await self._news(token)
            said = await asyncio.to_thread(self.transcripts.since, token, after)
            if said or asyncio.get_running_loop().time() >= until:
                return [message.body for message in said]
            await asyncio.sleep(POLL_SECONDS)
