"""A real assistant for the browser tests: its own process, port and data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.ports import free_port
from tests.waiting import eventually

TOP = Path(__file__).parents[2]
START_SECONDS = 600.0


class Server:
    """A running assistant.

    Args:
        data: Folder of its databases and log.
        settings: More WHICHPLAN_… variables.
    """

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self._settings = settings
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        own = {"WHICHPLAN_PORT": str(self.port), "WHICHPLAN_DATA": str(self.data), "WHICHPLAN_PROXIES": "1"}
        log = self.data / "server.log"
        with log.open("wb") as stream:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "assistant.serve.run"],
                cwd=TOP,
                env={**os.environ, **own, **self._settings, "RASA_TELEMETRY_ENABLED": "false"},
                stdout=stream,
                stderr=subprocess.STDOUT,
            )

        def said() -> str:
            return log.read_text(encoding="utf-8")

        def is_ready() -> bool:
            assert self._process.poll() is None, f"the assistant did not start:\n{said()[-3000:]}"
            return "Which Plan is ready" in said()

        eventually(is_ready, seconds=START_SECONDS, every=0.2, why=lambda: said()[-3000:])

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it as an operator would."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
