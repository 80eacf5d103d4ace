"""What is written in Slack: in direct messages, in threads, after a slash; and who may read the answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from assistant.booking.desk.shared import consultation, shared_desk
from assistant.channels.slack.answering import Answering
from assistant.channels.slack.blocks import Message
from assistant.channels.slack.events import event_key
from assistant.channels.slack.home import home_view
from assistant.channels.slack.post import (
    ByResponse,
    InChannel,
    deliver,
    patiently,
)
from assistant.channels.slack.talk import (
    direct_talk,
    private_talk,
    thread_talk,
)
from assistant.channels.slack.text import escaped, mentions, plain_text
from assistant.channels.slack.users import Users
from assistant.clock import now
from assistant.handover import said
from assistant.handover.away import NoDay, away_until
from assistant.handover.sending import Question
from assistant.handover.slack import Advocates
from assistant.knowledge.library import library
from assistant.settings import Settings
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply

SAY = PHRASES.slack
_HAND_BACK = re.compile(r"hand[ -]*back[.!]?", re.IGNORECASE)
Body = Mapping[str, Any]


class Hearing:
    """Decides of each event what is answered where."""

    def __init__(
        self,
        answering: Answering,
        client: AsyncWebClient,
        users: Users,
        settings: Settings,
        advocates: Advocates | None,
    ) -> None:
        self._answering = answering
        self._client = client
        self._users = users
        self._settings = settings
        self._advocates = advocates

    async def mention(self, body: Body) -> None:
        """Answer a message that names the assistant."""
        await self._heard(body, body["event"], mentioned=True)

    async def message(self, body: Body) -> None:
        """Take a message, a change or a deletion, wherever it stands."""
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
            await self._answer_beside_files(body, talk, place, text, zone)
        elif thread and mentioned and await self._is_for_parent(event):
            return
        elif mentioned:
            thread = thread or event["ts"]
            talk, place = thread_talk(team, channel, thread), InChannel(self._client, channel, thread)
            await self._answer_beside_files(body, talk, place, text, zone)
        elif thread and self._advocates and channel == self._settings.slack_channel:
            await self._advocates.heard(event)

    async def _answer_beside_files(
        self, body: Body, talk: str, place: InChannel, text: str, zone: str
    ) -> None:
        """Say first that files were not read: an answer beside one would seem to be about it."""
        if names := said.files_of(body["event"]):
            await deliver(place, [Message(SAY["no_files"].format(files=escaped(", ".join(names))))])
            if not text:
                return
        await self._answering.answer(talk, place, text, zone, event_key(body))

    async def _is_for_parent(self, event: Body) -> bool:
        """Whether a mention is a command in a parent's thread: "@Which Plan send how long may it take"; it is done then."""
        if self._advocates is None or event["channel"] != self._settings.slack_channel:
            return False
        if said.read(event.get("text") or "").kind not in (
            "send",
            "no_question",
            "transfer",
            "no_person",
        ):
            return False
        return await self._advocates.heard(event)

    async def send_to_parent(self, question: Question) -> list[Reply]:
        """Answer a question in a talk of its own, which is forgotten at once."""
        talk = f"slack:send:{secrets.token_hex(8)}"
        try:
            if question.about:
                await self._answering.talks.turn(talk, question.about)
            return await self._answering.talks.turn(talk, question.text)
        finally:
            await self._answering.talks.forget(talk)

    async def command(self, body: Body) -> None:
        """Answer "/plan …"; advocates hand a chat back by it, or say how long they are away."""
        place, text = ByResponse(body["response_url"]), plain_text(body.get("text") or "")
        if _HAND_BACK.fullmatch(text):
            await deliver(place, [await self._handed_back(body)])
            return
        if self._advocates and (done := await self._away(self._advocates, body["user_id"], text)):
            await deliver(place, [done])
            return
        talk = private_talk(body.get("team_id", ""), body["channel_id"], body["user_id"])
        zone = (await self._users.person(body["user_id"])).zone
        await self._answering.answer(talk, place, text, zone, event_key(body))

    async def _away(self, advocates: Advocates, user: str, text: str) -> Message | None:
        """Note until when an advocate is away; None where the words say no such thing."""
        try:
            until = away_until(text, now(), await self._users.zone(user))
        except NoDay:
            return Message(PHRASES.handover["no_day"])
        return await advocates.away(user, until) if until else None

    async def _handed_back(self, body: Body) -> Message:
        """End a parent's chat, for who belongs to the advocates: a member of any other channel may not."""
        if self._advocates is None:
            return Message(PHRASES.handover["none_open"])
        user = body["user_id"]
        known = any(one.slack == user for one in consultation().advocates)
        if not known and body["channel_id"] != self._settings.slack_channel:
            return Message(PHRASES.handover["not_yours"])
        return await self._advocates.hand_back(zone=(await self._users.person(user)).zone)

    async def home(self, body: Body) -> None:
        """Show the home tab: topics; to an advocate calls to come and chats that wait."""
        event = body["event"]
        if event.get("tab") not in (None, "home"):
            return
        calls = [c for c in await (await shared_desk()).all_calls() if c.state == "booked" and c.end > now()]
        chats = await self._advocates.open_chats() if self._advocates else None
        coming = sorted(calls, key=lambda call: call.start)
        view = home_view(library(), consultation(), event["user"], coming, chats)
        await patiently(lambda: self._client.views_publish(user_id=event["user"], view=view))
