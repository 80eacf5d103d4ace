"""Two advocates in Slack's stand-in, two workers behind nginx, and parents whose chats they take over."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import yaml

from assistant.settings import TOP
from assistant.talk.phrases import PHRASES
from tests.fake_slack import FakeSlack, Posted
from tests.load.cluster import Cluster, running_cluster
from tests.slack_serving import ADVOCATES
from tests.waiting import eventually_here
from tests.website import Parent

SAY = PHRASES.handover
MARIA, LEE = "U4MARIA", "U5LEE"
SECONDS = 20.0
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def write_content(folder: Path) -> Path:
    """Copy content/ with a consultation.yml of two advocates who are at their desks day and night."""
    content = folder / "content"
    shutil.copytree(TOP / "content", content)
    path = content / "consultation.yml"
    about = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    [first] = about["advocates"]
    always = {day: ["00:00-24:00"] for day in WEEK}
    about["advocates"] = [
        {
            **{key: first[key] for key in ("zone", "hours")},
            "id": name,
            "name": name.title(),
            "email": f"{name}@spedsa.example.org",
            "desk": always,
            "slack": user,
        }
        for name, user in (("maria", MARIA), ("lee", LEE))
    ]
    about["days_off"] = []
    path.write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    return content


class Chat:
    """A parent, their thread, and all that reached either side."""

    def __init__(self, desk: Desk, parent: Parent) -> None:
        self.desk, self.parent = desk, parent
        self.heard: list[str] = []
        self.thread = ""

    async def says(self, text: str) -> list[str]:
        said = await self.parent.say(text)
        self.heard += said
        return said

    async def presses(self, title: str) -> list[str]:
        said = await self.parent.press(title)
        self.heard += said
        return said

    async def reads(self, last: str) -> list[str]:
        """Return what reaches the parent until a line with these words comes."""
        came: list[str] = []
        while not came or last not in came[-1]:
            news = await self.parent.news(wait=15)
            assert news, f"{last!r} did not come; what came: {came}; {self.desk.refused()}"
            came += news
        self.heard += came
        return came

    async def asks_for_a_person(self, *words: str, how: str = "can I talk to a person") -> None:
        for text in words:
            await self.says(text)
        before = {one.ts for one in self.desk.heads()}
        await self.says(how)
        assert await self.presses(SAY["yes"]) == [SAY["asked"]]
        if not self.thread:
            heads = await eventually_here(
                lambda: [one for one in self.desk.heads() if one.ts not in before], seconds=SECONDS
            )
            self.thread = heads[-1].ts

    async def advocate(self, user: str, text: str, **more: Any) -> dict[str, Any]:
        return await self.desk.writes(user, text, self.thread, **more)

    def in_thread(self) -> list[str]:
        """Return what the assistant wrote below the head."""
        return [one.text for one in self.desk.slack.seen(ADVOCATES, thread=self.thread)]

    @property
    def head(self) -> Posted:
        return next(one for one in self.desk.heads() if one.ts == self.thread)

    async def until_head(self, text: str) -> None:
        await eventually_here(
            lambda: text in self.head.text, seconds=SECONDS, why=lambda: f"the head: {self.head.text}"
        )

    async def until_in_thread(self, text: str, seconds: float = SECONDS) -> None:
        await eventually_here(
            lambda: any(text in one for one in self.in_thread()),
            seconds=seconds,
            why=lambda: f"{text!r} is not among {self.in_thread()}; {self.desk.refused()}",
        )

    def of_parent(self) -> list[str]:
        """Return the parent's lines as they stand in the thread."""
        begins = SAY["parent"].partition("{")[0]
        return [one.removeprefix(begins) for one in self.in_thread() if one.startswith(begins)]

    async def transcript(self) -> list[dict[str, Any]]:
        said = await self.parent._call("GET", "/v1/messages")
        return list(said["messages"])


class Desk:
    """All of it."""

    def __init__(self, slack: FakeSlack, cluster: Cluster) -> None:
        self.slack, self.cluster = slack, cluster

    async def chat(self) -> Chat:
        return Chat(self, await Parent(self.cluster.url).open())

    def heads(self) -> list[Posted]:
        return [
            one for one in self.slack.seen(ADVOCATES)
            if "thread_ts" not in one.payload and one.payload["text"] == SAY["thread"]
        ]  # fmt: skip

    async def sends(self, body: dict[str, Any]) -> None:
        """Deliver as Slack does: again where nobody took it."""
        for retry in range(4):
            status, _, _ = await self.slack.send(body, retry=retry)
            if status == 200:
                return
            await asyncio.sleep(0.5)
        raise AssertionError(f"no worker took it: {status}")

    async def writes(self, user: str, text: str, thread: str, **more: Any) -> dict[str, Any]:
        event = self.slack.message(text, user=user, channel=ADVOCATES, thread_ts=thread, **more)
        await self.sends(event)
        return event

    async def presses(self, posted: Posted, title: str, user: str) -> None:
        await self.sends(self.slack.press(posted, title, user=user))

    async def types(self, user: str, command: str) -> str:
        """Return what a `/plan` command says, typed in the advocates' channel."""
        before = len(self.slack.posted)
        await self.sends(self.slack.command(command, user=user, channel=ADVOCATES))
        await eventually_here(
            lambda: [one for one in self.slack.posted[before:] if one.user == user], seconds=SECONDS
        )
        return next(one.text for one in self.slack.posted[before:] if one.user == user)

    def refused(self) -> str:
        return f"refused: {self.slack.refused}"


@asynccontextmanager
async def running_desk(folder: Path) -> AsyncIterator[Desk]:
    """Start everything; end everything."""
    async with FakeSlack() as slack:
        for user, name in ((MARIA, "Maria"), (LEE, "Lee")):
            slack.people[user] = {"id": user, "tz": "America/Chicago", "profile": {"first_name": name}}
        starting = running_cluster(
            2,
            WHICHPLAN_CONTENT=str(write_content(folder)),
            WHICHPLAN_SLACK_BOT_TOKEN=slack.bot_token,
            WHICHPLAN_SLACK_SIGNING_SECRET=slack.signing_secret,
            WHICHPLAN_SLACK_CHANNEL=ADVOCATES,
            WHICHPLAN_SLACK_API_URL=slack.base_url,
        )
        cluster = await asyncio.to_thread(starting.__enter__)  # the workers ask Slack while they start
        try:
            slack.app_url = f"{cluster.url}/slack/events"
            yield Desk(slack, cluster)
        finally:
            await asyncio.to_thread(starting.__exit__, None, None, None)
