"""A real Redis on a port of its own, which a test starts and kills."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

from tests.conftest import program
from tests.ports import free_port
from tests.waiting import eventually


class Redis:
    """What counts and locks for all workers; `start` returns when it answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        where = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen([str(program("redis")), *where], stdout=subprocess.DEVNULL)
        eventually(self._answers, every=0.05)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port)).close()
        except ConnectionRefusedError:
            return False
        return True
