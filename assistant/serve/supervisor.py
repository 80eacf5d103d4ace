"""Keeps the server running: restarts it when it dies or stops answering, and ends with it on Ctrl-C."""

from __future__ import annotations

import http.client
import logging
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from typing import Any

START_FAILED = 78
"""Exit code of a server that a person has to help (sysexits: EX_CONFIG); to start it again would not."""
SUPERVISOR = "WHICHPLAN_SUPERVISOR"
"""Variable that names the supervisor's process: a server whose supervisor is gone ends as well."""
LOOK_SECONDS = 0.1
HEALTH_EVERY, HEALTH_PATIENCE, DEAF_AFTER = 5.0, 5.0, 3
"""Seconds between two questions, seconds to answer one, and how many unanswered ones in a row mean a restart."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
STEADY_SECONDS = 60.0
"""A server that lived so long starts again at once."""
END_SECONDS = 20.0

log = logging.getLogger(__name__)


class Supervisor:
    """Runs one command again and again.

    Args:
        command: Starts the server.
        host, port: Where it answers.
    """

    def __init__(self, command: Sequence[str], host: str, port: int) -> None:
        self._command = list(command)
        # where to ask, not to listen
        self._host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
        self._port = port
        self._stop: int | None = None
        self._was_ready = False
        self._deaf = 0
        self._asked_at = 0.0

    def run(self) -> int:
        """Keep the server running until a signal or its own end; return the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            code = self._live()
            if self._stop is not None:
                return 128 + self._stop
            if code == START_FAILED or (code >= 0 and not self._was_ready):
                return code  # it ended by itself before it ever answered: its own words say why
            pause = (
                FIRST_PAUSE if time.monotonic() - began > STEADY_SECONDS else min(pause * 2, LONGEST_PAUSE)
            )
            log.error("the server ended with code %s; starting it again in %.1f s", code, pause)
            time.sleep(pause)

    def _live(self) -> int:
        server = subprocess.Popen(  # noqa: S603  # our own command
            self._command, env=os.environ | {SUPERVISOR: str(os.getpid())}
        )
        self._deaf, self._asked_at = 0, time.monotonic()
        ready = False
        while (code := server.poll()) is None:
            if self._stop is not None:
                return _ended(server)
            ready = ready or self._answers_now_and_then()
            if ready and self._is_deaf():
                log.error("the server no longer answers; it is ended and started again")
                server.kill()
            time.sleep(LOOK_SECONDS)
        return code

    def _answers_now_and_then(self) -> bool:
        """Ask a server that is starting, once a second."""
        if time.monotonic() - self._asked_at < 1:
            return False
        self._asked_at = time.monotonic()
        if self._answers(1):
            self._was_ready = True
            return True
        return False

    def _is_deaf(self) -> bool:
        if time.monotonic() - self._asked_at < HEALTH_EVERY:
            return False
        self._deaf = 0 if self._answers(HEALTH_PATIENCE) else self._deaf + 1
        self._asked_at = time.monotonic()
        return self._deaf >= DEAF_AFTER

    def _answers(self, seconds: float) -> bool:
        """Whether anything comes back: a server that says "unavailable" is up, and a restart would not mend it."""
        line = http.client.HTTPConnection(self._host, self._port, timeout=seconds)
        try:
            line.request("GET", "/health")
            line.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
        return True

    def _end(self, number: int, _frame: Any) -> None:
        self._stop = number


def _ended(server: subprocess.Popen[bytes]) -> int:
    if server.poll() is None:
        server.terminate()
    try:
        return server.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        return server.wait()
