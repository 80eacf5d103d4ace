"""Requests that Sanic 21.12 falls over, and clients that never finish, at a small application of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

from assistant.channels import request_log
from assistant.channels.http import protect
from assistant.serve import strict_http
from assistant.settings import Settings
from tests.http.malformed import HOST, POST, Answer, send
from tests.ports import free_port
from tests.slack_serving import _touch_up

KEPT = b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n"


class Site:
    """A small application behind the strict protocol, in a thread of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.asked: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()
        assert self._up.wait(30)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = Sanic(f"strict_{self.port}", configure_logging=False)
        app.config.REQUEST_MAX_SIZE = strict_http.MOST_BODY
        request_log.watch(app)

        async def no_limit(request: Request) -> None:
            pass

        protect(app, Settings(data=Path()), no_limit)

        async def hello(request: Request, rest: str = "") -> HTTPResponse:
            self.asked.append(request.method)
            return text(f"{len(request.body)} {request.headers.get('user-agent', '')}")

        async def wait(request: Request) -> HTTPResponse:
            await asyncio.sleep(1)
            return text("waited")

        app.add_route(wait, "/wait", methods=["GET"])
        app.add_route(hello, "/", methods=["GET", "POST"])
        app.add_route(hello, "/v1/conversations", methods=["POST"])

        async def start() -> None:
            server: Any = await app.create_server(
                "127.0.0.1",
                self.port,
                return_asyncio_server=True,
                access_log=False,
                protocol=strict_http.StrictProtocol,
            )
            with mock.patch("sanic.app.TouchUp.run", _touch_up):
                await server.startup()
            self._up.set()

        self._loop.create_task(start())
        self._loop.run_forever()

    def send(self, written: bytes, patience: float = 5) -> Answer:
        return send(self.port, written, patience)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.stop()


@contextlib.contextmanager
def open_line(site: Site, written: bytes = b"") -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", site.port), timeout=5) as line:
        line.sendall(written)
        yield line


def ended(line: socket.socket) -> bytes:
    """Return what comes until the server closes the line."""
    got = b""
    while piece := line.recv(65_536):
        got += piece
    return got


def test_what_cannot_be_read_is_told_in_the_contracts_form(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    answer = site.send(b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n")
    assert answer.status == 400
    assert b'{"error":{"code":"bad_request","message":"' in answer.body
    assert not caplog.records  # a stranger's nonsense fills no log


@pytest.mark.parametrize(
    "length", [b"-1", b"+2", b"abc", b"0x2", b"1_0", b"", b" ", b"2, 2", b"2.0", b"9" * 30]
)
def test_only_a_number_is_a_length_and_nothing_spins(site: Site, length: bytes) -> None:
    answer = site.send(POST + b"Content-Length: " + length + b"\r\n\r\n{}")
    assert answer.status == (413 if length.startswith(b"9") else 400)
    assert site.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n").seconds < 2


def test_a_body_that_is_too_large_is_refused_before_it_is_read(site: Site) -> None:
    with open_line(site, POST + b"Content-Length: 98305\r\n\r\n") as line:  # not one byte of it
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")
    assert site.send(POST + b"Content-Length: 98304\r\n\r\n" + b"a" * 98_304).body == b"98304 "


def test_a_request_hidden_in_a_body_is_not_a_request(site: Site) -> None:
    before = len(site.asked)
    hidden = b"DELETE / HTTP/1.1\r\nHost: x\r\n\r\n"
    with open_line(
        site, POST + b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden
    ) as line:
        got = ended(line)
    assert got.count(b"HTTP/1.1 ") == 1 and got.startswith(b"HTTP/1.1 400 ")
    assert len(site.asked) == before


def test_requests_behind_one_another_are_each_answered(site: Site) -> None:
    with open_line(site) as line:
        kept = b"Connection: keep-alive\r\n"
        line.sendall(
            POST + kept + b"Content-Length: 2\r\n\r\n{}\r\n" + POST + kept + b"Content-Length: 3\r\n\r\n{} "
        )
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        got = ended(line)
    assert [part[:3] for part in got.split(b"HTTP/1.1 ")[1:]] == [b"200"] * 3
    assert b"\r\n\r\n2 " in got and b"\r\n\r\n3 " in got


def test_a_monitor_that_asks_for_the_head_gets_the_head(site: Site) -> None:
    with open_line(site, b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as line:
        got = ended(line)
    assert (
        got.startswith(b"HTTP/1.1 200 ") and got.endswith(b"\r\n\r\n") and b"content-length: 2" in got.lower()
    )


def test_a_browsers_odd_name_turns_nobody_away(site: Site) -> None:
    assert site.send(b"GET / HTTP/1.1\r\n" + HOST + b"User-Agent: Z\xfcri\r\n\r\n").body == b"0 Z?ri"


def test_a_head_that_never_ends_is_ended(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_http, "HEAD_SECONDS", 0.5)
    began = time.monotonic()
    with open_line(site, b"GET / HTTP/1.1\r\n") as line:
        with contextlib.suppress(OSError):
            for _ in range(30):  # a byte now and then was never late
                line.sendall(b"X")
                time.sleep(0.05)
        assert ended(line).startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 4


def test_a_body_that_never_comes_is_not_waited_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_http, "BODY_SECONDS", 0.3)
    with open_line(site, POST + b"Content-Length: 90\r\n\r\n{") as line:
        assert ended(line).startswith(b"HTTP/1.1 408 ")
    with open_line(site, b"POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{") as line:
        assert ended(line).startswith(b"HTTP/1.1 404 ")  # answered at once, and the rest is not waited for


def test_a_head_is_refused_as_soon_as_it_cannot_become_one(site: Site) -> None:
    for written in (
        b"\x16\x03\x01",
        b"GET / HTTP/1.1\nHost: x\n\n",
        b"GET /" + b"a" * 9000,
        b"GET / HTTP/1.1\r\nX: " + b"a" * 9000,
    ):
        with open_line(site, written) as line:
            assert line.recv(100)[9:12] in (b"400", b"414", b"431"), written[:20]


def test_newcomers_are_served_however_many_hold_their_lines(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strict_http, "_most_connections", lambda: 20)
    with contextlib.ExitStack() as lines:
        for number in range(60):
            begun = (b"", b"GET / HTTP/1.1\r\n", POST + b"Content-Length: 90000\r\n\r\n{")[number % 3]
            lines.enter_context(open_line(site, begun))
        assert site.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n").status == 200


def test_where_everybody_is_being_served_a_newcomer_is_told(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strict_http, "_most_connections", lambda: 10)
    with contextlib.ExitStack() as lines:
        served = [lines.enter_context(open_line(site, KEPT)) for _ in range(10)]
        time.sleep(0.3)
        with open_line(site, b"GET / HTTP/1.1\r\n" + HOST + b"\r\n") as line:
            got = ended(line)
        assert got.startswith(b"HTTP/1.1 503 ") and b"988" in got
        assert all(line.recv(500).endswith(b"waited") for line in served)


def test_a_client_that_leaves_fills_no_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    for written in (b"GET / HT", POST + b"Content-Length: 90\r\n\r\n{", KEPT):
        with open_line(site, written):
            time.sleep(0.1)
    time.sleep(0.3)
    assert not caplog.records, caplog.text


def test_a_connection_that_breaks_is_told_so(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(self: Any) -> None:
        self.stage = strict_http.Stage.REQUEST
        raise RuntimeError("a fault of Sanic's that nobody knows yet")

    monkeypatch.setattr(strict_http.Http, "http1", broken)
    assert site.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n").status == 503


def test_no_stranger_invents_figures(site: Site) -> None:
    from prometheus_client import generate_latest

    for number in range(50):
        assert site.send(f"M{number}XX / HTTP/1.1\r\nHost: x\r\n\r\n".encode()).status == 405
    figures = generate_latest().decode()
    assert 'method="other"' in figures
    assert "M7XX" not in figures
