"""The talks of the website: begun, heard, answered, read again and forgotten. Knows tokens and choices, but no HTTP request."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from assistant import metrics
from assistant.booking.desk.shared import shared_desk
from assistant.channels.http import Refused
from assistant.channels.web import letter_files
from assistant.channels.web.requests import shown_text
from assistant.clock import now
from assistant.handover.store import HandOver
from assistant.handover.web import YES, Offer, People
from assistant.nlu.crisis_guard import danger_in
from assistant.sealed import opened, sealed
from assistant.settings import Settings
from assistant.store.feedback import Feedback
from assistant.store.limits import SharedLimit
from assistant.store.locks import TalkLocks
from assistant.store.talks_database import open_engine
from assistant.store.tokens import BadToken, Signer, TalkToken
from assistant.store.tracker.store import TalkStore
from assistant.store.transcripts import Transcripts
from assistant.talk.noting import NOT_IT
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import DELETED
from assistant.turn.collect import crisis_reply
from assistant.turn.hear import Hear, Message, answer
from assistant.typed_text import typed
from assistant.unanswered.consent import NO as DO_NOT_KEEP
from assistant.unanswered.consent import YES as KEEP
from assistant.unanswered.consent import Noting
from assistant.unanswered.store import Unanswered

if TYPE_CHECKING:
    pass

NAME = "web"
log = logging.getLogger(__name__)

TALK_PER_MINUTE = 30
POLL_SECONDS = 0.25
PARTS = ("heading", "body", "write_to", "script", "more", "more_title", "ask", "expects")
"""What a reply may have beside its text, left out where it is empty."""


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


class Talks:
    """The talks of one database.

    Args:
        settings: Say where it is, and what signs tokens and choices.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._signer = Signer(settings.secrets)
        self._secrets = settings.secrets
        self.transcripts = Transcripts(settings.talks_url)
        self.verdicts = Feedback(settings.talks_url)
        self._handover = HandOver(open_engine(settings.talks_url), settings.secrets)
        self._people = People(self._handover) if settings.has_advocates_channel else None
        self._unanswered = Unanswered(settings.talks_url, settings.secrets)
        self.noting = Noting(self._unanswered, NAME)
        self._limit = SharedLimit("talk", TALK_PER_MINUTE, settings)
        self._locks: dict[str, asyncio.Lock] = {}
        self._everywhere = TalkLocks(settings.redis_url, "hear") if settings.redis_url else None
        self.play: Hear
        """Plays a turn; the channel sets it."""
        self.store: TalkStore | None = None

    async def open(self, zone: str) -> tuple[str, list[dict[str, Any]]]:
        """Begin a talk; return its token and the greeting."""
        token, written = self._signer.new_token()
        await asyncio.to_thread(self.transcripts.open_talk, token.talk, zone, now())
        replies = await self._answer(token, "/greet", zone)
        first = str(uuid.uuid4())
        await self._store(token, first, replies)
        metrics.TALKS.inc()
        return written, [public(reply) for reply in replies]

    async def person(self, token: TalkToken) -> str | None:
        """Return whether a person is asked for (`waiting`) or speaks (`here`) in the assistant's stead."""
        return await self._people.present(token.talk) if self._people else None

    async def hear(self, token: TalkToken, message: str, sent: Sent) -> list[dict[str, Any]]:
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
            return [public(self._signed(token, crisis_reply()))]

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

    async def _hear_new(self, token: TalkToken, message: str, sent: Sent) -> list[dict[str, Any]]:
        if wait := await self._limit.wait_seconds(token.talk):  # before any work
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
            replies = await self._answer(token, said, zone, message, sent.asker)
            if self._people and (offer := await self._people.offer(replies)):
                replies = await self._with_offer(token, replies, offer)
        if any((reply.get("card") or {}).get("kind") == DELETED for reply in replies):
            await self.forget(token.talk)
            return [public(reply) for reply in replies]
        own = {"from": "parent", "id": message, "text": shown, "chosen": sent.choice is not None}
        if all(reply["outcome"] != "error" for reply in replies):  # after an error the same id may try again
            await self._store(token, message, replies, own)
        return [public(reply) for reply in replies]

    async def _by_people(
        self, token: TalkToken, said: str, shown: str, zone: str, origin: str
    ) -> list[dict[str, Any]] | None:
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
            await self._answer(token, "/stop", "")  # a form must not take what is said afterwards for its own
        return None if replies is None else [self._signed(token, reply) for reply in replies]

    async def _with_offer(
        self, token: TalkToken, replies: list[dict[str, Any]], offer: Offer
    ) -> list[dict[str, Any]]:
        """Put the offer of a person right behind the answer; a form that began with it waits for a press: one question at a time."""
        booking = [reply for reply in replies if reply["outcome"] == "booking"]
        if booking and offer.may_join and not await self._in_form(token):
            await self._answer(token, "/stop", "")
            replies = [reply for reply in replies if reply not in booking]
            offer = offer.with_call()
        at = offer.behind + 1
        return [*replies[:at], self._signed(token, offer.reply), *replies[at:]]

    async def _in_form(self, token: TalkToken) -> bool:
        """Whether a call was being booked before this message: what was given for it must not be lost."""
        said = [one.body for one in await asyncio.to_thread(self.transcripts.since, token)]
        last = next((body for body in reversed(said) if body["from"] == "assistant"), None)
        return last is not None and last["outcome"] == "booking"

    async def _about_noting(self, token: TalkToken, said: str) -> list[dict[str, Any]] | None:
        """Return the replies to a yes or no to keeping the words; None where it was not that."""
        if said not in (KEEP, DO_NOT_KEEP):
            return None
        transcript = [one.body for one in await asyncio.to_thread(self.transcripts.since, token)]
        replies = await self.noting.hear(token.talk, said == KEEP, transcript)
        return [self._signed(token, reply) for reply in replies]

    async def _news(self, token: TalkToken) -> None:
        """Take what people said into the transcript; a line that is there already is only deleted."""
        if self._people is None:
            return
        for line, reply in await self._people.lines(token.talk):
            body = self._signed(token, reply) | {"id": line.id}
            with contextlib.suppress(IntegrityError):  # another tab was faster
                await asyncio.to_thread(self.transcripts.keep, token, line.id, [body], now())
            await self._people.arrived(line)

    async def _answer(
        self, token: TalkToken, text: str, zone: str, message_id: str | None = None, asker: str = ""
    ) -> list[dict[str, Any]]:
        message = Message(text, token.talk, NAME, zone, message_id, asker)
        replies = await answer(self.play, message, self.store, self._settings.answer_seconds)
        if message_id:
            about, words = message_id, text
            if any((one.get("noted") or {}).get("why") == NOT_IT for one in replies):
                about, words = await self._asked_before(token) or (message_id, text)
            replies += await self.noting.take(token.talk, about, words, replies)
        return [self._signed(token, reply) for reply in replies]

    async def _asked_before(self, token: TalkToken) -> tuple[str, str] | None:
        """Return id and words of what was typed last: what "that's not what I asked" is about."""
        said = [one.body for one in await asyncio.to_thread(self.transcripts.since, token)]
        typed = [one for one in said if one["from"] == "parent" and not one.get("chosen")]
        return (typed[-1]["id"], typed[-1]["text"]) if typed else None

    def _signed(self, token: TalkToken, reply: dict[str, Any]) -> dict[str, Any]:
        """Return the public reply: buttons become signed choices, the invitation a signed address."""
        buttons = [
            {"title": b["title"], "choice": self._signer.choice(token.talk, b["payload"], b["title"])}
            for b in reply.get("buttons") or []
        ]
        full = {
            "from": "assistant",
            "id": str(uuid.uuid4()),
            "text": reply["text"],
            "buttons": buttons,
            "sources": reply.get("sources") or [],
            "answer": reply.get("answer"),
            "outcome": reply["outcome"],
        }
        if reply.get("person"):
            full["person"] = reply["person"]
        full |= {part: reply[part] for part in PARTS if reply.get(part)}
        if card := dict(reply.get("card") or {}):
            if booking := card.pop("booking", None):
                card["ics"] = f"/v1/bookings/{self._signer.choice('invitation', booking, '')}/invitation.ics"
            full["card"] = card
        if letter := reply.get("letter"):
            name = sealed(letter_files.LETTER, [token.talk, token.key, full["id"]], self._secrets)
            full["letter"] = {**letter, "files": letter_files.addresses(letter, name)}
        return full

    async def _store(
        self, token: TalkToken, message: str, replies: list[dict[str, Any]], own: dict[str, Any] | None = None
    ) -> None:
        bodies = [own, *replies] if own else replies
        await asyncio.to_thread(self.transcripts.keep, token, message, bodies, now())

    async def transcript(self, token: TalkToken) -> list[dict[str, Any]]:
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

    async def forget(self, talk: str) -> None:
        """Delete what a talk left: transcript, tracker, holds. Bookings stay."""
        await asyncio.to_thread(self.verdicts.forget, talk)
        await asyncio.to_thread(self._unanswered.forget, talk)
        await asyncio.to_thread(self.transcripts.forget, talk)
        await asyncio.to_thread(self._handover.forget, talk)  # also where Slack was taken away since
        await self._limit.forget(talk)
        if self.store is not None:
            await self.store.delete(talk)
        await (await shared_desk()).forget(talk)

    async def tidy(self) -> None:
        """Take deleted rows out of the database's log, where something was in the way, and forget who sent how much."""
        await asyncio.to_thread(self.transcripts.tidy)
        await self._limit.tidy()  # one table serves all limits

    async def forget_old(self, days: int) -> int:
        """Delete the talks in which nothing was said for `days` days, and verdicts of Slack as old; return how many."""
        moment = now() - timedelta(days=days)
        await asyncio.to_thread(self.verdicts.forget_older, moment)
        await asyncio.to_thread(self._unanswered.forget_older, moment)
        old = await asyncio.to_thread(self.transcripts.older_than, moment)
        for talk in old:
            await self.forget(talk)
        return len(old)

    async def since(self, token: TalkToken, after: str | None, seconds: float) -> list[dict[str, Any]]:
        """Return what was said after a message, as soon as there is something, or nothing after so many seconds."""
        until = asyncio.get_running_loop().time() + seconds
        while True:
            await self._news(token)
            said = await asyncio.to_thread(self.transcripts.since, token, after)
            if said or asyncio.get_running_loop().time() >= until:
                return [message.body for message in said]
            await asyncio.sleep(POLL_SECONDS)


def public(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reply as the contract gives it."""
    return {key: value for key, value in body.items() if key != "from"}
