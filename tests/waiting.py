"""The one way in which tests wait: what does not come in time fails the test, and says what was there instead."""

from __future__ import annotations

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
) -> Found:
    """Return what `look` gives once it is right.

    Args:
        look: Looks.
        right: Says whether what was seen is what is waited for; anything true by itself.
        seconds: So long is waited.
        every: Seconds between two looks.

    Raises:
        AssertionError: It was not right in time.
    """
    until = time.monotonic() + seconds
    while not right(found := look()):
        assert time.monotonic() < until, f"not within {seconds} s: {str(found)[:300]}"
        time.sleep(every)
    return found
