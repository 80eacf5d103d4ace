"""Slack's side of a hand-over: opens the thread, carries the parent's lines into it and the advocates' out of it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from assistant.booking.calls.call import Call
from assistant.booking.consultation import Consultation
from assistant.booking.zones import spoken
from assistant.channels.slack.blocks import Message, actions, button, pieces, section
from assistant.channels.slack.post import InChannel, SlackAway, SlackRefused, patiently
from assistant.channels.slack.text import escaped, mrkdwn, shown_text
from assistant.channels.slack.users import Users
from assistant.clock import now
from assistant.handover.store import HandOver, Line
from assistant.privacy.mask import masked
from assistant.talk.phrases import PHRASES

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
POST_SECONDS = 20.0
"""A line that Slack did not take in this time goes back into the queue, and another process may try."""
NAMELESS = "An advocate"
HAND_BACK_WORDS = frozenset({"hand back", "handback", "plan hand back"})

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

    async def announce(self, what: str, call: Call, consultation: Consultation) -> None:
        """Tell the channel of a call. Raises as Slack's client does: the outbox then tries again."""
        advocate = consultation.advocate(call.advocate)
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
        """Take a message of a thread to its parent; False where the thread is no parent's."""
        talk = await asyncio.to_thread(self._handover.in_thread, event["channel"], event["thread_ts"])
        if talk is None:
            return False
        text = shown_text(event.get("text") or "")
        if text.lower() in HAND_BACK_WORDS:
            await asyncio.to_thread(self._handover.hand_back, talk)
        elif text:
            name = (await self._users.person(event["user"])).name or NAMELESS
            await asyncio.to_thread(
                self._handover.said_by_person, talk, name, text, f"{event['channel']} {event['ts']}", now()
            )
        return True

    async def hand_back(self, talk: str = "") -> Message:
        """End one hand-over: this talk's, or the only one; return what is said to the advocate."""
        if not talk:
            threads = await asyncio.to_thread(self._handover.open_threads)
            if not threads:
                return Message(SAY["none_open"])
            if len(threads) > 1:
                buttons = [
                    button(f"{one.asked_at:%b} {one.asked_at.day}, {one.asked_at:%H:%M} UTC", f"hand_back:{place}", one.talk)
                    for place, one in enumerate(threads)
                ]  # fmt: skip
                return Message(SAY["which"], [section(SAY["which"]), *actions(buttons)])
            talk = threads[0].talk
        ended = await asyncio.to_thread(self._handover.hand_back, talk)
        return Message(SAY["handed_back"] if ended else SAY["none_open"])

    # -- from the parent to Slack --------------------------------------------------------------

    async def run(self, stop: asyncio.Event) -> None:
        """Carry lines to Slack and look at the clock, until stopped."""
        while not stop.is_set():
            try:
                await asyncio.to_thread(self._handover.tick, now())
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
        if body["kind"] != "parent":
            await place.post(Message(SAY["left" if body["kind"] == "left" else "ended"]))
            return
        if body["danger"]:
            await place.post(Message(SAY["crisis"]))
        for part in pieces(SAY["parent"].format(text=escaped(body["text"]))):
            await place.post(Message(part, [section(part)]))

    async def _open(self, line: Line) -> None:
        """Open the talk's thread; asked for again, the thread that is there goes on."""
        before = await asyncio.to_thread(self._handover.thread_of, line.talk)
        shown = [section(part) for part in pieces(mrkdwn("\n".join(line.body["summary"])))]
        blocks = [
            section(SAY["thread"]),
            *shown,
            *actions([button(SAY["hand_back"], "hand_back", line.talk)]),
        ]
        place = InChannel(self._client, self._channel, before.ts if before else None)
        ts = await place.post(Message(SAY["thread"], blocks))
        if before is None:
            await asyncio.to_thread(self._handover.thread_opened, line.talk, self._channel, ts)
