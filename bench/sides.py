"""The three assistants that are measured side by side, each started as the processes an operator would start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import aiohttp

from assistant.nlu.encoder import ENCODER_FOLDER
from assistant.serve.models import current_model
from assistant.settings import TOP
from bench import stock
from bench.processes import end
from tests.ports import free_port

START_SECONDS = 300.0
_TIMEOUT = aiohttp.ClientTimeout(total=120)


def folder_mb(folder: Path) -> float:
    """Return the size of all files below `folder`, in MB."""
    return sum(f.lstat().st_size for f in folder.rglob("*") if not f.is_dir()) / 1e6


class Talking:
    """One parent's talk with a side."""

    def __init__(self, side: Side, client: aiohttp.ClientSession) -> None:
        self._side, self._client = side, client
        self._token = ""
        self._sender = uuid.uuid4().hex

    async def open(self) -> None:
        """Begin the talk."""
        if isinstance(self._side, Stock):
            return
        async with self._client.post(f"{self._side.url}/v1/conversations", json={}) as answer:
            found = await answer.json()
            if answer.status != 201:
                raise RuntimeError(f"{self._side.name} answered {answer.status}: {found}")
            self._token = found["token"]

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Return the replies to one message.

        Raises:
            RuntimeError: It was not answered.
        """
        if isinstance(self._side, Stock):
            path, body, headers = "/webhooks/rest/webhook", {"sender": self._sender, "message": text}, {}
        else:
            path, body = "/v1/messages", {"id": uuid.uuid4().hex, "text": text}
            headers = {"Authorization": f"Bearer {self._token}"}
        async with self._client.post(self._side.url + path, json=body, headers=headers) as answer:
            found = await answer.json()
            if answer.status != 200:
                raise RuntimeError(f"{self._side.name} answered {answer.status}: {found}")
        replies: list[dict[str, Any]] = found if isinstance(found, list) else found["replies"]
        if any(reply.get("outcome") == "error" for reply in replies):
            raise RuntimeError(f"{self._side.name} failed: {replies}")
        return replies


def session() -> aiohttp.ClientSession:
    """Return a client that opens as many connections as there are parents."""
    return aiohttp.ClientSession(timeout=_TIMEOUT, connector=aiohttp.TCPConnector(limit=0))


class Side:
    """One assistant as running processes."""

    name = ""

    def __init__(self) -> None:
        self.url = ""
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def pids(self) -> list[int]:
        """Return the processes that were started."""
        return [process.pid for process in self._processes]

    def start(self) -> None:
        """Start the processes."""
        raise NotImplementedError

    def training(self) -> dict[str, float]:
        """Return `seconds` (and more, where known) of the training; empty for a side that learns nothing."""
        raise NotImplementedError

    def installed_mb(self) -> float:
        """Return the size of environment and model on disk, in MB."""
        raise NotImplementedError

    def stop(self) -> None:
        """End the processes."""
        for process in self._processes:
            end(process)
        self._processes = []

    def _spawn(self, command: list[str | Path], cwd: Path, env: dict[str, str]) -> None:
        log = (stock.PROJECT.parent / f"{self.name.replace(' ', '_')}.log").open("a")
        self._processes.append(subprocess.Popen(command, cwd=cwd, env=env, stdout=log, stderr=log))

    async def first_answer(self) -> float:
        """Start, and return the seconds until a parent's first message is answered.

        Raises:
            RuntimeError: There was none within START_SECONDS.
        """
        began = time.monotonic()
        self.start()
        async with session() as client:
            while time.monotonic() - began < START_SECONDS:
                try:
                    talk = Talking(self, client)
                    await talk.open()
                    if await talk.say("what is a 504 plan"):
                        return time.monotonic() - began
                except (aiohttp.ClientError, RuntimeError, ValueError, KeyError):
                    time.sleep(0.05)
        raise RuntimeError(f"{self.name} did not answer within {START_SECONDS:.0f} s, see var/bench/*.log")


def _trained(data: Path) -> dict[str, float]:
    """Train our assistant on a folder of data, in a process of its own, so that its memory is its own.

    Raises:
        RuntimeError: It was not trained.
    """
    command = [sys.executable, "-W", "ignore", "-m", "bench.training", str(data)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"our training failed: {done.stderr.strip()[-300:]}")
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


class Ours(Side):
    """This assistant, one process."""

    name = "this assistant"
    _what: tuple[str, ...] = ("ours",)

    def start(self) -> None:
        """Start the server on a free port, with an empty data folder; `url` is its address."""
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environ = os.environ | {
            "WHICHPLAN_PORT": str(port),
            "WHICHPLAN_DATA": tempfile.mkdtemp(prefix="whichplan-bench-"),
        }
        self._spawn([sys.executable, "-m", "bench.serve", *self._what], TOP, environ)

    def training(self) -> dict[str, float]:
        """Return what training takes on the lines that the stock assistant learns from; for all lines the seconds alone."""
        same = _trained(stock.project() / "data")
        return (
            same
            | {"lines an intent": float(stock.LINES), "seconds, all lines": _trained(TOP / "data")["seconds"]}
            if stock.LINES
            else same
        )

    def installed_mb(self) -> float:
        """Return the size of what requirements.lock installs, of the encoder and the model, in MB."""
        total = 0
        for line in (TOP / "requirements.lock").read_text().splitlines():
            name = line.split("==")[0]
            if line[:1].isalnum() and "==" in line:
                try:
                    files = distribution(name).files or []
                except PackageNotFoundError:
                    continue  # of another platform
                total += sum(path.stat().st_size for f in files if (path := Path(str(f.locate()))).is_file())
        return total / 1e6 + folder_mb(ENCODER_FOLDER) + current_model().stat().st_size / 1e6


class Floor(Ours):
    """The channel and its database alone: it says each message back."""

    name = "floor"
    _what = ("floor",)


class Stock(Side):
    """`rasa init`'s pipeline and policies on our data; its server and the action server with our actions."""

    name = "stock Rasa"

    def start(self) -> None:
        """Start the action server and Rasa's on free ports; `url` is Rasa's address."""
        port, actions = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        environ = os.environ | {"WHICHPLAN_DATA": tempfile.mkdtemp(prefix="whichplan-bench-")}
        self._spawn(
            [
                sys.executable,
                "-W",
                "ignore",
                "-m",
                "rasa_sdk",
                "--actions",
                "actions",
                "--port",
                str(actions),
            ],
            TOP,
            environ,
        )
        self._spawn(
            [
                *(stock.ENVIRONMENT / "bin/python", "-m", "rasa", "run", "--quiet", "-i", "127.0.0.1"),
                *("--port", str(port), "--model", "models/stock.tar.gz", "--credentials", "credentials.yml"),
                *("--endpoints", stock.endpoints(actions)),
            ],
            stock.PROJECT,
            stock.environ(),
        )

    def training(self) -> dict[str, float]:
        """Return what its training took: `seconds`, `memory MB` and `epochs`."""
        return stock.trained()

    def installed_mb(self) -> float:
        """Return the size of its environment and its model, in MB."""
        return folder_mb(stock.ENVIRONMENT) + folder_mb(stock.PROJECT / "models")
