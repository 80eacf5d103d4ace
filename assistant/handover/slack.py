"""Slack's side of a hand-over: opens the thread, carries the parent's lines into it and the advocates' out of it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.booking.calls.call import Call
from assistant.booking.consultation import Consultation
from assistant.booking.desk.alarm import FLOOD_BEGAN
from assistant.booking.desk.shared import consultation
from assistant.booking.zones import spoken
from assistant.channels.slack.blocks import Message, actions, button, pieces, section
from assistant.channels.slack.post import InChannel, SlackAway, SlackRefused, patiently
from assistant.channels.slack.text import escaped
from assistant.channels.slack.users import Users
from assistant.clock import now
from assistant.handover import said
from assistant.handover.emails import Emails
from assistant.handover.head import head_message, slack_time
from assistant.handover.hours import who_is_at_desk
from assistant.handover.sending import NotKnown, Question, read_question, sent
from assistant.handover.store import ENDED, MISSED, WAITING, HandOver, Line, Thread
from assistant.knowledge.library import library
from assistant.privacy.mask import masked
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Answered, Reply

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
POST_SECONDS = 20.0
"""A line that Slack did not take in this time goes back into the queue, and another process may try."""
NAMELESS = "An advocate"

SAY = PHRASES.handover


class Advocates:
    """The advocates' channel.

    Args:
        client: Slack.
        channel: Id of the channel.
        handover: The talks.
        users: Who writes.
        worker: This process.
    """

    def __init__(
        self, client: AsyncWebClient, channel: str, handover: HandOver, users: Users, worker: str
    ) -> None:
        self._client = client
        self._channel = channel
        self._handover = handover
        self._users = users
        self._worker = worker
        self.emails = Emails(handover)
        self.workspace = "https://app.slack.com/"
        """Where links to messages begin; the channel sets it once Slack has said."""
        self.answers: Callable[[Question], Awaitable[list[Reply]]] | None = None
        """Answers a question in a talk of its own; the channel sets it."""
        self.in_turn: Callable[[Mapping[str, Any]], Awaitable[None]] | None = None
        """Waits until what was written before in the channel is done; the channel sets it."""

    async def announce(self, what: str, call: Call | None, about: Consultation) -> None:
        """Tell the channel of a call, or of calls as a whole. Raises as Slack's client does: the outbox then tries again."""
        if call is None:
            since = f"{now() - FLOOD_BEGAN:%Y-%m-%dT%H:%MZ}"
            await self.post(PHRASES.slack["announced_flood"].format(since=since))
            return
        advocate = about.advocate(call.advocate)
        when = spoken(call.start, advocate.zone) if advocate else call.when
        say = PHRASES.slack
        text = say[f"announced_{what}"].format(name=escaped(call.first_name), when=escaped(when))
        if call.reason and what != "cancelled":
            text += "\n" + say["announced_reason"].format(reason=escaped(masked(call.reason)))
        blocks = [section(part) for part in pieces(text)]
        small = {"type": "context", "elements": [{"type": "mrkdwn", "text": say["announced_where"]}]}
        await InChannel(self._client, self._channel).post(Message(text, [*blocks, small]))

    async def post(self, text: str) -> None:
        """Post a text of ours in the advocates' channel; waits as long as Slack is busy."""
        blocks = [section(part) for part in pieces(text)]
        await patiently(lambda: InChannel(self._client, self._channel).post(Message(text, blocks)))

    # -- from Slack to the parent --------------------------------------------------------------

    async def heard(self, event: Mapping[str, Any]) -> bool:
        """Take a message of a thread to its parent, or do what it says; False where the thread is no parent's."""
        talk = await asyncio.to_thread(self._handover.in_thread, event["channel"], event["thread_ts"])
        if talk is None:
            return False
        line, user = said.read(event.get("text") or ""), event["user"]
        if self.in_turn and line.kind != "private":
            await self.in_turn(event)
        if (names := said.files_of(event)) and line.kind != "private":
            await self._tell(talk, "file_lost", files=", ".join(names))
        if line.kind == "words":
            await self._say(talk, user, line.text, _source(event["channel"], event["ts"]))
        elif line.kind == "send":
            await self._send_answer(talk, user, line.text, _source(event["channel"], event["ts"]))
        elif line.kind in ("colleague", "no_person", "no_question"):
            await self._tell(talk, line.kind)
        elif line.kind == "transfer":
            await self.take(talk, line.text, by=user)
        elif line.kind in ("hand_back", "close"):
            await asyncio.to_thread(self._handover.hand_back, talk)
            if line.kind == "close":
                await self._tell(talk, "closed", user=user, note=line.text)
        return True

    async def _say(
        self, talk: str, user: str, text: str, source: str, answer: Mapping[str, Any] | None = None
    ) -> None:
        """Take words to the parent; who speaks first has the chat, and so has who opens it again."""
        name = (await self._users.person(user)).name or NAMELESS
        again = await asyncio.to_thread(self._handover.state, talk) in (MISSED, ENDED)
        new = await asyncio.to_thread(self._handover.said_by_person, talk, name, text, source, now(), answer)
        take = functools.partial(self._handover.heads.take, talk, user, name, only_if_free=not again)
        if new and (await asyncio.to_thread(take) or again):
            await self._show_head(talk)

    async def changed(self, event: Mapping[str, Any]) -> bool:
        """Take an advocate's correction to the parent; False where it is none of a parent's thread."""
        new, old = event.get("message") or {}, event.get("previous_message") or {}
        thread = new.get("thread_ts")
        if not thread or new.get("bot_id") or not new.get("user") or new.get("text") == old.get("text"):
            return False  # Slack itself changes a message, to show what a link leads to
        talk = await asyncio.to_thread(self._handover.in_thread, event["channel"], thread)
        if talk is None:
            return False
        line, before = said.read(new.get("text") or ""), said.read(old.get("text") or "")
        source = _source(event["channel"], new["ts"])
        if before.kind == "words" and line.kind != "words":
            taken = await asyncio.to_thread(self._handover.take_back, talk, source)
            await self._tell(talk, "taken_back" if taken else "was_read")
        elif line.kind == "words":
            waiting = await asyncio.to_thread(self._handover.take_back, talk, source)
            corrects = before.kind == "words" and not waiting
            text = SAY["corrected"].format(text=line.text) if corrects else line.text
            await self._say(talk, new["user"], text, f"{source} {event.get('ts', '')}")
        return True

    async def deleted(self, event: Mapping[str, Any]) -> bool:
        """Take an advocate's line back where the parent has not read it; else say that they have."""
        old = event.get("previous_message") or {}
        thread = old.get("thread_ts")
        if not thread or old.get("bot_id") or not old.get("user"):
            return False
        talk = await asyncio.to_thread(self._handover.in_thread, event["channel"], thread)
        if talk is None or said.read(old.get("text") or "").kind != "words":
            return talk is not None
        taken = await asyncio.to_thread(self._handover.take_back, talk, _source(event["channel"], old["ts"]))
        await self._tell(talk, "taken_back" if taken else "was_read")
        return True

    async def take(self, talk: str, user: str, by: str = "") -> Message:
        """Let an advocate have a chat; return what is said to who pressed."""
        name = (await self._users.person(user)).name or NAMELESS
        if await asyncio.to_thread(self._handover.heads.take, talk, user, name):
            await self._tell(talk, "taken", user=user, by=by)
            await self._show_head(talk)
        return Message(SAY["you_have_it"])

    async def _send_answer(self, talk: str, user: str, question: str, source: str) -> None:
        """Give the parent the reviewed answer to a question that the advocate names."""
        head = await asyncio.to_thread(self._handover.heads.head, talk)
        try:
            asked = read_question(question, head.plan, head.state, library())
        except NotKnown as error:
            await self._tell(talk, "send_unknown", word=str(error))
            return
        replies = await self.answers(asked) if self.answers else []
        found = next((one for one in replies if one.answer), None)
        if found is None or found.answer is None:
            await self._tell(talk, "no_answer")
            return
        answer = sent(found)
        await self._say(talk, user, answer.pop("text"), source, answer)
        await self._tell(talk, "sent", title=found.heading or question, about=_about(found.answer))

    async def _tell(self, talk: str, kind: str, **more: Any) -> None:
        await asyncio.to_thread(functools.partial(self._handover.tell_thread, talk, kind, **more))

    async def hand_back(self, talk: str = "", zone: str = "") -> Message:
        """End one hand-over: this talk's, or the only one; return what is said to the advocate."""
        if not talk:
            threads = await asyncio.to_thread(self._handover.open_threads)
            if not threads:
                return Message(SAY["none_open"])
            if len(threads) > 1:
                named = [await self._named(one, zone) for one in threads]
                buttons = [
                    button(title, f"hand_back:{place}", one.talk)
                    for place, (one, title) in enumerate(zip(threads, named, strict=True))
                ]
                return Message(SAY["which"], [section(SAY["which"]), *actions(buttons)])
            talk = threads[0].talk
        ended = await asyncio.to_thread(self._handover.hand_back, talk)
        return Message(SAY["handed_back"] if ended else SAY["none_open"])

    async def _named(self, thread: Thread, zone: str) -> str:
        """Return what tells an open chat from the others: since when in the reader's zone, the plan, who has it, a number."""
        head = await asyncio.to_thread(self._handover.heads.head, thread.talk)
        there = thread.asked_at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone or "UTC"))
        since = f"{there:%b} {there.day}, {there:%I:%M %p} {there.tzname()}".replace(" 0", " ")
        parts = (since, PHRASES.plan_names.get(head.plan, ""), head.who or SAY["nobody_yet"], thread.talk[:4])
        return " · ".join(part for part in parts if part)

    async def open_chats(self) -> list[str]:
        """Return a line for each open chat, with a link to its thread, for the home tab."""
        lines = []
        for one in await asyncio.to_thread(self._handover.open_threads):
            head = await asyncio.to_thread(self._handover.heads.head, one.talk)
            link = f"{self.workspace}archives/{one.channel}/p{one.ts.replace('.', '')}"
            about = " · ".join(
                part
                for part in (PHRASES.plan_names.get(head.plan, ""), escaped(head.who) or SAY["nobody_yet"])
                if part
            )
            lines.append(SAY["open_chat"].format(since=slack_time(one.asked_at), about=about, link=link))
        return lines

    async def away(self, user: str, until: datetime) -> Message:
        """Note that an advocate is away from the desk; return what is said to them."""
        advocate = next((one for one in consultation().advocates if one.slack == user), None)
        if advocate is None:
            return Message(SAY["who_are_you"].format(user=user))
        if until <= now():
            await asyncio.to_thread(self._handover.heads.come_back, advocate.id)
            return Message(SAY["back_at_desk"])
        await asyncio.to_thread(self._handover.heads.leave, advocate.id, until)
        return Message(SAY["away_until"].format(until=slack_time(until)))

    # -- from the parent to Slack --------------------------------------------------------------

    async def run(self, stop: asyncio.Event) -> None:
        """Carry lines to Slack and look at the clock, until stopped."""
        while not stop.is_set():
            try:
                await asyncio.to_thread(self._handover.tick, now())
                await self.emails.queue_due()
                while not stop.is_set() and await self.carry_one():
                    pass
            except Exception:  # the job outlives a database that is away
                log.exception("the hand-over could not be worked on; trying again")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)

    async def carry_one(self) -> bool:
        """Post the next line, if there is one; it stays in the queue until Slack has it."""
        line = await asyncio.to_thread(self._handover.claim, self._worker, now())
        if line is None:
            return False
        try:
            await patiently(lambda: self._post(line), POST_SECONDS)
        except SlackAway as error:
            log.warning("a line of a hand-over waits: %s", error)
            return False
        except SlackRefused as error:
            log.error("Slack refused a line of a hand-over: %s", error)
            if line.body["kind"] == "asked":
                await asyncio.to_thread(self._handover.unreachable, line.talk)
        await asyncio.to_thread(self._handover.arrived, [line])
        return True

    async def _post(self, line: Line) -> None:
        body = line.body
        if body["kind"] == "asked":
            await self._open(line)
            return
        if body["kind"] == "erased":
            await InChannel(self._client, body["channel"], body["thread"]).post(Message(SAY["erased"]))
            return
        thread = await asyncio.to_thread(self._handover.thread_of, line.talk)
        if thread is None:  # the thread was refused or erased
            return
        place = InChannel(self._client, thread.channel, thread.ts)
        if body["kind"] == "alarm":
            await self._alarm(line.talk, thread, int(body["step"]))
            return
        if body["kind"] != "parent":
            await place.post(Message(_thread_words(body)))
            if body["kind"] in ("ended", "left", "missed"):
                await self._show_head(line.talk)
            return
        if body["danger"]:
            await place.post(Message(SAY["crisis"]))
        for part in pieces(SAY["parent"].format(text=escaped(body["text"]))):
            await place.post(Message(part, [section(part)]))

    async def _open(self, line: Line) -> None:
        """Open the talk's thread; asked for again, the thread that is there goes on."""
        talk = line.talk
        before = await asyncio.to_thread(self._handover.thread_of, talk)
        body = line.body
        await asyncio.to_thread(
            self._handover.heads.begin,
            talk,
            body["summary"],
            body.get("plan", ""),
            body.get("state", ""),
            now(),
        )
        head = await asyncio.to_thread(self._handover.heads.head, talk)
        message = head_message(talk, WAITING, head, now())
        ts = await InChannel(self._client, self._channel, before.ts if before else None).post(message)
        if before is None:
            await asyncio.to_thread(self._handover.thread_opened, talk, self._channel, ts)
        else:
            await self._show_head(talk)

    async def _show_head(self, talk: str) -> None:
        """Let the thread's head say how it stands; a head that Slack does not take changes nothing else."""
        thread = await asyncio.to_thread(self._handover.thread_of, talk)
        if thread is None:
            return
        state = await asyncio.to_thread(self._handover.state, talk)
        head = await asyncio.to_thread(self._handover.heads.head, talk)
        message = head_message(talk, state, head, thread.asked_at)
        try:
            await self._client.chat_update(
                channel=thread.channel, ts=thread.ts, text=message.text, blocks=message.blocks
            )
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("the head of a thread could not be changed: %s", type(error).__name__)

    async def _alarm(self, talk: str, thread: Thread, step: int) -> None:
        """Tell all in the channel of a parent who waits; the next time each advocate at their desk."""
        if await asyncio.to_thread(self._handover.state, talk) != WAITING:
            return
        if step == 1:
            text = SAY["alarm"]
            await self._client.chat_postMessage(
                channel=thread.channel, thread_ts=thread.ts, text=text, reply_broadcast=True
            )
            return
        away = await asyncio.to_thread(self._handover.heads.away, now())
        link = f"{self.workspace}archives/{thread.channel}/p{thread.ts.replace('.', '')}"
        for one in who_is_at_desk(consultation(), now(), away):
            if one.slack:
                await InChannel(self._client, one.slack).post(Message(SAY["alarm_direct"].format(link=link)))


def _source(channel: str, ts: str) -> str:
    return f"{channel} {ts}"


def _about(answer: Answered) -> str:
    """Return for which plan and state an answer was: "IEP, Texas"."""
    parts = (PHRASES.plan_names.get(answer.plan, ""), answer.state or "")
    return ", ".join(part for part in parts if part) or SAY["sent_general"]


def _thread_words(body: Mapping[str, Any]) -> str:
    """Return what the advocates read of a line that is not the parent's."""
    kind = body["kind"]
    if kind == "file_lost":
        return SAY["file_lost"].format(files=escaped(body["files"]))
    if kind == "closed":
        return SAY["closed_with"].format(user=body["user"], note=escaped(body["note"]) or SAY["no_note"])
    if kind == "taken":
        return SAY["taken"].format(user=body["user"])
    if kind == "sent":
        return SAY["sent"].format(title=escaped(body["title"]), about=escaped(body["about"]))
    if kind == "send_unknown":
        return SAY["send_unknown"].format(word=escaped(body["word"]))
    own = (
        "left",
        "taken_back",
        "was_read",
        "colleague",
        "no_person",
        "no_question",
        "no_answer",
        "email_there",
        "mailed",
    )
    return SAY["missed_here" if kind == "missed" else kind if kind in own else "ended"]
