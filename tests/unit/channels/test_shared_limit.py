"""Limits that several processes share."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from assistant.channels.shared_limit import SharedLimit
from assistant.settings import Settings
from tests.conftest import program
from tests.http.world import free_port

SECRET = b"a secret for tests, long enough for it"


async def shared(settings: Settings, other: Settings) -> None:
    one, two = SharedLimit("talk", 3, settings), SharedLimit("talk", 3, other)
    assert [await one.wait_seconds("a"), await two.wait_seconds("a"), await one.wait_seconds("a")] == [
        0,
        0,
        0,
    ]
    assert 1 <= await two.wait_seconds("a") <= 60
    assert await one.wait_seconds("b") == 0
    assert await SharedLimit("address", 3, settings).wait_seconds("a") == 0


async def test_the_database_counts_for_all_processes(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, secret=SECRET, database_url=f"sqlite:///{tmp_path / 'shared.db'}")
    await shared(settings, settings)
    assert b"a" * 5 not in (tmp_path / "shared.db").read_bytes()


@pytest.mark.needs("redis")
async def test_redis_counts_for_all_processes(tmp_path: Path) -> None:
    port = free_port()
    command = program("redis") or "redis-server"
    with subprocess.Popen(
        [command, "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    ) as server:
        time.sleep(1)
        settings = Settings(data=tmp_path, secret=SECRET, redis_url=f"redis://127.0.0.1:{port}")
        try:
            await shared(settings, settings)
        finally:
            server.terminate()


async def test_nobody_is_refused_because_the_counter_is_away(tmp_path: Path) -> None:
    limit = SharedLimit(
        "talk", 3, Settings(data=tmp_path, secret=SECRET, redis_url=f"redis://127.0.0.1:{free_port()}")
    )
    assert [await limit.wait_seconds("a") for _ in range(3)] == [0, 0, 0]
    assert await limit.wait_seconds("a") > 0  # this process still counts for itself
