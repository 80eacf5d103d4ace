"""Actions on a server of their own: health says the truth about it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web

from assistant.channels.web.api import WebInput
from assistant.engine.agent import load_assistant
from assistant.serve.models import current_model
from assistant.settings import Settings
from tests.ports import free_port


@pytest.fixture
async def action_server() -> AsyncIterator[str]:
    async def healthy(request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    app = web.Application()
    app.router.add_get("/health", healthy)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}/webhook"
    await runner.cleanup()


async def health(channel: WebInput) -> tuple[int, dict[str, Any]]:
    answer = await channel._health(SimpleNamespace(headers={}))
    return answer.status, json.loads(answer.body)


async def test_health_asks_the_action_server(tmp_path: Path, action_server: str) -> None:
    channel = WebInput(Settings(data=tmp_path, secret=b"s" * 32))
    channel.agent = load_assistant(current_model(), actions_url=action_server)
    assert (await health(channel))[1]["actions"] is True
    channel.agent = load_assistant(current_model(), actions_url=f"http://127.0.0.1:{free_port()}/webhook")
    status, parts = await health(channel)
    assert status == 503
    assert parts["status"] == "unavailable" and parts["actions"] is False and parts["model"] is True
