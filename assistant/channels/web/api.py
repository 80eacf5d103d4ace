"""The website channel: version 1 of the HTTP contract (docs/build/http-api.md), and the pages beside it."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw
from sqlalchemy.exc import SQLAlchemyError

from assistant import metrics
from assistant.booking.desk.shared import consultation, shared_desk
from assistant.channels.http import PLAIN_PAGE, Refused, json_response, origin_headers, page_headers
from assistant.channels.web import letter_files
from assistant.channels.web.answer_pages import add_answer_pages
from assistant.channels.web.ask_page import add_ask_page
from assistant.channels.web.call_pages import add_call_pages
from assistant.channels.web.contract import public
from assistant.channels.web.pages import add_pages
from assistant.channels.web.requests import json_object, seconds_of, zone_of
from assistant.channels.web.talks import Sent, Talks
from assistant.channels.web.visitors import Visitors
from assistant.clock import now
from assistant.settings import Settings, read_settings
from assistant.store.feedback import LONGEST_REASON
from assistant.store.tokens import BadToken, Signer, TalkToken
from assistant.talk.phrases import PHRASES
from assistant.typed_text import cleaned

if TYPE_CHECKING:
    from rasa.core.agent import Agent

log = logging.getLogger(__name__)

OPENAPI = Path(__file__).with_name("openapi.json")
HEALTH_SECONDS = 2.5
WELL_SECONDS = 1.0
"""How long a yes of `/health` holds: each look writes a row, and anybody may ask."""
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class WebInput(InputChannel):
    """Talks with parents over JSON; the id of a talk is made and signed here, never taken from outside."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._signer = Signer(settings.secrets)
        self.talks = Talks(settings)
        self.visitors = Visitors(settings)
        self._parts: asyncio.Task[dict[str, bool]] | None = None
        self._well_until = 0.0
        self.agent: Agent | None = None  # until the model is loaded
        self.outside: Mapping[str, bool] = {}
        """Whether Slack, mail, calendar answered last; they make no server unready. The server sets it."""

    @classmethod
    def name(cls) -> str:
        """Return the name that Rasa knows the channel by: `web`."""
        return Talks.name

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        """Return the channel by the settings; Rasa's own files name none."""
        return cls(read_settings())

    # -- routes --------------------------------------------------------------------------------

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes; each message goes to `on_new_message`."""
        routes = Blueprint("whichplan_web")
        self.talks.play = on_new_message

        def route(path: str, methods: list[str], handler: Callable[..., Awaitable[HTTPResponse]]) -> None:
            async def guarded(request: Request, **parts: str) -> HTTPResponse:
                return await self._guarded(request, handler, **parts)

            routes.add_route(guarded, path, methods=[*methods, "OPTIONS"], name=re.sub(r"\W", "_", path))

        route("/v1/conversations", ["POST", "DELETE"], self._conversations)
        route("/v1/messages", ["POST", "GET"], self._messages)
        route("/v1/feedback", ["POST"], self._feedback)
        route("/v1/contact", ["GET"], self._contact)
        route("/v1/bookings/<signed>/invitation.ics", ["GET"], self._invitation)
        route("/letters/<name>/<file>", ["GET"], self._letter)
        route("/v1/openapi.json", ["GET"], self._openapi)
        route("/health", ["GET"], self._health)
        route("/metrics", ["GET"], self._metrics)
        add_pages(routes, self._settings.origins)
        add_ask_page(routes, self.talks, self.visitors)
        add_answer_pages(routes, self._settings.public_url)
        add_call_pages(routes, self.visitors, self._settings)
        return routes

    async def _guarded(
        self, request: Request, handler: Callable[..., Awaitable[HTTPResponse]], **parts: str
    ) -> HTTPResponse:
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
            log.exception(
                "a request failed: %s %s", request.method, request.route.path if request.route else ""
            )
            kind = "storage" if isinstance(error, SQLAlchemyError) else "action"
            answer = json_response({"error": {"code": "unavailable", "message": PHRASES.errors[kind]}}, 503)
        origin = request.headers.get("origin", "").rstrip("/")
        answer.headers.update(origin_headers(origin, self._settings.origins))
        return answer

    # -- a talk --------------------------------------------------------------------------------

    async def _conversations(self, request: Request) -> HTTPResponse:
        if request.method == "DELETE":
            token = await self._token(request)
            async with self.talks.one_at_a_time(token.talk):  # an answer under way would be stored afterwards
                await self.talks.forget(token.talk)
            return empty()
        body = json_object(request, required=False)
        written, replies = await self.talks.open(zone_of(body.get("timezone")))
        return json_response({"token": written, "replies": replies}, 201)

    async def _messages(self, request: Request) -> HTTPResponse:
        token = await self._token(request)
        if request.method == "GET":
            return await self._transcript(request, token)
        body = json_object(request)
        message = body.get("id")
        if not isinstance(message, str) or not _CLIENT_ID.fullmatch(message):
            raise Refused(400, "bad_id", "`id` has to be a UUID that the client makes for each message.")
        text, choice = body.get("text"), body.get("choice")
        if (text is None) == (choice is None):
            raise Refused(400, "bad_message", "Send either `text` or `choice`.")
        origin = request.headers.get("origin", "").rstrip("/")
        sent = Sent(text, choice, origin, self.visitors.address(request))
        replies = await self.talks.hear(token, message, sent)
        return json_response({"replies": replies, "person": await self.talks.person(token)})

    async def _transcript(self, request: Request, token: TalkToken) -> HTTPResponse:
        asked = request.get_args(keep_blank_values=True)
        # what can be no message's id is an unknown one: not every sign may reach a database
        after = found[0] if (found := _CLIENT_ID.fullmatch(asked.get("after") or "")) else None
        wait = seconds_of(asked.get("wait"))
        bodies = await self.talks.since(token, after, wait)
        replies = [public(body) for body in bodies if body["from"] == "assistant"]
        return json_response(
            {"messages": bodies, "replies": replies, "person": await self.talks.person(token)}
        )

    async def _feedback(self, request: Request) -> HTTPResponse:
        token = await self._token(request)
        body = json_object(request)
        helpful = body.get("helpful")
        if not isinstance(body.get("reply"), str) or not isinstance(helpful, bool):
            raise Refused(400, "bad_feedback", "Send `reply` (an id) and `helpful` (true or false).")
        reason = body.get("reason", "")
        if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
            raise Refused(400, "bad_feedback", f"`reason` has to be a string of at most {LONGEST_REASON}.")
        reason = cleaned(reason)  # half a character, or a NUL, is no text to a database
        said = await asyncio.to_thread(self.talks.transcripts.since, token)
        about = next((m.body for m in said if m.id == body["reply"]), None)
        if about is None:
            raise Refused(404, "unknown_reply", "There is no such reply in this conversation.")
        answer = about.get("answer") or {}
        intent, plan = answer.get("intent", ""), answer.get("plan", "")
        changed = await asyncio.to_thread(
            self.talks.verdicts.keep, token.talk, body["reply"], intent, plan, helpful, reason, now()
        )
        if changed:  # the same vote sent twice counts once
            metrics.FEEDBACK.labels(intent, plan, str(helpful).lower()).inc()
            if not helpful:
                await self.talks.noting.thumb_down(token.talk, body["reply"], answer, reason)
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

    async def _letter(self, request: Request, name: str, file: str) -> HTTPResponse:
        """Return a letter of a talk as a file. The name opens this one letter, and nothing once the talk is deleted."""
        letter = await self.talks.letter(name) if file in letter_files.FILES else None
        if letter is None:
            raise Refused(404, "not_found", "There is no such letter.")
        kind, make = letter_files.FILES[file]
        page = kind.startswith("text/html")
        return raw(
            await asyncio.to_thread(make, letter),
            content_type=kind,
            headers=page_headers(PLAIN_PAGE)
            if page
            else {"Content-Disposition": f'attachment; filename="{file}"'},
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
                parts["database"] = await asyncio.to_thread(self.talks.transcripts.alive)
                if self.talks.store is not None:
                    parts["database"] &= await self.talks.store.alive()
        except (TimeoutError, SQLAlchemyError) as error:
            log.error("the database does not answer: %s", getattr(error, "orig", None) or "too late")
            parts["database"] = False
        return parts

    async def _metrics(self, request: Request) -> HTTPResponse:
        """Return the figures to who asks this worker itself; through a proxy, whichever it is, the address is not there."""
        if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
            raise Refused(404, "not_found", "There is nothing at this address.")
        return raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    # -- guards --------------------------------------------------------------------------------

    async def _token(self, request: Request) -> TalkToken:
        scheme, _, written = request.headers.get("authorization", "").partition(" ")
        return await self.talks.token(written.strip() if scheme.lower() == "bearer" else "")
