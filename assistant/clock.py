"""What time it is: a replay may fix it, so that the same story gives the same words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

_read: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """Return the current instant, in UTC."""
    return _read()


def set_clock(read: Callable[[], datetime] | None) -> None:
    """Let `read` tell the time from now on; None goes back to the real clock."""
    global _read
    _read = read or (lambda: datetime.now(UTC))
