"""Serves a Slack channel beside a FakeSlack, in one loop; what answers is scripted or the real model."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from unittest import mock

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.touchup import TouchUp

from assistant.channels.slack.channel import SlackInput
from assistant.channels.web.api import WebInput
from assistant.settings import Settings
from tests.fake_slack import FakeSlack
from tests.ports import free_port

Hear = Callable[[Any], Awaitable[None]]
ADVOCATES = "C9"


class Scripted:
    """Stands for the model: says what a test wants said, and remembers what it heard."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.say: Callable[[str], list[dict[str, Any]]] = lambda text: [reply(f"You said {text}.")]
        self.seconds = 0.0

    async def __call__(self, message: Any) -> None:
        self.heard.append((message.sender_id, message.text))
        await asyncio.sleep(self.seconds)
        for one in self.say(message.text):
            await message.output_channel.send_response(message.sender_id, {"reply": one})

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.heard]


def reply(text: str, **more: Any) -> dict[str, Any]:
    return {
        "text": text,
        "outcome": "answered",
        "buttons": [],
        "sources": [],
        "answer": None,
        "more": "",
    } | more


def answer(text: str, more: str = "", **rest: Any) -> dict[str, Any]:
    about = {"intent": "ask_cost", "plan": "iep", "reviewed": "2026-11-24"}
    return reply(f"{text}\n\n{more}".strip(), more=more, answer=about, **rest)


def settings_for(slack: FakeSlack, data: Path) -> Settings:
    """Return settings that lead to the stand-in."""
    return Settings(
        data=data,
        secret=b"s" * 32,
        public_url="https://plan.example.org",
        slack_bot_token=slack.bot_token,
        slack_signing_secret=slack.signing_secret,
        slack_channel=ADVOCATES,
        slack_api_url=slack.base_url,
    )


async def _alive(request: Request) -> HTTPResponse:
    return empty()


_real_touch_up = TouchUp.run


def _touch_up(app: Sanic) -> None:
    """Let Sanic rewrite its own methods; it stumbles the second time in a process, when it is done already."""
    with contextlib.suppress(KeyError):
        _real_touch_up(app)


@contextlib.asynccontextmanager
async def serving(settings: Settings, hear: Hear) -> AsyncIterator[tuple[SlackInput, str]]:
    """Serve a Slack channel as `make run` does; give it, and the address for Slack's events."""
    channel = SlackInput(settings)
    app = _app()
    app.blueprint(channel.blueprint(hear), url_prefix="/slack")
    app.add_route(_alive, "/alive")  # Sanic wants a route, and Socket Mode has none
    async with _listening(app) as base:
        yield channel, f"{base}/slack/events"


@contextlib.asynccontextmanager
async def serving_all(settings: Settings, hear: Hear) -> AsyncIterator[str]:
    """Serve the website's channel and Slack's; give the address."""
    app = _app()
    app.blueprint(WebInput(settings).blueprint(hear), url_prefix="/")
    app.blueprint(SlackInput(settings).blueprint(hear), url_prefix="/slack")
    async with _listening(app) as base:
        yield base


@contextlib.asynccontextmanager
async def serving_web(settings: Settings, hear: Hear) -> AsyncIterator[str]:
    """Serve the website's channel alone; give the address."""
    app = _app()
    app.blueprint(WebInput(settings).blueprint(hear), url_prefix="/")
    async with _listening(app) as base:
        yield base


def _app() -> Sanic:
    return Sanic(f"slack_{uuid.uuid4().hex[:8]}", configure_logging=False)


@contextlib.asynccontextmanager
async def _listening(app: Sanic) -> AsyncIterator[str]:
    port = free_port()
    server = await app.create_server(
        host="127.0.0.1", port=port, return_asyncio_server=True, access_log=False
    )
    with mock.patch("sanic.app.TouchUp.run", _touch_up):
        await server.startup()
    await server.before_start()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await server.before_stop()
        await server.close()
