"""Many parents and processes want one opening: exactly one gets it, whatever happens, on both databases."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest

from assistant.booking import Booked, Booking, Contact, Held, Taken, load_consultation
from assistant.booking.openings import Opening
from assistant.settings import Settings
from tests.booking_world import MONDAY_MORNING, SEATTLE, Clock, deliver
from tests.postgresql import running_postgresql

ROOT = Path(__file__).parents[4]
PROCESSES = 4
ATTEMPTS = 200
ROUNDS = int(os.environ.get("WHICHPLAN_BOOKING_ROUNDS", "2"))
"""`make faults` runs 50."""
PAT = Contact("Pat Lee", "pat@example.org")


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with running_postgresql() as database:
        yield database.url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Empty SQLite (by an empty URL), or a new database on a real PostgreSQL."""
    if request.param == "sqlite":
        yield ""
        return
    server = request.getfixturevalue("postgresql")
    name = f"race_{os.urandom(4).hex()}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    connection.close()
    yield urlsplit(server)._replace(path=f"/{name}").geturl()


@pytest.fixture
def desk(content: Callable[..., Path], database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Booking]:
    path = content(("tries_an_hour: 10", "tries_an_hour: 1000"), ("daily_cap: 4", "daily_cap: 48"))
    settings = Settings(data=tmp_path / "var", secret=b"s" * 32, database_url=database_url)
    desk = Booking.open(load_consultation(path, {}), settings, clock=clock)
    yield desk
    desk.close()


@pytest.fixture
def process(desk: Booking, tmp_path: Path, database_url: str) -> Iterator[Callable[..., Runner]]:
    """Starts a process with a desk of its own on the same database."""
    started: list[Runner] = []

    def start(name: str) -> Runner:
        started.append(Runner(name, tmp_path, database_url))
        return started[-1]

    yield start
    for one in started:
        one.end()


class Runner:
    def __init__(self, name: str, folder: Path, database_url: str) -> None:
        arguments = (
            folder / "consultation.yml",
            folder / "var",
            database_url,
            MONDAY_MORNING.isoformat(),
            name,
        )
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("race.py")), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def begin(self, **command: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def result(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


async def first_opening(desk: Booking) -> Opening:
    return (await desk.openings(SEATTLE))[0]


async def test_of_200_parents_over_four_processes_exactly_one_gets_the_opening(
    desk: Booking, process: Callable[..., Runner]
) -> None:
    processes = [process(f"p{number}") for number in range(PROCESSES)]
    opening = await first_opening(desk)
    for turn in range(ROUNDS):
        for one in processes:
            one.begin(do="race", opening=opening.id, attempts=ATTEMPTS // PROCESSES, turn=turn)
        results = [one.result() for one in processes]
        assert [other for one in results for other in one["other"]] == []
        assert sum(one["booked"] for one in results) == 1
        assert sum(one["told"] for one in results) == ATTEMPTS - 1
        booked = next(one["call"] for one in results if one["call"])
        assert [call.id for call in await desk.all_calls() if call.state == "booked"] == [booked]
        await desk.cancel(booked, conversation=None)


async def test_a_process_killed_between_hold_and_yes_leaves_no_lost_and_no_ghost_opening(
    desk: Booking, process: Callable[..., Runner], clock: Clock
) -> None:
    opening = await first_opening(desk)
    parent = process("killed")
    parent.begin(do="hold", opening=opening.id, conversation="killed")
    assert parent.result()["held"]
    parent.process.kill()
    parent.process.wait()
    assert isinstance(await desk.hold(opening, "other"), Taken)
    clock.forward(minutes=10, seconds=1)
    assert await first_opening(desk) == opening, "the opening is lost"
    held = await desk.hold(opening, "other")
    assert isinstance(held, Held)
    assert isinstance(await desk.confirm(held, PAT, conversation="other", zone=SEATTLE, key="k"), Booked)
    assert await desk.upcoming("killed") == ()


async def test_the_same_key_twenty_times_books_once_and_mails_once(desk: Booking, tmp_path: Path) -> None:
    held = await desk.hold(await first_opening(desk), "talk")
    assert isinstance(held, Held)
    results = await asyncio.gather(
        *(desk.confirm(held, PAT, conversation="talk", zone=SEATTLE, key="same") for _ in range(20))
    )
    booked = [one for one in results if isinstance(one, Booked)]
    assert len(booked) == 20
    assert sum(not one.repeated for one in booked) == 1
    assert len(await desk.all_calls()) == 1
    await deliver(desk)
    assert len(list((tmp_path / "var" / "outbox").glob("*.eml"))) == 2, (
        "one for the parent, one for the advocate"
    )


async def test_no_call_may_overlap_another_even_past_our_own_checks(desk: Booking) -> None:
    """On PostgreSQL the EXCLUDE constraint refuses what a check forgot; SQLite refuses the same beginning."""
    opening = await first_opening(desk)
    later = timedelta(minutes=15 if desk._database.dialect == "postgresql" else 0)
    shifted = Opening(opening.start + later, opening.end + later, opening.advocate)
    desk._holds.blocked = lambda *args, **kwargs: False  # type: ignore[method-assign]
    first = await asyncio.to_thread(desk._holds.hold, [opening], "one", desk.clock())
    second = await asyncio.to_thread(desk._holds.hold, [shifted], "two", desk.clock())
    assert isinstance(first, Held)
    assert isinstance(second, Taken)
