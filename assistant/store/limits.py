"""The limits of rate_limit.py counted over all processes: in Redis, in the database of the talks, or in this process alone.

Where the place to count is away, each process counts for itself: a parent is never refused for that.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import math
import time
import uuid
from typing import Any

import redis.asyncio
import sqlalchemy as sa
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from assistant.settings import Settings
from assistant.store.rate_limit import WINDOW_SECONDS, RateLimit
from assistant.store.talks_database import make_tables, open_engine

log = logging.getLogger(__name__)

REDIS_SECONDS = 0.5
"""Redis has so long to count; then the process counts for itself."""
_COUNT = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1] - ARGV[2])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
  return redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
end
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return false
"""
_METADATA = sa.MetaData()
_HITS = sa.Table(
    "limit_hits",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("who", sa.String(64), nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
)


class SharedLimit:
    """At most `most` events a minute for each key.

    Args:
        name: Tells the limits apart.
        most: Events a minute.
        settings: Name the place to count; keys are hashed with the secret, so that no address is kept.
    """

    def __init__(self, name: str, most: int, settings: Settings) -> None:
        self._name = name
        self._most = most
        self._secret = settings.secret
        self._alone = RateLimit(most)
        self._redis = _redis(settings.redis_url) if settings.redis_url else None
        self._engine = open_engine(settings.talks_url) if settings.database_url and not self._redis else None
        self._made = False

    async def wait_seconds(self, key: str) -> int:
        """Count one event and return 0, or return after how many seconds the next is welcome."""
        who = self._who(key)
        try:
            if self._redis is not None:
                return await self._in_redis(self._redis, who)
            if self._engine is not None:
                return await asyncio.to_thread(self._in_database, self._engine, who)
        except (RedisError, OSError, TimeoutError, SQLAlchemyError) as error:
            log.error("requests are counted by each process alone: %s", type(error).__name__)
        return self._alone.wait_seconds(who)

    async def forget(self, key: str) -> None:
        """Delete what was counted for a key; Redis forgets by itself within the minute."""
        if self._engine is not None and self._made:
            await asyncio.to_thread(self._delete, self._engine, _HITS.c.who == self._who(key))

    async def tidy(self) -> None:
        """Delete what no longer counts; Redis does so by itself."""
        if self._engine is not None and self._made:
            await asyncio.to_thread(self._delete, self._engine, _is_old(time.time()))

    def _who(self, key: str) -> str:
        return hmac.digest(self._secret, f"{self._name} {key}".encode(), hashlib.sha256).hex()

    def _delete(self, engine: Any, which: Any) -> None:
        with engine.begin() as rows:
            rows.execute(sa.delete(_HITS).where(which))

    async def _in_redis(self, server: Any, who: str) -> int:
        now = time.time()
        async with asyncio.timeout(REDIS_SECONDS):
            oldest = await server.eval(
                _COUNT, 1, f"whichplan:limit:{who}", now, int(WINDOW_SECONDS), self._most, uuid.uuid4().hex
            )
        return 0 if oldest is None else _wait(float(oldest), now)

    def _in_database(self, engine: Any, who: str) -> int:
        if not self._made:
            make_tables(engine, _METADATA)
            self._made = True
        now = time.time()
        with engine.begin() as rows:
            # on SQLite this takes the file for writing: no other process counts meanwhile
            rows.execute(sa.delete(_HITS).where(_is_old(now)))
            if engine.dialect.name == "postgresql":
                rows.execute(sa.select(sa.func.pg_advisory_xact_lock(int(who[:15], 16))))
            times = list(
                rows.execute(sa.select(_HITS.c.at).where(_HITS.c.who == who).order_by(_HITS.c.at)).scalars()
            )
            if len(times) >= self._most:
                return _wait(times[0], now)
            rows.execute(sa.insert(_HITS).values(who=who, at=now))
        return 0


def _redis(url: str) -> Any:
    return redis.asyncio.from_url(url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS)


def _is_old(now: float) -> Any:
    return _HITS.c.at <= now - WINDOW_SECONDS


def _wait(oldest: float, now: float) -> int:
    return max(1, math.ceil(WINDOW_SECONDS - (now - oldest)))
