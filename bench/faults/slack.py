"""Slack away, busy or failing, and our own process killed after it acknowledged: against the stand-in of the tests."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bench.faults.parents import TALKS
from bench.faults.parts import child
from bench.faults.seen import Seen
from tests.fake_slack import FakeSlack
from tests.http.world import Server

BROKEN_SECONDS = 4.0
WAIT_SECONDS = 90.0
RETRIES = (0.0, 60.0, 300.0)
"""Slack sends an event that was not acknowledged again: almost at once, after one minute, after five."""
QUESTION = "what is an iep"


class Workspace(FakeSlack):
    """A workspace whose API can be away, busy or failing."""

    status = 0
    """0: as always; 1: no connection; else what every call is answered with."""

    async def _api(self, request: web.Request) -> web.Response:
        if self.status == 1:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if self.status:
            headers = {"Retry-After": "1"} if self.status == 429 else {}
            return web.json_response({"ok": False}, status=self.status, headers=headers)
        return await super()._api(request)

    def answers(self) -> Counter[str]:
        """Return how many messages each advocate got."""
        return Counter(one.where for one in self.posted)


def slack(folder: Path) -> Iterator[Callable[[], Seen]]:
    """Give the faults of Slack, each to be run."""
    for name, status in (("Slack unreachable", 1), ("Slack answers 429", 429), ("Slack answers 500", 500)):
        yield lambda name=name, status=status: asyncio.run(
            _api(folder / name.replace(" ", "-"), name, status)
        )  # type: ignore[misc]
    yield lambda: asyncio.run(_killed(folder / "slack-killed"))


async def _api(folder: Path, name: str, status: int) -> Seen:
    seen = Seen(name)
    async with Workspace() as workspace:
        with await asyncio.to_thread(_server, workspace, folder) as server:
            workspace.app_url = f"{server.url}/slack/events"
            workspace.status = status
            await asyncio.gather(
                *(_deliver(workspace, seen, number, number * 0.06) for number in range(TALKS))
            )
            await asyncio.sleep(max(0.0, BROKEN_SECONDS - TALKS * 0.06))
            workspace.status = 0
            await _until_answered(workspace, seen, range(TALKS), time.monotonic())
    return seen


async def _killed(folder: Path) -> Seen:
    seen = Seen("server killed (kill -9) after it acknowledged to Slack")
    async with Workspace() as workspace:
        with await asyncio.to_thread(_server, workspace, folder) as server:
            workspace.app_url = f"{server.url}/slack/events"
            acknowledged: list[int] = []
            tasks = [
                asyncio.create_task(_deliver(workspace, seen, number, 0, acknowledged))
                for number in range(TALKS)
            ]
            while len(acknowledged) < TALKS // 2:
                await asyncio.sleep(0.005)
            os.kill(child(server.process), signal.SIGKILL)
            before = len(workspace.posted)
            owed = list(acknowledged)
            while True:
                try:
                    async with workspace._session.get(f"{server.url}/health") as answer:
                        if answer.status == 200:
                            break
                except aiohttp.ClientError:
                    await asyncio.sleep(0.1)
            await _until_answered(workspace, seen, owed, time.monotonic())
            await asyncio.gather(*tasks)
            back = seen.back
            await _until_answered(workspace, seen, range(TALKS), time.monotonic())
            seen.back = back
            seen.note = (
                f"{len(owed)} were acknowledged and {before} answered before it died; the others Slack sent again "
                "after a minute"
            )
    return seen


@contextmanager
def _running(workspace: FakeSlack, folder: Path) -> Iterator[Server]:
    server = Server(
        folder,
        module="assistant.serve.run",
        WHICHPLAN_SLACK_BOT_TOKEN=workspace.bot_token,
        WHICHPLAN_SLACK_SIGNING_SECRET=workspace.signing_secret,
        WHICHPLAN_SLACK_API_URL=workspace.base_url,
    )
    try:
        yield server
    finally:
        server.stop()


def _server(workspace: FakeSlack, folder: Path) -> Any:
    """Return a context whose server runs already: a start takes seconds, and the stand-in has to answer meanwhile."""
    context = _running(workspace, folder)
    server = context.__enter__()

    @contextmanager
    def started() -> Iterator[Server]:
        try:
            yield server
        finally:
            context.__exit__(None, None, None)

    return started()


async def _deliver(
    workspace: FakeSlack, seen: Seen, number: int, wait: float, acknowledged: list[int] | None = None
) -> None:
    await asyncio.sleep(wait)
    body = workspace.direct(QUESTION, user=f"U{number}")
    for retry, pause in enumerate((0.0, *RETRIES)):
        await asyncio.sleep(pause)
        began = time.monotonic()
        try:
            status = (await workspace.send(body, retry=retry))[0]
        except aiohttp.ClientError:
            seen.count("closed", time.monotonic() - began)
            continue
        if status == 200:
            seen.count("answered", time.monotonic() - began)
            if acknowledged is not None:
                acknowledged.append(number)
            return
        seen.count("refused", time.monotonic() - began)
    seen.add("silent", "an event was never acknowledged")


async def _until_answered(workspace: Workspace, seen: Seen, advocates: Any, began: float) -> None:
    """Wait until each of these advocates has one answer; count who has none, or two."""
    wanted = {f"D{number}" for number in advocates}
    while time.monotonic() - began < WAIT_SECONDS and wanted - set(workspace.answers()):
        await asyncio.sleep(0.05)
    seen.was_back(time.monotonic() - began)
    await asyncio.sleep(3)
    answers = workspace.answers()
    seen.lost, seen.doubled = len(wanted - set(answers)), sum(count - 1 for count in answers.values())
