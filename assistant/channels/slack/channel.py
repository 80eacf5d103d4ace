"""The Slack channel, on Bolt: events over HTTP or Socket Mode in, answers as blocks out.

Slack wants to hear back within three seconds, so every delivery is acknowledged before it is
answered. What is answered where, and what others may read of it, is decided here; the words, their
form and the waiting have files of their own (`slack_…`).
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
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

from assistant import metrics
from assistant.booking.calls.call import Call
from assistant.booking.desk.shared import consultation, shared_desk
from assistant.booking.sent.outbox import Letter
from assistant.channels.slack import letter_file
from assistant.channels.slack import modal as slack_modal
from assistant.channels.slack.blocks import Extras, Message, actions, button, context, messages, section
from assistant.channels.slack.booking import BookingModal
from assistant.channels.slack.cards import card_blocks
from assistant.channels.slack.events import EventIds, Turn, event_key
from assistant.channels.slack.home import home_view
from assistant.channels.slack.once import EVENT, Once
from assistant.channels.slack.post import (
    ByResponse,
    InChannel,
    Place,
    SlackAway,
    SlackRefused,
    by_response,
    deliver,
    patiently,
)
from assistant.channels.slack.replies import KeptReplies
from assistant.channels.slack.talk import (
    Talks,
    belongs_to,
    direct_talk,
    is_direct,
    is_personal,
    private_talk,
    thread_talk,
)
from assistant.channels.slack.text import escaped, mentions, plain_text
from assistant.channels.slack.users import Users
from assistant.clock import now
from assistant.handover import said
from assistant.handover.away import away_until
from assistant.handover.sending import Question
from assistant.handover.slack import Advocates
from assistant.handover.store import HandOver
from assistant.knowledge.library import library
from assistant.settings import Settings, read_settings
from assistant.store.feedback import Feedback
from assistant.store.talks_database import open_engine
from assistant.store.tokens import BadToken, Signer
from assistant.store.tracker.store import TalkStore
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import DELETED
from assistant.unanswered import digest
from assistant.unanswered.store import Unanswered

log = logging.getLogger(__name__)

COMMAND = "/plan"
TIDY_SECONDS = 300.0
ENDING_SECONDS = 10.0
CLOSING_SECONDS = 3.0
TO_MODAL = "/book_consultation"
SAY = PHRASES.slack
_TITLE_IN_VALUE = 60
_HAND_BACK = re.compile(r"hand ?back", re.IGNORECASE)

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
        self._verdicts = Feedback(settings.talks_url)
        self._replies = KeptReplies(engine, settings.secrets)
        self._client = AsyncWebClient(
            settings.slack_bot_token, settings.slack_api_url, timeout=30, retry_handlers=[]
        )
        self._users = Users(self._client)
        self._modal = BookingModal(self._client, self._users)
        self._advocates: Advocates | None = None
        if settings.slack_channel:
            handover = HandOver(engine, settings.secrets)
            self._advocates = Advocates(self._client, settings.slack_channel, handover, self._users, worker)
        self._locks: dict[str, asyncio.Lock] = {}
        self._running: set[asyncio.Task[Any]] = set()
        self._jobs: list[asyncio.Task[Any]] = []
        self._socket: AsyncSocketModeHandler | None = None
        self._stop = asyncio.Event()
        self.store: TalkStore | None = None
        """What the model keeps of talks; the server sets it."""
        self.bolt = self._app()

    @classmethod
    def name(cls) -> str:
        return "slack"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackInput:
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
        app.event("app_mention")(self._listener(self._mention))
        app.event("message")(self._listener(self._message))
        app.event("app_home_opened")(self._listener(self._home))
        app.command(COMMAND)(self._listener(self._command, acknowledge=True))
        for action, handler in (
            (re.compile(r"choose:\d+"), self._choose),
            (re.compile(r"topic:\w+"), self._topic),
            (re.compile(r"thumb:(?:up|down)"), self._vote),
            (re.compile(r"hand_back(?::\d+)?"), self._hand_back),
            ("take", self._take),
            ("more", self._unfold),
            ("share", self._share),
            ("letter_file", self._letter_file),
            ("book", self._modal.open),
            ("calendar", self._nothing),
        ):
            app.action(action)(self._listener(handler, acknowledge=True))
        app.view(slack_modal.CALLBACK)(self._book)
        return app

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("whichplan_slack")
        self._talks = Talks(on_new_message, self._settings)
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
        self._talks.store = self.store
        self._jobs = [
            asyncio.create_task(self._tidy()),
            asyncio.create_task(self._once.watch(self._stop, self._again)),
        ]
        if self._advocates:
            self._advocates.answers = self._send_to_parent
            self._jobs.append(asyncio.create_task(self._advocates.run(self._stop)))
            weekly = digest.run(
                Unanswered(self._settings.talks_url, self._settings.secrets), self._advocates.post, self._stop
            )
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

    async def announce(self, what: str, call: Call) -> None:
        """Tell the advocates' channel of a call; for the outbox of the booking desk."""
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
        EVENT.set(key)
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

    # -- events --------------------------------------------------------------------------------

    async def _mention(self, body: Body) -> None:
        await self._heard(body, body["event"], mentioned=True)

    async def _message(self, body: Body) -> None:
        event = body["event"]
        if self._advocates and event.get("channel") == self._settings.slack_channel:
            if event.get("subtype") == "message_changed":
                await self._advocates.changed(event)
            elif event.get("subtype") == "message_deleted":
                await self._advocates.deleted(event)
        if event.get("bot_id") or event.get("subtype") not in (None, "thread_broadcast", "file_share"):
            return
        me = next((one.get("user_id") for one in body.get("authorizations") or () if one.get("is_bot")), "")
        await self._heard(body, event, mentioned=bool(me) and mentions(event.get("text") or "", me))

    async def _heard(self, body: Body, event: Body, *, mentioned: bool) -> None:
        """Answer a direct message, or a mention in its thread; take an advocate's line to the parent."""
        if event.get("bot_id") or not event.get("user"):
            return
        text, channel, team = plain_text(event.get("text") or ""), event["channel"], body.get("team_id", "")
        thread = event.get("thread_ts")
        zone = (await self._users.person(event["user"])).zone
        if event.get("channel_type") == "im" or channel.startswith("D"):
            talk, place = direct_talk(team, event["user"]), InChannel(self._client, channel, thread)
            await self._answer_beside_files(event, talk, place, text, zone)
        elif thread and mentioned and await self._is_for_parent(event):
            return
        elif mentioned:
            thread = thread or event["ts"]
            talk, place = thread_talk(team, channel, thread), InChannel(self._client, channel, thread)
            await self._answer_beside_files(event, talk, place, text, zone)
        elif thread and self._advocates and channel == self._settings.slack_channel:
            await self._advocates.heard(event)

    async def _answer_beside_files(
        self, event: Body, talk: str, place: InChannel, text: str, zone: str
    ) -> None:
        """Say first that files were not read: an answer beside one would seem to be about it."""
        if names := said.files_of(event):
            await deliver(place, [Message(SAY["no_files"].format(files=escaped(", ".join(names))))])
            if not text:
                return
        await self._answer(talk, place, text, zone)

    async def _is_for_parent(self, event: Body) -> bool:
        """Whether a mention is a command in a parent's thread: "@Which Plan send how long may it take"; it is done then."""
        if self._advocates is None or event["channel"] != self._settings.slack_channel:
            return False
        if said.read(event.get("text") or "").kind not in ("send", "transfer"):
            return False
        return await self._advocates.heard(event)

    async def _send_to_parent(self, question: Question) -> list[dict[str, Any]]:
        """Answer a question in a talk of its own, which is forgotten at once."""
        talk = f"slack:send:{secrets.token_hex(8)}"
        try:
            if question.about:
                await self._talks.turn(talk, question.about)
            return await self._talks.turn(talk, question.text)
        finally:
            await self._forget(talk)

    async def _command(self, body: Body) -> None:
        place, text = ByResponse(body["response_url"]), plain_text(body.get("text") or "")
        if _HAND_BACK.fullmatch(text):
            await deliver(place, [await self._handed_back(body)])
            return
        if self._advocates and (until := away_until(text, now(), await self._users.zone(body["user_id"]))):
            await deliver(place, [await self._advocates.away(body["user_id"], until)])
            return
        talk = private_talk(body.get("team_id", ""), body["channel_id"], body["user_id"])
        await self._answer(talk, place, text, (await self._users.person(body["user_id"])).zone)

    async def _handed_back(self, body: Body) -> Message:
        """End a parent's chat, for who belongs to the advocates: a member of any other channel may not."""
        if self._advocates is None:
            return Message(PHRASES.handover["none_open"])
        user = body["user_id"]
        known = any(one.slack == user for one in consultation().advocates)
        if not known and body["channel_id"] != self._settings.slack_channel:
            return Message(PHRASES.handover["not_yours"])
        return await self._advocates.hand_back(zone=(await self._users.person(user)).zone)

    async def _home(self, body: Body) -> None:
        event = body["event"]
        if event.get("tab") not in (None, "home"):
            return
        calls = [c for c in await (await shared_desk()).all_calls() if c.state == "booked" and c.end > now()]
        chats = await self._advocates.open_chats() if self._advocates else None
        view = home_view(library(), consultation(), sorted(calls, key=lambda call: call.start), chats)
        await patiently(lambda: self._client.views_publish(user_id=event["user"], view=view))

    # -- answering -----------------------------------------------------------------------------

    async def _answer(self, talk: str, place: Place, text: str, zone: str, lead: str = "") -> None:
        """Answer one message of a talk, after those before it; `lead` is what was asked, if a button was."""
        if not text or text.casefold() == "help":  # what Slack's own commands call it
            await deliver(place, [Message(SAY["help"])])
            return
        lock = self._locks.setdefault(talk, asyncio.Lock())
        try:
            async with lock:
                private = ""
                if is_direct(talk):
                    replies = await self._talks.turn(talk, text, zone)
                else:
                    replies, private = await self._talks.in_public(talk, text, zone)
                said = [one for reply in replies for one in await self._rendered(talk, reply, lead)]
                if private == "letter":
                    said.append(Message(SAY["letter_in_private"], [section(SAY["letter_in_private"])]))
                elif private:
                    text = SAY["in_private_plan" if is_personal(talk) else "in_private"]
                    said.append(Message(text, [section(text), *actions([_book_button()])]))
                if (event := EVENT.get()) and not await self._once.is_mine(event):
                    log.error("another process answers what this one took too long for")
                    return
                await deliver(place, said)
                if any((reply.get("card") or {}).get("kind") == DELETED for reply in replies):
                    await self._forget(talk)
        finally:
            if not lock.locked():
                self._locks.pop(talk, None)

    async def _forget(self, talk: str) -> None:
        """Delete what a talk left here; what was posted stays in Slack, where its members can delete it."""
        await asyncio.to_thread(self._replies.forget, talk)
        await asyncio.to_thread(self._verdicts.forget, _short(talk))
        await self._talks.noting.forget(talk)
        if self.store is not None:
            await self.store.delete(talk)
        await (await shared_desk()).forget(talk)

    async def _rendered(
        self, talk: str, reply: dict[str, Any], lead: str = "", *, fold: bool = True
    ) -> list[Message]:
        return messages(
            reply, self._value(talk), await self._extras(talk, reply), fold=fold,
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

    def _value(self, talk: str) -> Callable[[dict[str, Any]], str]:
        return lambda one: self._signer.choice(
            "slack", f"{talk} {one['payload']}", one["title"][:_TITLE_IN_VALUE]
        )

    # -- buttons -------------------------------------------------------------------------------

    async def _choose(self, body: Body) -> None:
        """Go on with a button's question, in the talk that it was offered in."""
        action, place = body["actions"][0], by_response(body)
        try:
            talk, _, payload = self._signer.chosen("slack", action["value"]).payload.partition(" ")
        except (BadToken, ValueError):
            await deliver(place, [Message(SAY["no_longer"])])
            return
        if payload.startswith(TO_MODAL) and not is_direct(talk):
            await self._modal.open(body)
            return
        if not belongs_to(
            talk, body["user"]["id"]
        ):  # a shared answer: who presses goes on in a talk of their own
            talk = private_talk(
                (body.get("team") or {}).get("id", ""), body["channel"]["id"], body["user"]["id"]
            )
        where: Place = place if ":plan:" in talk else _same_place(self._client, body)
        zone = (await self._users.person(body["user"]["id"])).zone
        await self._answer(talk, where, payload, zone, lead=action["text"]["text"])

    async def _topic(self, body: Body) -> None:
        """Answer a question of the home tab in direct messages."""
        user, action = body["user"]["id"], body["actions"][0]
        payload = f"/{action['action_id'].partition(':')[2]}"
        talk = direct_talk((body.get("team") or {}).get("id", ""), user)
        zone = (await self._users.person(user)).zone
        await self._answer(talk, InChannel(self._client, user), payload, zone, lead=action["text"]["text"])

    async def _unfold(self, body: Body) -> None:
        """Show the whole answer in the place of the folded one."""
        kept = await asyncio.to_thread(self._replies.read, body["actions"][0]["value"])
        place = by_response(body)
        if kept is None:
            await deliver(place, [Message(SAY["no_longer"])])
            return
        reply = kept["reply"] | {"key": body["actions"][0]["value"]}
        shared = ":plan:" in kept["talk"] and not (body.get("container") or {}).get("is_ephemeral")
        if shared or not belongs_to(
            kept["talk"], body["user"]["id"]
        ):  # the answer alone, for who presses alone
            bare = messages({**reply, "buttons": []}, self._value(kept["talk"]), Extras(), fold=False)
            await deliver(place, bare)
            return
        place.replace = True
        await deliver(place, await self._rendered(kept["talk"], reply, fold=False))

    async def _share(self, body: Body) -> None:
        """Post a private answer in the channel: the answer alone, neither the question nor what leads on."""
        key = body["actions"][0]["value"]
        kept = await asyncio.to_thread(self._replies.read, key)
        place = by_response(body)
        if kept is None or not belongs_to(kept["talk"], body["user"]["id"]):
            await deliver(place, [Message(SAY["no_longer"])])
            return
        place.public = True
        reply = kept["reply"]
        text = reply["text"]
        for asked in (PHRASES.which_plan_and_state, PHRASES.which_plan, PHRASES.offer_call):
            text = text.replace(asked, "")
        text = text.rstrip()
        shared = messages({**reply, "text": text, "buttons": []}, self._value(kept["talk"]), Extras(key))
        said = context([SAY["shared"].format(user=body["user"]["id"])])
        shared[0].blocks[:0] = said
        await deliver(place, shared)

    async def _letter_file(self, body: Body) -> None:
        """Send a letter as a file to the direct messages of whom it was written for."""
        kept = await asyncio.to_thread(self._replies.read, body["actions"][0]["value"])
        user, place = body["user"]["id"], by_response(body)
        letter = (kept or {}).get("reply", {}).get("letter")
        if kept is None or not letter or not belongs_to(kept["talk"], user):
            await deliver(place, [Message(SAY["no_longer"])])
        elif not await letter_file.send(self._client, user, letter):
            await deliver(place, [Message(SAY["letter_file_lost"])])

    async def _vote(self, body: Body) -> None:
        action = body["actions"][0]
        kept = await asyncio.to_thread(self._replies.read, action["value"])
        answer = (kept or {}).get("reply", {}).get("answer") or {}
        if kept and answer:
            helpful, about = action["action_id"] == "thumb:up", (answer["intent"], answer["plan"])
            if await asyncio.to_thread(
                self._verdicts.keep, _short(kept["talk"]), f"{action['value']}{body['user']['id']}", *about, helpful, "", now(),
            ):  # fmt: skip
                metrics.FEEDBACK.labels(*about, str(helpful).lower()).inc()
                if not helpful:
                    await self._talks.noting.thumb_down(kept["talk"], action["value"], answer, "")
        await deliver(by_response(body), [Message(SAY["thanks" if answer else "no_longer"])])

    async def _hand_back(self, body: Body) -> None:
        if self._advocates:
            await deliver(by_response(body), [await self._advocates.hand_back(body["actions"][0]["value"])])

    async def _take(self, body: Body) -> None:
        if self._advocates:
            talk, user = body["actions"][0]["value"], body["user"]["id"]
            await deliver(by_response(body), [await self._advocates.take(talk, user)])

    async def _nothing(self, body: Body) -> None:
        """A button that opens an address tells of it as well."""

    # -- the booking modal ---------------------------------------------------------------------

    async def _book(self, ack: Callable[..., Awaitable[Any]], body: Body, context: dict[str, Any]) -> None:
        """Say what can't be right, or book; the database has the last word."""
        wish = slack_modal.read(body["view"])
        if wish.problems:
            await ack(response_action="errors", errors=dict(wish.problems))
            await self._run(self._nothing(body), context.get("event_key"))
            return
        await ack(response_action="update", view=slack_modal.told(SAY["modal_booking"]))
        await self._run(self._modal.confirm(body, wish), context.get("event_key"))


def _short(talk: str) -> str:
    """Return a talk's name in the length that the table of verdicts has for the website's."""
    return hashlib.sha256(talk.encode()).hexdigest()[:40]


def _book_button() -> dict[str, Any]:
    return button(SAY["book"], "book")


def _same_place(client: AsyncWebClient, body: Body) -> InChannel:
    """Return where a button's message stands: its thread, or the direct messages."""
    channel, message = body["channel"]["id"], body.get("message") or {}
    thread = message.get("thread_ts") or (None if channel.startswith("D") else message.get("ts"))
    return InChannel(client, channel, thread)
