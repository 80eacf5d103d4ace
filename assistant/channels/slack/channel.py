"""The Slack channel, on Bolt: events over HTTP or Socket Mode in, answers as blocks out.

Slack wants to hear back within three seconds, so every delivery is acknowledged before it is
answered. What is answered where, and what others may read of it, is decided here; the words, their
form and the waiting have files of their own (`slack_…`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from email.message import EmailMessage
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_bolt.adapter.sanic.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from assistant.booking.calls.call import Call
from assistant.booking.desk.shared import consultation
from assistant.booking.sent.outbox import Letter
from assistant.channels.slack import modal as slack_modal
from assistant.channels.slack.answering import Answering
from assistant.channels.slack.booking import BookingModal
from assistant.channels.slack.buttons import Buttons
from assistant.channels.slack.events import EventIds, Turn, event_key
from assistant.channels.slack.hearing import Hearing
from assistant.channels.slack.once import Once
from assistant.channels.slack.post import (
    SlackAway,
    SlackRefused,
    patiently,
)
from assistant.channels.slack.replies import KeptReplies
from assistant.channels.slack.talk import (
    Talks,
)
from assistant.channels.slack.users import Users
from assistant.clock import now
from assistant.handover.slack import Advocates
from assistant.handover.store import HandOver
from assistant.settings import Settings, read_settings
from assistant.store.talks_database import open_engine
from assistant.store.tokens import Signer
from assistant.store.tracker.store import TalkStore
from assistant.talk.phrases import PHRASES
from assistant.unanswered import digest

log = logging.getLogger(__name__)

SAY = PHRASES.slack
COMMAND = "/plan"
TIDY_SECONDS = 300.0
ENDING_SECONDS = 10.0
CLOSING_SECONDS = 3.0

Body = Mapping[str, Any]


class SlackInput(InputChannel):
    """Talks with advocates in Slack."""

    def __init__(self, settings: Settings) -> None:
        engine = open_engine(settings.talks_url)
        worker = f"{os.getpid()}-{secrets.token_hex(6)}"
        self._settings = settings
        self._signer = Signer(settings.secrets)
        self._events = EventIds(engine, worker, settings.secrets)
        self._once = Once(self._events)
        self._replies = KeptReplies(engine, settings.secrets)
        self._talks = Talks(settings, self._replies)
        self._client = AsyncWebClient(
            settings.slack_bot_token, settings.slack_api_url, timeout=30, retry_handlers=[]
        )
        self._users = Users(self._client)
        self._modal = BookingModal(self._client, self._users)
        self._advocates: Advocates | None = None
        if settings.slack_channel:
            handover = HandOver(engine, settings.secrets)
            self._advocates = Advocates(self._client, settings.slack_channel, handover, self._users, worker)
        self._answering = Answering(settings, self._signer, self._replies, self._talks, self._once)
        self._hearing = Hearing(self._answering, self._client, self._users, settings, self._advocates)
        self._buttons = Buttons(
            self._answering,
            self._client,
            self._users,
            self._signer,
            self._replies,
            self._modal,
            self._advocates,
        )
        self._running: set[asyncio.Task[Any]] = set()
        self._jobs: list[asyncio.Task[Any]] = []
        self._socket: AsyncSocketModeHandler | None = None
        self._stop = asyncio.Event()
        self.bolt = self._app()

    @property
    def store(self) -> TalkStore | None:
        """What the model keeps of talks; the server sets it."""
        return self._talks.store

    @store.setter
    def store(self, store: TalkStore | None) -> None:
        self._talks.store = store

    @classmethod
    def name(cls) -> str:
        """Return the name that Rasa knows the channel by: `slack`."""
        return Talks.name

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackInput:
        """Return the channel by the settings; Rasa's own files name none."""
        return cls(read_settings())

    # -- wiring --------------------------------------------------------------------------------

    def _app(self) -> AsyncApp:
        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            """Tell Bolt the one token: by itself it asks Slack, and throws away what arrives while Slack is busy."""
            token = self._settings.slack_bot_token
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

        app = AsyncApp(
            client=AsyncWebClient(base_url=self._settings.slack_api_url, timeout=30, retry_handlers=[]),
            authorize=authorize,
            signing_secret=self._settings.slack_signing_secret or secrets.token_hex(16),
            logger=logging.getLogger("whichplan.slack.bolt"),
        )
        app.middleware(self._pass_once)
        app.event("app_mention")(self._listener(self._hearing.mention))
        app.event("message")(self._listener(self._hearing.message))
        app.event("app_home_opened")(self._listener(self._hearing.home))
        app.command(COMMAND)(self._listener(self._hearing.command, acknowledge=True))
        for action, handler in (
            (re.compile(r"choose:\d+"), self._buttons.choose),
            (re.compile(r"topic:\w+"), self._buttons.topic),
            (re.compile(r"thumb:(?:up|down)"), self._buttons.vote),
            (re.compile(r"hand_back(?::\d+)?"), self._buttons.hand_back),
            ("take", self._buttons.take),
            ("more", self._buttons.unfold),
            ("share", self._buttons.share),
            ("letter_file", self._buttons.letter_file),
            ("book", self._modal.open),
            ("calendar", self._buttons.nothing),
        ):
            app.action(action)(self._listener(handler, acknowledge=True))
        app.view(slack_modal.CALLBACK)(self._book)
        return app

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the route that Slack posts to, where a signing secret is set; each message goes to `on_new_message`."""
        routes = Blueprint("whichplan_slack")
        self._talks.play = on_new_message
        if self._settings.slack_signing_secret:
            handler = AsyncSlackRequestHandler(self.bolt)

            async def events(request: Request) -> HTTPResponse:
                with self._talks.arriving():
                    return await handler.handle(request)

            routes.add_route(events, "/events", methods=["POST"], name="events")

        async def begin(app: Any, loop: Any) -> None:
            await self.start()

        async def end(app: Any, loop: Any) -> None:
            await self.stop()

        routes.listener("after_server_start")(begin)
        routes.listener("before_server_stop")(end)
        return routes

    async def start(self) -> None:
        """Begin the work in the background: Socket Mode, hand-over, forgetting."""
        self._jobs = [
            asyncio.create_task(self._tidy()),
            asyncio.create_task(self._once.watch(self._stop, self._again)),
        ]
        if self._advocates:
            self._advocates.answers = self._hearing.send_to_parent
            self._advocates.in_turn = self._in_turn
            self._jobs.append(asyncio.create_task(self._advocates.run(self._stop)))
            weekly = digest.run(self._talks.unanswered, self._advocates.post, self._stop)
            self._jobs.append(asyncio.create_task(weekly))
        if self._settings.slack_app_token:
            self._jobs.append(asyncio.create_task(self._connect()))

    async def stop(self) -> None:
        """End the work; answers that are on their way get some seconds to arrive."""
        self._stop.set()
        if self._socket:
            with contextlib.suppress(TimeoutError):  # a Slack that hangs must not hold up the end
                await asyncio.wait_for(self._socket.close_async(), CLOSING_SECONDS)  # type: ignore[no-untyped-call]
        if self._running:
            await asyncio.wait(self._running, timeout=ENDING_SECONDS)
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)

    async def _connect(self) -> None:
        """Open Socket Mode; the client connects again by itself after that."""
        self._socket = AsyncSocketModeHandler(self.bolt, self._settings.slack_app_token)
        while not self._stop.is_set():
            try:
                await patiently(self._socket.connect_async)
                return
            except (SlackAway, SlackRefused) as error:
                log.error("Socket Mode could not be opened (%s); trying again", error)
                await asyncio.sleep(30)

    async def _tidy(self) -> None:
        while not self._stop.is_set():
            try:
                await asyncio.to_thread(self._events.tidy, now())
                await asyncio.to_thread(self._replies.tidy, now())
            except Exception:  # the job outlives a database that is away
                log.exception("old events could not be forgotten; trying again")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), TIDY_SECONDS)

    async def announce(self, what: str, call: Call | None) -> None:
        """Tell the advocates' channel of a call, or of a flood of them; for the outbox of the booking desk."""
        if self._advocates:
            await self._advocates.announce(what, call, consultation())

    async def write_mail(self, letter: Letter) -> EmailMessage | None:
        """Write to a parent who closed the chat that an advocate has answered; for the outbox of the booking desk."""
        return await self._advocates.emails.write(letter) if self._advocates else None

    # -- each event once -----------------------------------------------------------------------

    async def _pass_once(
        self, body: Body, context: dict[str, Any], next: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        """Let an event pass once; a repeated one is acknowledged, or sent back where nobody may be at it."""
        key = event_key(body)
        if key is not None:
            turn = await self._once.begin(key, body)
            if turn is not Turn.MINE:
                return BoltResponse(status=200 if turn is Turn.ANSWERED else 503, body="")
            context["event_key"] = key
        await next()
        return None

    async def _in_turn(self, event: Body) -> None:
        if key := event_key({"event": event}):
            await self._once.in_turn(key)

    async def _again(self, body: Body) -> None:
        """Answer a delivery that was acknowledged by a process which died."""
        await self.bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=dict(body)))

    def _listener(self, handler: Callable[[Body], Awaitable[None]], acknowledge: bool = False) -> Any:
        async def listener(ack: Callable[[], Awaitable[Any]], body: Body, context: dict[str, Any]) -> None:
            if acknowledge:
                await ack()
            await self._run(handler(body), context.get("event_key"))

        return listener

    async def _run(self, work: Awaitable[None], key: str | None) -> None:
        task = asyncio.current_task()
        if task:
            self._running.add(task)
        try:
            await work
        except Exception:  # acknowledged: Slack won't ask again, so only the log can know
            log.exception("an event of Slack's was not answered")
        finally:
            if task:
                self._running.discard(task)
        if key:  # an answer that the end of this process cuts off is the next one's
            await self._once.done(key)

    # -- the booking modal ---------------------------------------------------------------------

    async def _book(self, ack: Callable[..., Awaitable[Any]], body: Body, context: dict[str, Any]) -> None:
        """Say what can't be right, or book; the database has the last word."""
        wish = slack_modal.read(body["view"])
        if wish.problems:
            await ack(response_action="errors", errors=dict(wish.problems))
            await self._run(self._buttons.nothing(body), context.get("event_key"))
            return
        await ack(response_action="update", view=slack_modal.told(SAY["modal_booking"]))
        await self._run(self._modal.confirm(body, wish), context.get("event_key"))
