"""The website channel: version 1 of the HTTP contract (docs/build/http-api.md), and the pages beside it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import logging
import math
import re
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw
from sanic.response import json as json_response
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from assistant import metrics
from assistant.addresses import visitor
from assistant.booking.desk.shared import ASKER, consultation, shared_desk
from assistant.channels.http import Refused, origin_headers
from assistant.channels.web.answer_pages import add_answer_pages
from assistant.channels.web.ask_page import add_ask_page
from assistant.channels.web.call_pages import add_call_pages
from assistant.channels.web.pages import add_pages
from assistant.clock import now
from assistant.handover.store import HandOver
from assistant.handover.web import YES, People
from assistant.nlu.crisis_guard import danger_in
from assistant.settings import Settings, read_settings
from assistant.store.feedback import LONGEST_REASON, Feedback
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
from assistant.turn.hear import Message, answer
from assistant.typed_text import cleaned, typed, without_command
from assistant.unanswered.consent import NO as DO_NOT_KEEP
from assistant.unanswered.consent import YES as KEEP
from assistant.unanswered.consent import Noting
from assistant.unanswered.store import Unanswered

if TYPE_CHECKING:
    from rasa.core.agent import Agent

log = logging.getLogger(__name__)

OPENAPI = Path(__file__).with_name("openapi.json")
MOST_CHARACTERS = 2000
MOST_BYTES = 64 * 1024
TALK_PER_MINUTE = 30
ADDRESS_PER_MINUTE = 120
LONGEST_WAIT = 25.0
HEALTH_SECONDS = 2.5
WELL_SECONDS = 1.0
"""How long a yes of `/health` holds: each look writes a row, and anybody may ask."""
POLL_SECONDS = 0.25
PARTS = ("heading", "body", "write_to", "script", "more", "more_title", "ask", "expects")
"""What a reply may have beside its text, left out where it is empty."""
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class WebInput(InputChannel):
    """Talks with parents over JSON; the id of a talk is made and signed here, never taken from outside."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._signer = Signer(settings.secrets)
        self._transcripts = Transcripts(settings.talks_url)
        self._verdicts = Feedback(settings.talks_url)
        self._handover = HandOver(open_engine(settings.talks_url), settings.secrets)
        self._people = People(self._handover) if settings.has_advocates_channel else None
        self._unanswered = Unanswered(settings.talks_url, settings.secrets)
        self._noting = Noting(self._unanswered, self.name())
        self._talk_limit = SharedLimit("talk", TALK_PER_MINUTE, settings)
        self._address_limit = SharedLimit("address", ADDRESS_PER_MINUTE, settings)
        self._locks: dict[str, asyncio.Lock] = {}
        self._everywhere = TalkLocks(settings.redis_url, "hear") if settings.redis_url else None
        self._parts: asyncio.Task[dict[str, bool]] | None = None
        self._well_until = 0.0
        self.agent: Agent | None = None  # until the model is loaded
        self.store: TalkStore | None = None
        self.outside: Mapping[str, bool] = {}
        """Whether Slack, mail, calendar answered last; they make no server unready. The server sets it."""

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        return cls(read_settings())

    # -- routes --------------------------------------------------------------------------------

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("whichplan_web")
        self._hear = on_new_message

        def route(path: str, methods: list[str], handler: Callable[..., Awaitable[HTTPResponse]]) -> None:
            async def guarded(request: Request, **parts: str) -> HTTPResponse:
                return await self._guarded(request, handler, **parts)

            routes.add_route(guarded, path, methods=[*methods, "OPTIONS"], name=re.sub(r"\W", "_", path))

        route("/v1/conversations", ["POST", "DELETE"], self._conversations)
        route("/v1/messages", ["POST", "GET"], self._messages)
        route("/v1/feedback", ["POST"], self._feedback)
        route("/v1/contact", ["GET"], self._contact)
        route("/v1/bookings/<signed>/invitation.ics", ["GET"], self._invitation)
        route("/v1/openapi.json", ["GET"], self._openapi)
        route("/health", ["GET"], self._health)
        route("/metrics", ["GET"], self._metrics)
        add_pages(routes, self._settings.origins)
        add_ask_page(routes, self)
        add_answer_pages(routes, self._settings.public_url)
        add_call_pages(routes, self, self._settings)
        return routes

    async def _guarded(
        self, request: Request, handler: Callable[..., Awaitable[HTTPResponse]], **parts: str
    ) -> HTTPResponse:
        ASKER.set(self.address(request))
        try:
            answer = empty() if request.method == "OPTIONS" else await handler(request, **parts)
        except Refused as refused:
            answer = json_response(
                {"error": {"code": refused.code, "message": refused.message}},
                refused.status,
                headers=refused.headers,
            )
        except SanicException as error:
            status = getattr(error, "status_code", 500)
            answer = json_response({"error": {"code": "bad_request", "message": str(error)}}, status)
        except Exception as error:
            log.exception("a request failed: %s %s", request.method, request.path)
            kind = "storage" if isinstance(error, SQLAlchemyError) else "action"
            answer = json_response({"error": {"code": "unavailable", "message": PHRASES.errors[kind]}}, 503)
        origin = request.headers.get("origin", "").rstrip("/")
        answer.headers.update(origin_headers(origin, self._settings.origins))
        return answer

    # -- a talk --------------------------------------------------------------------------------

    async def _conversations(self, request: Request) -> HTTPResponse:
        if request.method == "DELETE":
            token = await self._token(request)
            async with self._one_at_a_time(token.talk):  # an answer on its way would be stored afterwards
                await self.forget(token.talk)
            return empty()
        body = _json_object(request, required=False)
        written, replies = await self.open(_zone(body.get("timezone")))
        return json_response({"token": written, "replies": replies}, 201)

    async def open(self, zone: str) -> tuple[str, list[dict[str, Any]]]:
        """Begin a talk; return its token and the greeting."""
        token, written = self._signer.new_token()
        await asyncio.to_thread(self._transcripts.open_talk, token.talk, zone, now())
        replies = await self._answer(token, "/greet", zone)
        first = str(uuid.uuid4())
        await self._store(token, first, replies)
        metrics.TALKS.inc()
        return written, [_public(reply) for reply in replies]

    async def _messages(self, request: Request) -> HTTPResponse:
        token = await self._token(request)
        if request.method == "GET":
            return await self._transcript(request, token)
        body = _json_object(request)
        message = body.get("id")
        if not isinstance(message, str) or not _CLIENT_ID.fullmatch(message):
            raise Refused(400, "bad_id", "`id` has to be a UUID that the client makes for each message.")
        text, choice = body.get("text"), body.get("choice")
        if (text is None) == (choice is None):
            raise Refused(400, "bad_message", "Send either `text` or `choice`.")
        replies = await self.hear(token, message, text, choice)
        return json_response({"replies": replies, "person": await self._person(token)})

    async def _person(self, token: TalkToken) -> str | None:
        """Return whether a person is asked for (`waiting`) or speaks (`here`) in the assistant's stead."""
        return await self._people.present(token.talk) if self._people else None

    async def hear(
        self, token: TalkToken, message: str, text: Any = None, choice: Any = None
    ) -> list[dict[str, Any]]:
        """Answer one message of a talk, once: the same id gives the same replies.

        Raises:
            Refused: It is too long, too many, empty, or a choice that was never offered.
        """
        try:
            async with self._one_at_a_time(token.talk):
                known = await asyncio.to_thread(self._transcripts.replies_to, token, message)
                if known is not None:
                    return [_public(reply) for reply in known]
                return await self._hear_new(token, message, text, choice)
        except SQLAlchemyError as error:
            if not isinstance(text, str) or not await asyncio.to_thread(danger_in, text):
                raise
            log.error("danger is answered without the database: %s", type(error).__name__)
            return [_public(self._signed(token, crisis_reply()))]

    @contextlib.asynccontextmanager
    async def _one_at_a_time(self, talk: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(talk, asyncio.Lock())
        try:
            async with lock, self._everywhere.lock(talk) if self._everywhere else contextlib.nullcontext():
                yield
        finally:
            if not lock.locked():
                self._locks.pop(talk, None)

    async def _hear_new(self, token: TalkToken, message: str, text: Any, choice: Any) -> list[dict[str, Any]]:
        if wait := await self._talk_limit.wait_seconds(token.talk):  # before any work
            raise Refused(429, "too_fast", PHRASES.errors["too_fast"], {"Retry-After": str(wait)})
        if choice is not None:
            try:
                chosen = self._signer.chosen(token.talk, str(choice))
            except (BadToken, ValueError):
                raise Refused(
                    400, "bad_choice", "This choice was not offered in this conversation."
                ) from None
            said, shown = chosen.payload, chosen.title
        else:
            shown = await _shown(text)
            said = typed(shown)
        zone = await asyncio.to_thread(self._transcripts.zone_of, token.talk)
        if zone is None:
            raise Refused(401, "bad_token", "This conversation was deleted. Please start a new one.")
        replies = await self._by_people(token, said, shown)
        if replies is None:
            replies = await self._about_noting(token, said)
        if replies is None:
            replies = await self._answer(token, said, zone, message)
            if self._people:
                replies += [self._signed(token, reply) for reply in await self._people.offer(replies)]
        if any((reply.get("card") or {}).get("kind") == DELETED for reply in replies):
            await self.forget(token.talk)
            return [_public(reply) for reply in replies]
        own = {"from": "parent", "id": message, "text": shown, "chosen": choice is not None}
        if all(reply["outcome"] != "error" for reply in replies):  # after an error the same id may try again
            await self._store(token, message, replies, own)
        return [_public(reply) for reply in replies]

    async def _by_people(self, token: TalkToken, said: str, shown: str) -> list[dict[str, Any]] | None:
        """Return the replies where a person speaks or is asked for; None where the assistant answers."""
        if self._people is None:
            return None
        transcript = [one.body for one in await asyncio.to_thread(self._transcripts.since, token)]
        replies = await self._people.hear(token.talk, said, shown, transcript)
        if said == YES:
            await self._answer(token, "/stop", "")  # a form must not take what is said afterwards for its own
        return None if replies is None else [self._signed(token, reply) for reply in replies]

    async def _about_noting(self, token: TalkToken, said: str) -> list[dict[str, Any]] | None:
        """Return the replies to a yes or no to keeping the words; None where it was not that."""
        if said not in (KEEP, DO_NOT_KEEP):
            return None
        transcript = [one.body for one in await asyncio.to_thread(self._transcripts.since, token)]
        replies = await self._noting.hear(token.talk, said == KEEP, transcript)
        return [self._signed(token, reply) for reply in replies]

    async def _news(self, token: TalkToken) -> None:
        """Take what people said into the transcript; a line that is there already is only deleted."""
        if self._people is None:
            return
        for line, reply in await self._people.lines(token.talk):
            body = self._signed(token, reply) | {"id": line.id}
            with contextlib.suppress(IntegrityError):  # another tab was faster
                await asyncio.to_thread(self._transcripts.keep, token, line.id, [body], now())
            await self._people.arrived([line])

    async def _answer(
        self, token: TalkToken, text: str, zone: str, message_id: str | None = None
    ) -> list[dict[str, Any]]:
        message = Message(text, token.talk, self.name(), zone, message_id)
        replies = await answer(self._hear, message, self.store, self._settings.answer_seconds)
        if message_id:
            about, words = message_id, text
            if any((one.get("noted") or {}).get("why") == NOT_IT for one in replies):
                about, words = await self._asked_before(token) or (message_id, text)
            replies += await self._noting.take(token.talk, about, words, replies)
        return [self._signed(token, reply) for reply in replies]

    async def _asked_before(self, token: TalkToken) -> tuple[str, str] | None:
        """Return id and words of what was typed last: what "that's not what I asked" is about."""
        said = [one.body for one in await asyncio.to_thread(self._transcripts.since, token)]
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
        return full

    async def _store(
        self, token: TalkToken, message: str, replies: list[dict[str, Any]], own: dict[str, Any] | None = None
    ) -> None:
        bodies = [own, *replies] if own else replies
        await asyncio.to_thread(self._transcripts.keep, token, message, bodies, now())

    async def transcript(self, token: TalkToken) -> list[dict[str, Any]]:
        """Return everything that was said in a talk, in the public form with `from`."""
        await self._news(token)
        return [said.body for said in await asyncio.to_thread(self._transcripts.since, token)]

    async def _transcript(self, request: Request, token: TalkToken) -> HTTPResponse:
        asked = request.get_args(keep_blank_values=True)
        # what can be no message's id is an unknown one: not every sign may reach a database
        after = found[0] if (found := _CLIENT_ID.fullmatch(asked.get("after") or "")) else None
        wait = _seconds(asked.get("wait"))
        until = asyncio.get_running_loop().time() + wait
        while True:
            await self._news(token)
            said = await asyncio.to_thread(self._transcripts.since, token, after)
            if said or asyncio.get_running_loop().time() >= until:
                break
            await asyncio.sleep(POLL_SECONDS)
        bodies = [message.body for message in said]
        replies = [_public(body) for body in bodies if body["from"] == "assistant"]
        return json_response({"messages": bodies, "replies": replies, "person": await self._person(token)})

    async def forget(self, talk: str) -> None:
        """Delete what a talk left: transcript, tracker, holds. Bookings stay."""
        await asyncio.to_thread(self._verdicts.forget, talk)
        await asyncio.to_thread(self._unanswered.forget, talk)
        await asyncio.to_thread(self._transcripts.forget, talk)
        await asyncio.to_thread(self._handover.forget, talk)  # also where Slack was taken away since
        await self._talk_limit.forget(talk)
        if self.store is not None:
            await self.store.delete(talk)
        await (await shared_desk()).forget(talk)

    async def tidy(self) -> None:
        """Take deleted rows out of the database's log, where something was in the way, and forget who sent how much."""
        await asyncio.to_thread(self._transcripts.tidy)
        await self._talk_limit.tidy()  # one table serves all limits

    async def forget_old(self, days: int) -> int:
        """Delete the talks in which nothing was said for `days` days, and verdicts of Slack as old; return how many."""
        moment = now() - timedelta(days=days)
        await asyncio.to_thread(self._verdicts.forget_older, moment)
        await asyncio.to_thread(self._unanswered.forget_older, moment)
        old = await asyncio.to_thread(self._transcripts.older_than, moment)
        for talk in old:
            await self.forget(talk)
        return len(old)

    async def _feedback(self, request: Request) -> HTTPResponse:
        token = await self._token(request)
        body = _json_object(request)
        helpful = body.get("helpful")
        if not isinstance(body.get("reply"), str) or not isinstance(helpful, bool):
            raise Refused(400, "bad_feedback", "Send `reply` (an id) and `helpful` (true or false).")
        reason = body.get("reason", "")
        if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
            raise Refused(400, "bad_feedback", f"`reason` has to be a string of at most {LONGEST_REASON}.")
        reason = cleaned(reason)  # half a character, or a NUL, is no text to a database
        said = await asyncio.to_thread(self._transcripts.since, token)
        about = next((m.body for m in said if m.id == body["reply"]), None)
        if about is None:
            raise Refused(404, "unknown_reply", "There is no such reply in this conversation.")
        answer = about.get("answer") or {}
        intent, plan = answer.get("intent", ""), answer.get("plan", "")
        changed = await asyncio.to_thread(
            self._verdicts.keep, token.talk, body["reply"], intent, plan, helpful, reason, now()
        )
        if changed:  # the same vote sent twice counts once
            metrics.FEEDBACK.labels(intent, plan, str(helpful).lower()).inc()
            if not helpful:
                await self._noting.thumb_down(token.talk, body["reply"], answer, reason)
        return empty()

    # -- the house -----------------------------------------------------------------------------

    async def _contact(self, request: Request) -> HTTPResponse:
        organisation = consultation().organisation
        return json_response(
            {"name": organisation.name, "phone": organisation.phone, "email": organisation.email}
        )

    async def _invitation(self, request: Request, signed: str) -> HTTPResponse:
        try:
            booking = self._signer.chosen("invitation", signed).payload
        except (BadToken, ValueError):
            raise Refused(404, "not_found", "There is no such invitation.") from None
        content = await (await shared_desk()).invitation_ics(booking)
        if content is None:
            raise Refused(404, "not_found", "There is no such invitation.")
        method = "CANCEL" if b"METHOD:CANCEL" in content else "PUBLISH"
        return raw(
            content,
            content_type=f"text/calendar; charset=utf-8; method={method}",
            headers={"Content-Disposition": 'attachment; filename="free-call.ics"'},
        )

    async def _openapi(self, request: Request) -> HTTPResponse:
        return raw(OPENAPI.read_bytes(), content_type="application/json")

    async def _health(self, request: Request) -> HTTPResponse:
        """Say whether all parts are there. Whoever asks at the same time, or within a second of a yes, gets the same answer."""
        clock = asyncio.get_running_loop().time
        if self._parts is None or (self._parts.done() and clock() >= self._well_until):
            self._parts = asyncio.create_task(self._look_at_parts())
        parts = await asyncio.shield(self._parts)
        ready = all(parts.values())
        if ready and clock() >= self._well_until:
            self._well_until = clock() + WELL_SECONDS
        said = {"status": "ok" if ready else "unavailable", **parts, **self.outside}
        return json_response(said, 200 if ready else 503)

    async def _look_at_parts(self) -> dict[str, bool]:
        agent = self.agent
        parts = {"model": bool(agent and agent.is_ready()), "actions": False, "database": False}
        endpoint = getattr(agent, "action_endpoint", None)
        alive = getattr(endpoint, "alive", None)
        parts["actions"] = bool(await alive()) if alive else endpoint is not None
        try:
            async with asyncio.timeout(HEALTH_SECONDS):
                parts["database"] = await asyncio.to_thread(self._transcripts.alive)
                if self.store is not None:
                    parts["database"] &= await self.store.alive()
        except (TimeoutError, SQLAlchemyError) as error:
            log.error("the database does not answer: %s", getattr(error, "orig", None) or "too late")
            parts["database"] = False
        return parts

    async def _metrics(self, request: Request) -> HTTPResponse:
        return raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    # -- guards --------------------------------------------------------------------------------

    async def _token(self, request: Request) -> TalkToken:
        scheme, _, written = request.headers.get("authorization", "").partition(" ")
        return await self.token(written.strip() if scheme.lower() == "bearer" else "")

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
            zone = await asyncio.to_thread(self._transcripts.zone_of, token.talk)
        except (
            SQLAlchemyError
        ):  # nothing can be read or written: `hear` has words for danger, and else says so
            return token
        if zone is None:
            raise Refused(401, "bad_token", "This conversation was deleted. Please start a new one.")
        return token

    async def limit_address(self, request: Request) -> None:
        """Count a request of the parent's address.

        Raises:
            Refused: It was one too many within a minute.
        """
        if wait := await self._address_limit.wait_seconds(self.address(request)):
            raise Refused(429, "too_fast", PHRASES.errors["too_fast"], {"Retry-After": str(wait)})

    def address(self, request: Request) -> str:
        """Return the key of the parent's address, past the proxies that the settings trust."""
        forwarded = request.headers.getall("x-forwarded-for", [])
        if forwarded and not self._settings.trusted_proxies:
            _warn_of_a_proxy()
        return visitor(forwarded, str(request.ip), self._settings.trusted_proxies)


@functools.cache
def _warn_of_a_proxy() -> None:
    """Say once that all parents may count as one: the 121st request of a minute would be refused, whoever sends it."""
    log.warning(
        "a request came with X-Forwarded-For, but WHICHPLAN_PROXIES is 0: if a proxy of yours stands in front, set it to the "
        "number of proxies; until then all parents behind it are one address for every limit"
    )


def _public(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != "from"}


async def _shown(text: Any) -> str:
    """Return typed text as it is shown; one that is too long as its first words about danger: those are never sent back.

    Raises:
        Refused: It is no text, empty, or too long and without danger.
    """
    if not isinstance(text, str):
        raise Refused(400, "bad_message", "`text` has to be a string.")
    if len(text) > MOST_CHARACTERS:
        words = await asyncio.to_thread(danger_in, text)  # some milliseconds, in which others are answered
        if words is None:
            raise Refused(413, "too_long", PHRASES.errors["too_long"])
        text = words[:MOST_CHARACTERS]
    shown = without_command(cleaned(text))
    if not shown:
        raise Refused(400, "empty", "The message is empty.")
    return shown


def _json_object(request: Request, required: bool = True) -> dict[str, Any]:
    body = request.body or b""
    if len(body) > MOST_BYTES:
        raise Refused(413, "too_large", "The request is too large: 64 KiB at most.")
    if not body and not required:
        return {}
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refused(415, "not_json", "Send JSON with the header Content-Type: application/json.")
    try:
        found = json.loads(body, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise Refused(400, "bad_json", "The body is not valid JSON.") from None
    if not isinstance(found, dict):
        raise Refused(400, "bad_json", "The body has to be a JSON object.")
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; of a key that is there twice, one reader takes the first and another the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _seconds(written: str | None) -> float:
    """Return how long to wait; "nan" would be for ever."""
    try:
        seconds = float("0" if written is None else written)
    except ValueError:
        seconds = math.nan
    if not math.isfinite(seconds):
        raise Refused(400, "bad_wait", "`wait` has to be a number of seconds, at most 25.")
    return min(seconds, LONGEST_WAIT)


def _zone(name: Any) -> str:
    return name if isinstance(name, str) and name in _zones() else ""


_zones = functools.cache(available_timezones)  # some six hundred files are read for it
