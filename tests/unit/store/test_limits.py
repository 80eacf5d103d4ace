"""Limits that several processes share."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest import MonkeyPatch

from assistant.channels.base import PER_MINUTE
from assistant.channels.slack.replies import KeptReplies
from assistant.channels.slack.talk import Talks
from assistant.channels.web import call_pages
from assistant.channels.web.call_pages import add_call_pages
from assistant.settings import TOP, Settings
from assistant.store import limits as shared_limit
from assistant.store.limits import SharedLimit
from assistant.store.talks_database import open_engine
from assistant.talk.phrases import PHRASES
from tests.ports import free_port
from tests.postgresql import running_postgresql
from tests.redis_server import Redis
from tests.slack_serving import Scripted

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
    redis = Redis(tmp_path)
    redis.start()
    settings = Settings(data=tmp_path, secret=SECRET, redis_url=redis.url)
    try:
        await shared(settings, settings)
    finally:
        redis.kill()


async def test_nobody_is_refused_because_the_counter_is_away(tmp_path: Path) -> None:
    limit = SharedLimit(
        "talk", 3, Settings(data=tmp_path, secret=SECRET, redis_url=f"redis://127.0.0.1:{free_port()}")
    )
    assert [await limit.wait_seconds("a") for _ in range(3)] == [0, 0, 0]
    assert await limit.wait_seconds("a") > 0  # this process still counts for itself


def over_one_database(folder: Path) -> Settings:
    return Settings(data=folder, secret=SECRET, database_url=f"sqlite:///{folder / 'shared.db'}")


def slack_talks(settings: Settings, model: Scripted) -> Talks:
    made = Talks(settings, KeptReplies(open_engine(settings.talks_url), settings.secrets))
    made.play = model
    return made


async def test_slack_counts_for_all_processes(tmp_path: Path) -> None:
    settings, model = over_one_database(tmp_path), Scripted()
    workers = [slack_talks(settings, model) for _ in range(2)]
    said = [await workers[n % 2].turn("slack:T:im:U", f"hello {n}") for n in range(PER_MINUTE + 1)]
    assert len(model.heard) == PER_MINUTE
    assert said[-1][0].text == PHRASES.errors["too_fast"]
    assert (await workers[0].turn("slack:T:im:other", "hello"))[0].outcome == "answered"


async def test_pages_about_a_call_count_for_all_processes(tmp_path: Path) -> None:
    handlers: list[Any] = []
    routes = SimpleNamespace(add_route=lambda handler, path, **_: handlers.append((path, handler)))
    for _ in range(2):
        add_call_pages(
            routes, SimpleNamespace(address=lambda request: "10.1.2.3"), over_one_database(tmp_path)
        )
    pages = [handler for path, handler in handlers if path.startswith("/call/cancel")]
    request = SimpleNamespace(method="HEAD")
    codes = []
    with MonkeyPatch.context() as patch:
        patch.setattr(call_pages, "shared_desk", _no_desk)
        for number in range(call_pages.ADDRESS_PER_MINUTE + 1):
            codes.append((await pages[number % 2](request, "x")).status)
    assert codes == [503] * call_pages.ADDRESS_PER_MINUTE + [429]


async def _no_desk() -> Any:
    raise call_pages.DatabaseUnreachable("no desk in this test")


AT_ONCE = """
import asyncio, sys
from pathlib import Path
from assistant.store.limits import SharedLimit
from assistant.settings import Settings

async def main():
    limit = SharedLimit("talk", 30, Settings(data=Path("."), secret=b"s" * 32, database_url=sys.argv[1]))
    await limit.wait_seconds("somebody else")
    waits = await asyncio.gather(*(limit.wait_seconds("a") for _ in range(25)))
    print(waits.count(0))

asyncio.run(main())
"""


def let_through(url: str, processes: int = 3) -> int:
    """Return how many of 25 requests of each process, all at once, were let through."""
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", AT_ONCE, url], cwd=TOP, stdout=subprocess.PIPE, text=True
        )
        for _ in range(processes)
    ]
    return sum(int(one.communicate(timeout=60)[0]) for one in running)


def test_processes_that_count_at_once_let_no_one_more_through(tmp_path: Path) -> None:
    assert let_through(f"sqlite:///{tmp_path / 'shared.db'}") == 30


@pytest.mark.needs("postgresql")
def test_so_does_postgresql() -> None:
    with running_postgresql() as database:
        assert let_through(database.url.replace("postgresql://", "postgresql+psycopg2://")) == 30


async def test_who_sent_how_much_is_forgotten_after_a_minute_of_silence(
    tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    limit = SharedLimit("talk", 3, over_one_database(tmp_path))
    await limit.wait_seconds("a")

    def kept() -> int:
        with sqlite3.connect(tmp_path / "shared.db") as rows:
            return int(rows.execute("SELECT count(*) FROM limit_hits").fetchone()[0])

    await limit.tidy()
    assert kept() == 1
    later = time.time() + 61
    monkeypatch.setattr(shared_limit.time, "time", lambda: later)
    await limit.tidy()
    assert kept() == 0
