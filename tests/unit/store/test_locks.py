from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.store import locks as talk_locks
from assistant.store.locks import TalkLocks
from tests.ports import free_port
from tests.redis_server import Redis


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    redis = Redis(tmp_path)
    redis.start()
    yield redis.url
    redis.kill()


@pytest.mark.needs("redis")
async def test_two_workers_take_turns_at_a_talk_and_not_at_two(redis_url: str) -> None:
    one, other = TalkLocks(redis_url), TalkLocks(redis_url)
    inside: list[str] = []
    most: list[int] = []

    async def turn(locks: TalkLocks, talk: str, who: str) -> None:
        async with locks.lock(talk):
            inside.append(who)
            most.append(len(inside))
            await asyncio.sleep(0.05)
            inside.remove(who)

    await asyncio.gather(turn(one, "talk", "a"), turn(other, "talk", "b"), turn(other, "talk", "c"))
    assert max(most) == 1
    most.clear()
    await asyncio.gather(turn(one, "talk", "a"), turn(other, "another", "b"))
    assert max(most) == 2


@pytest.mark.needs("redis")
async def test_a_dead_worker_lets_go_within_seconds_and_one_at_work_does_not(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk_locks, "HELD_SECONDS", 0.6)
    monkeypatch.setattr(talk_locks, "RENEW_SECONDS", 0.2)

    async def waits() -> float:
        began = time.monotonic()
        async with TalkLocks(redis_url).lock("talk"):
            return time.monotonic() - began

    async with TalkLocks(redis_url).lock("talk"):
        waiting = asyncio.create_task(waits())
        await asyncio.sleep(1.5)
        assert not waiting.done()
    assert await waiting > 1.4
    dead = TalkLocks(redis_url).lock("talk")
    await dead.__aenter__()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()  # a process that was killed renews nothing
    assert 0.3 < await waits() < 2


async def test_where_redis_is_away_a_parent_is_answered_all_the_same() -> None:
    began = time.monotonic()
    async with TalkLocks(f"redis://127.0.0.1:{free_port()}/0").lock("talk"):
        pass
    assert time.monotonic() - began < 5
