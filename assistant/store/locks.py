"""One message of a talk at a time over all workers: a lock in Redis, held while the talk's tracker is read, changed and written.

Rasa's own Redis lock asks once a second whether it is its turn; this one asks every 20 ms. Where Redis is away, each worker locks for itself: the
widget sends one message at a time anyway, and a parent is never refused for that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import redis.asyncio
from redis.exceptions import LockError, RedisError

log = logging.getLogger(__name__)

HELD_SECONDS = 5.0
"""A worker that died lets go of its talks after so long."""
RENEW_SECONDS = 1.0
"""A worker at work says so this often."""
WAIT_SECONDS = 20.0
ASK_SECONDS = 0.02
ANSWER_SECONDS = 1.0
"""Redis has so long for one answer."""


class TalkLocks:
    """Stands where an agent has its lock store, and around what a channel does for one message.

    Args:
        url: Address of Redis.
        name: Tells locks of different reach apart.
    """

    def __init__(self, url: str, name: str = "turn") -> None:
        self._name = name
        self._redis: Any = redis.asyncio.from_url(
            url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS
        )

    @asynccontextmanager
    async def lock(self, talk: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        """Hold the lock of a talk, or go on without one where Redis does not answer."""
        lock = self._redis.lock(
            f"whichplan:{self._name}:{talk}",
            timeout=HELD_SECONDS,
            sleep=ASK_SECONDS,
            blocking_timeout=WAIT_SECONDS,
        )
        held = None
        try:
            if await lock.acquire():
                held = asyncio.create_task(_renew(lock))
            else:
                log.error("a talk was locked for %s s; going on", WAIT_SECONDS)
        except (RedisError, OSError, TimeoutError) as error:
            log.error("talks are locked by each worker alone: %s", type(error).__name__)
        try:
            yield
        finally:
            if held:
                held.cancel()
                # held too long, or Redis went away: it lets go by itself
                with suppress(LockError, RedisError, OSError, TimeoutError):
                    await asyncio.shield(lock.release())


async def _renew(lock: Any) -> None:
    """Hold on to a lock for as long as this worker lives and is at it."""
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        with suppress(LockError, RedisError, OSError, TimeoutError):
            await lock.reacquire()
