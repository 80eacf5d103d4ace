"""A real assistant in a process of its own, and parents who talk with it over HTTP."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

from assistant.settings import TOP, own_url
from tests.ports import free_port
from tests.waiting import eventually

READY_SECONDS = 240
_addresses = itertools.count(1)


def is_well(url: str) -> bool:
    """Say whether a server answers there and says that all is well."""
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{url}/health", timeout=5).status_code == 200
    return False


def contents(path: Path) -> bytes:
    """Return a file's bytes; none where it is gone: the last to close SQLite's file takes the two beside it away."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


class Server:
    """A running assistant.

    Args:
        data: Its folder; the log lies beside it.
        module: What is started: the server itself, or `assistant.serve.run` with its supervisor.
        top: The checkout it runs in.
        host: Where it listens.
        environment: More variables.
    """

    def __init__(
        self,
        data: Path,
        module: str = "assistant.serve.server",
        top: Path = TOP,
        host: str = "127.0.0.1",
        **environment: str,
    ) -> None:
        self.data = data
        self.port = free_port()
        self.url = own_url(host, self.port)
        self.log = data.with_name(f"{data.name}.log")
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("WHICHPLAN_", "DATABASE_"))
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", module],
                cwd=top,
                env=own
                | {
                    "WHICHPLAN_PORT": str(self.port),
                    "WHICHPLAN_HOST": host,
                    "WHICHPLAN_DATA": str(data),
                    "WHICHPLAN_PROXIES": "1",  # each parent of a test comes from an address of its own
                    **environment,
                },
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> float:
        """Wait until the server answers; return how long that took."""
        began = time.monotonic()
        eventually(self._is_ready, seconds=seconds, why=self._end_of_log)
        return time.monotonic() - began

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, f"the server ended:\n{self._end_of_log()}"
        return is_well(self.url)

    def _end_of_log(self) -> str:
        return self.log.read_text()[-3000:]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def figures(self) -> str:
        """Return the figures as Prometheus reads them: of the server itself, past every proxy."""
        return httpx.get(f"{self.url}/metrics").raise_for_status().text

    def raw(self, pattern: str = "*") -> bytes:
        """Return every byte of the files of the data folder that fit a pattern."""
        return b"".join(contents(path) for path in sorted(self.data.rglob(pattern)) if path.is_file())


class Parent:
    """Somebody who talks with the server, from an address of their own."""

    def __init__(self, server: Server, timeout: float = 30, zone: str = "America/Chicago") -> None:
        number = next(_addresses)
        self.http = httpx.Client(
            base_url=server.url,
            timeout=timeout,
            headers={"X-Forwarded-For": f"10.{os.getpid() % 250}.{number // 250}.{number % 250}"},
        )
        opened = self.http.post("/v1/conversations", json={"timezone": zone})
        assert opened.status_code == 201, opened.text
        self.token: str = opened.json()["token"]
        self.talk = self.token.partition(".")[0]
        self.replies: list[dict[str, Any]] = opened.json()["replies"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def send(self, id: str | None = None, **said: Any) -> httpx.Response:
        return self.http.post("/v1/messages", json={"id": id or str(uuid.uuid4()), **said})

    def says(self, text: str) -> list[dict[str, Any]]:
        answered = self.send(text=text)
        assert answered.status_code == 200, answered.text
        self.replies = answered.json()["replies"]
        return self.replies

    def presses(self, title: str) -> list[dict[str, Any]]:
        """Press the button of the last replies whose title begins so; "" is the first one."""
        button = next(b for r in self.replies for b in r["buttons"] if b["title"].startswith(title))
        answered = self.send(choice=button["choice"])
        assert answered.status_code == 200, answered.text
        self.replies = answered.json()["replies"]
        return self.replies

    def deletes_in_words(self) -> None:
        """Have the talk deleted as the assistant leads to it."""
        self.says("delete what i wrote")
        self.presses("Yes, delete it")

    def words(self) -> str:
        return "\n".join(reply["text"] for reply in self.replies)

    def outcomes(self) -> list[str]:
        return [reply["outcome"] for reply in self.replies]


def says(server: Server, text: str) -> Parent:
    """Return a new parent who has written one message."""
    parent = Parent(server)
    parent.says(text)
    return parent
