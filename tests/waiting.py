"""The one way in which tests wait: what does not come in time fails the test, and says what was there instead."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def eventually(
    look: Callable[[], Found],
    right: Callable[[Found], object] = bool,
    *,
    seconds: float = 10,
    every: float = 0.1,
    why: Callable[[], object] = str,
) -> Found:
    """Return what `look` gives once it is right.

    Args:
        look: Looks.
        right: Says whether what was seen is what is waited for; anything true by itself.
        seconds: So long is waited.
        every: Seconds between two looks.
        why: Gives what else the failure should show, such as a server's log.

    Raises:
        AssertionError: It was not right in time.
    """
    until = time.monotonic() + seconds
    while not right(found := look()):
        _still(until, seconds, found, why)
        time.sleep(every)
    return found


async def eventually_here(
    look: Callable[[], Found],
    right: Callable[[Found], object] = bool,
    *,
    seconds: float = 10,
    every: float = 0.02,
    why: Callable[[], object] = str,
) -> Found:
    """Wait as `eventually` does, for what happens on this test's own event loop."""
    until = time.monotonic() + seconds
    while not right(found := look()):
        _still(until, seconds, found, why)
        await asyncio.sleep(every)
    return found


def _still(until: float, seconds: float, found: object, why: Callable[[], object]) -> None:
    assert time.monotonic() < until, f"not within {seconds:g} s: {str(found)[:300]} {why()}".rstrip()
