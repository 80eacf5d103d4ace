"""The live target against a server that refuses."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from assistant.replay.live import LiveTarget
from assistant.replay.player import play
from assistant.replay.story import Assertion, Case, Step
from assistant.replay.target import CannotPlay

PAUSE = 1.0
HELLO = {"text": "Hello.", "outcome": "asked", "buttons": []}


class Strict(BaseHTTPRequestHandler):
    """Refuses every second request as too fast, and the deletion of a talk that is gone."""

    seen: list[str]

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append(self.command)
        body: dict[str, object] = {"token": "t", "replies": [HELLO]}
        if len(self.seen) % 2:
            self.send_response(429)
            self.send_header("Retry-After", f"{PAUSE:g}")
        else:
            self.send_response(401 if self.command == "DELETE" else 200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Strict.seen = []
    server = HTTPServer(("127.0.0.1", 0), Strict)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_server_that_says_too_fast_is_waited_for_outside_the_milliseconds(address: str) -> None:
    target = LiveTarget(address)
    case = Case("a case", (Step("user", "hi", (Assertion("outcome", "asked"),)),))
    played = asyncio.run(play(case, target))
    assert not played.stopped and not played.turns[1].expected[0][1]
    assert Strict.seen == ["POST"] * 4 + ["DELETE"] * 2
    assert target.waited == pytest.approx(3 * PAUSE)
    assert all(turn.seen.milliseconds < PAUSE * 1000 for turn in played.turns)


def test_an_address_without_a_server_is_said_so() -> None:
    with pytest.raises(CannotPlay, match="write the whole address"):
        LiveTarget("localhost:8080")
    played = asyncio.run(play(Case("a case", ()), LiveTarget("http://127.0.0.1:9")))
    assert "can't be reached" in played.stopped
