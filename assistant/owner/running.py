"""Whether a server is at work on the data folder: some commands must not run beside it."""

from __future__ import annotations

import http.client

from assistant.settings import Settings

ASK_SECONDS = 2.0


class StillRunning(RuntimeError):
    """A server answers; the text says what to do."""


def refuse_running(settings: Settings) -> None:
    """Let nothing be changed under a running server.

    Raises:
        StillRunning: One answers at the settings' address.
    """
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    line = http.client.HTTPConnection(host, settings.port, timeout=ASK_SECONDS)
    try:
        line.request("GET", "/health")
        line.getresponse()
    except (OSError, http.client.HTTPException):
        return
    finally:
        line.close()
    raise StillRunning(f"A server answers at {host}:{settings.port}. Stop it first, then run this again.")
