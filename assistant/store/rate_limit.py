"""How many messages a talk and an address may send a minute."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

WINDOW_SECONDS = 60.0
MOST_KEYS = 20_000
"""Addresses kept in memory; the oldest are forgotten, so that a flood can't fill it."""


class RateLimit:
    """At most `most` events a minute for each key, in one process."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_seconds(self, key: str) -> int:
        """Count one event and return 0, or return after how many seconds the next is welcome."""
        now = self._clock()
        times = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while times and now - times[0] >= WINDOW_SECONDS:
            times.popleft()
        if len(times) >= self._most:
            return max(1, math.ceil(WINDOW_SECONDS - (now - times[0])))
        times.append(now)
        while len(self._seen) > MOST_KEYS:
            self._seen.popitem(last=False)
        return 0
