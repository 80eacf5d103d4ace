"""What each button in Slack does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from assistant import metrics
from assistant.channels.slack import letter_file
from assistant.channels.slack.answering import Answering
from assistant.channels.slack.blocks import Extras, Message, context, messages
from assistant.channels.slack.booking import BookingModal
from assistant.channels.slack.events import event_key
from assistant.channels.slack.post import (
    InChannel,
    Place,
    by_response,
    deliver,
)
from assistant.channels.slack.replies import KeptReplies
from assistant.channels.slack.talk import (
    belongs_to,
    direct_talk,
    is_direct,
    private_talk,
    short,
)
from assistant.channels.slack.users import Users
from assistant.clock import now
from assistant.handover.slack import Advocates
from assistant.store.tokens import BadToken, Signer
from assistant.talk.phrases import PHRASES

SAY = PHRASES.slack
TO_MODAL = "/book_consultation"
Body = Mapping[str, Any]


class Buttons:
    """Takes presses; a button counts only for whom it was offered to."""

    def __init__(
        self,
        answering: Answering,
        client: AsyncWebClient,
        users: Users,
        signer: Signer,
        replies: KeptReplies,
        modal: BookingModal,
        advocates: Advocates | None,
    ) -> None:
        self._answering = answering
        self._client = client
        self._users = users
        self._signer = signer
        self._replies = replies
        self._modal = modal
        self._advocates = advocates

    async def choose(self, body: Body) -> None:
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
        await self._answering.answer(talk, where, payload, zone, event_key(body), lead=action["text"]["text"])

    async def topic(self, body: Body) -> None:
        """Answer a question of the home tab in direct messages."""
        user, action = body["user"]["id"], body["actions"][0]
        payload = f"/{action['action_id'].partition(':')[2]}"
        talk = direct_talk((body.get("team") or {}).get("id", ""), user)
        zone = (await self._users.person(user)).zone
        await self._answering.answer(
            talk, InChannel(self._client, user), payload, zone, event_key(body), lead=action["text"]["text"]
        )

    async def unfold(self, body: Body) -> None:
        """Show the whole answer in the place of the folded one."""
        kept = await asyncio.to_thread(self._replies.read, body["actions"][0]["value"])
        place = by_response(body)
        if kept is None:
            await deliver(place, [Message(SAY["no_longer"])])
            return
        shared = ":plan:" in kept.talk and not (body.get("container") or {}).get("is_ephemeral")
        if shared or not belongs_to(kept.talk, body["user"]["id"]):  # the answer alone, for who presses alone
            bare = messages(
                replace(kept.reply, buttons=()), self._answering.value(kept.talk), Extras(), fold=False
            )
            await deliver(place, bare)
            return
        place.replace = True
        await deliver(place, await self._answering.rendered(kept.talk, kept.reply, key=kept.key, fold=False))

    async def share(self, body: Body) -> None:
        """Post a private answer in the channel: the answer alone, neither the question nor what leads on."""
        key = body["actions"][0]["value"]
        kept = await asyncio.to_thread(self._replies.read, key)
        place = by_response(body)
        if kept is None or not belongs_to(kept.talk, body["user"]["id"]):
            await deliver(place, [Message(SAY["no_longer"])])
            return
        place.public = True
        text = kept.reply.text
        for asked in (PHRASES.which_plan_and_state, PHRASES.which_plan, PHRASES.offer_call):
            text = text.replace(asked, "")
        text = text.rstrip()
        shared = messages(
            replace(kept.reply, text=text, buttons=()), self._answering.value(kept.talk), Extras(key)
        )
        said = context([SAY["shared"].format(user=body["user"]["id"])])
        shared[0].blocks[:0] = said
        await deliver(place, shared)

    async def letter_file(self, body: Body) -> None:
        """Send a letter as a file to the direct messages of whom it was written for."""
        kept = await asyncio.to_thread(self._replies.read, body["actions"][0]["value"])
        user, place = body["user"]["id"], by_response(body)
        if kept is None or not kept.reply.letter or not belongs_to(kept.talk, user):
            await deliver(place, [Message(SAY["no_longer"])])
        elif not await letter_file.send(self._client, user, kept.reply.letter):
            await deliver(place, [Message(SAY["letter_file_lost"])])

    async def vote(self, body: Body) -> None:
        """Keep a thumb, once a person and answer."""
        action = body["actions"][0]
        kept = await asyncio.to_thread(self._replies.read, action["value"])
        answer = kept.reply.answer if kept else None
        if kept and answer:
            helpful, about = action["action_id"] == "thumb:up", (answer.intent, answer.plan)
            if await asyncio.to_thread(
                self._answering.talks.verdicts.keep, short(kept.talk), f"{action['value']}{body['user']['id']}", *about, helpful, "", now(),
            ):  # fmt: skip
                metrics.FEEDBACK.labels(*about, str(helpful).lower()).inc()
                if not helpful:
                    await self._answering.talks.noting.thumb_down(
                        kept.talk, action["value"], asdict(answer), ""
                    )
        await deliver(by_response(body), [Message(SAY["thanks" if answer else "no_longer"])])

    async def hand_back(self, body: Body) -> None:
        """End a parent's chat."""
        if self._advocates:
            await deliver(by_response(body), [await self._advocates.hand_back(body["actions"][0]["value"])])

    async def take(self, body: Body) -> None:
        """Note who has a parent's chat."""
        if self._advocates:
            talk, user = body["actions"][0]["value"], body["user"]["id"]
            await deliver(by_response(body), [await self._advocates.take(talk, user)])

    async def nothing(self, body: Body) -> None:
        """A button that opens an address tells of it as well."""


def _same_place(client: AsyncWebClient, body: Body) -> InChannel:
    """Return where a button's message stands: its thread, or the direct messages."""
    channel, message = body["channel"]["id"], body.get("message") or {}
    thread = message.get("thread_ts") or (None if channel.startswith("D") else message.get("ts"))
    return InChannel(client, channel, thread)
