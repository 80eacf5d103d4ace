"""Plays stories through Slack's stand-in: each message is a direct message, each button a click, each answer what Slack took."""

from __future__ import annotations

import contextlib
import itertools
import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from assistant.channels.slack.channel import SlackInput
from assistant.channels.slack.talk import direct_talk
from assistant.channels.slack.text import mrkdwn
from assistant.replay import inside
from assistant.replay.inside import InsideConversation, InsideTarget
from assistant.replay.story import Case
from assistant.talk.reply import Reply
from assistant.turn.talking import Talk
from tests.fake_slack import TEAM, FakeSlack, Posted
from tests.slack_serving import serving, settings_for
from tests.waiting import eventually_here


class Heard:
    """The assistant behind the channel; keeps what it said, to compare it with what Slack got."""

    def __init__(self, agent: Any) -> None:
        self._agent = agent
        self.replies: list[Reply] = []

    async def __call__(self, message: Any) -> None:
        await self._agent.handle_message(message)
        self.replies += message.output_channel.replies


class Member:
    """Somebody who writes direct messages."""

    def __init__(self, slack: FakeSlack, channel: SlackInput, heard: Heard, user: str, zone: str) -> None:
        self._slack, self._channel, self._heard, self.user = slack, channel, heard, user
        slack.people[user] = {"id": user, "tz": zone, "profile": {"first_name": "Dana"}}

    async def say(self, text: str) -> list[Reply]:
        """Return the replies to a message or payload, after Slack has shown all of them."""
        before, self._heard.replies = len(self._slack.posted), []
        await self._slack.send(self._button(text) or self._slack.direct(as_slack_sends(text), user=self.user))
        await self._settled(before)
        shown = self._slack.posted[before:]
        for one in list(shown):
            if any(button["action_id"] == "more" for button in one.buttons):
                count = len(self._slack.posted)
                await self._slack.send(self._slack.press(one, "More", user=self.user))
                await self._settled(count)
        words = "\n".join(one.text for one in self._slack.posted[before:])
        for reply in self._heard.replies:
            lines = [line for line in mrkdwn(reply.text).splitlines() if line.strip()]
            if reply.letter:  # a letter is code to copy, and code has no bullets
                lines = [line.replace("• ", "- ", 1) if line not in words else line for line in lines]
            missing = [line for line in lines if line not in words]
            assert not missing, f"not shown in Slack: {missing}"
            titles = [button["text"]["text"] for one in shown for button in one.buttons]
            assert all(button.title[:60] in " ".join(titles) for button in reply.buttons)
        return self._heard.replies

    def _button(self, payload: str) -> dict[str, Any] | None:
        """Return the click on the newest button with this payload, if there is one."""
        for posted in reversed(self._slack.seen(f"D{self.user[1:]}")):
            for button in posted.buttons:
                if not button["action_id"].startswith("choose"):
                    continue
                offered = self._channel._signer.chosen("slack", button["value"]).payload.partition(" ")[2]
                if offered == payload:
                    return self._slack.press(posted, button["text"]["text"], user=self.user)
        return None

    async def _settled(self, before: int, seconds: float = 60) -> None:
        await eventually_here(
            lambda: len(self._slack.posted) != before and not self._channel._running,
            seconds=seconds,
            every=0.01,
            why=lambda: "no answer in Slack",
        )


def as_slack_sends(text: str) -> str:
    """Return a typed text as Slack's events carry it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", lambda found: f"<mailto:{found[0]}|{found[0]}>", escaped)


class SlackTarget(InsideTarget):
    """The assistant of this checkout, behind Slack. Slots, actions and mails show as they do inside."""

    @contextlib.asynccontextmanager
    async def conversation(self, case: Case) -> AsyncIterator[InsideConversation]:
        heard = Heard(self.agent)
        with tempfile.TemporaryDirectory() as folder:
            async with (
                FakeSlack() as slack,
                serving(settings_for(slack, Path(folder)), heard) as (channel, url),
            ):
                slack.app_url = url
                user = f"U{next(_numbers)}"

                class OverSlack(InsideConversation):
                    def __init__(self, agent: Any, *rest: Any) -> None:
                        super().__init__(agent, *rest)
                        self.id = direct_talk(TEAM, user)
                        self._talk = Talk(agent, self.id, case.zone)  # greets: nobody does in Slack

                    async def open(self) -> None:
                        await super().open()
                        self._talk = Member(slack, channel, heard, user, case.zone)

                real = inside.InsideConversation
                inside.InsideConversation = OverSlack
                try:
                    async with super().conversation(case) as talk:
                        yield talk
                finally:
                    inside.InsideConversation = real
                assert slack.refused == []


_numbers = itertools.count(1)
__all__ = ["Heard", "Member", "Posted", "SlackTarget"]
