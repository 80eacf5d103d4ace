"""Servers of the tests' own: a mail server, a CalDAV server, and ones that refuse or never answer."""

from __future__ import annotations

import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import httpx
from aiosmtpd.controller import Controller

from tests.ports import free_port
from tests.waiting import eventually


class MailServer:
    """A real mail server (aiosmtpd) that can be down, slow or refusing."""

    def __init__(self) -> None:
        self.port = free_port()
        self.refuses = ""
        self.waits = 0.0
        self.taken: list[EmailMessage] = []
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return self.refuses
        time.sleep(self.waits)  # in a thread of its own
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=30)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
        self._controller = None


class CalendarServer:
    """A real CalDAV server (Radicale) with one calendar."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://ann:secret@127.0.0.1:{self.port}/ann/calls/"

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "radicale", f"--storage-filesystem-folder={self.folder}"),
                *(f"--server-hosts=127.0.0.1:{self.port}", "--auth-type=none", "--rights-type=authenticated"),
                "--logging-level=critical",
            ],
            env={**os.environ, "RADICALE_CONFIG": ""},
            stderr=subprocess.DEVNULL,
        )
        eventually(self._answers, seconds=30)
        answer = httpx.request("MKCALENDAR", self.url, timeout=20)
        assert answer.status_code in (201, 405, 409), answer.text  # made, or there already

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/", timeout=2).status_code > 0
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._process = None

    def put(self, name: str, event: str) -> None:
        text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:{name}\r\nDTSTAMP:20261101T000000Z\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        answer = httpx.put(
            f"{self.url}{name}.ics", content=text, headers={"Content-Type": "text/calendar"}, timeout=20
        )
        assert answer.status_code in (201, 204), answer.text

    def events(self) -> list[str]:
        """Return each event as the server keeps it."""
        events = (path for path in self.folder.rglob("*.ics") if ".Radicale.cache" not in path.parts)
        return [path.read_text() for path in events]


@contextmanager
def refusing_web_server(status: int = 503) -> Iterator[str]:
    """Answers everything with an error."""

    class Refuses(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_PUT = do_DELETE = do_REPORT = do_PROPFIND = answer

        def log_message(self, *args: Any) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refuses)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def feed_server(body: bytes, status: int = 200, length: int | None = None, drips: float = 0) -> Iterator[str]:
    """Serves a calendar feed; it may promise another length than it has, or drip byte by byte."""

    class Serves(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            for piece in [body[n : n + 1] for n in range(len(body))] if drips else [body]:
                try:
                    self.wfile.write(piece)
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(drips)

        def log_message(self, *args: Any) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Serves)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def object_server(objects: dict[str, str]) -> Iterator[str]:
    """Serves a CalDAV calendar that holds these texts as they are; a real server refuses to keep a spoiled one."""
    answers = "".join(
        f"<D:response><D:href>/calls/{name}</D:href><D:propstat><D:prop><C:calendar-data>{escape(text)}</C:calendar-data></D:prop>"
        "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        for name, text in objects.items()
    )
    body = f'<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">{answers}</D:multistatus>'.encode()

    class Serves(http.server.BaseHTTPRequestHandler):
        def do_REPORT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.send_response(207)
            self.send_header("Content-Type", "application/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Serves)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/calls/"
    server.shutdown()
    server.server_close()


@contextmanager
def silent_server() -> Iterator[str]:
    """Takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
