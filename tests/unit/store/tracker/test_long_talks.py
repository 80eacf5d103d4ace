"""Turn 500 reads what turn 10 reads: counted in statements, steps of SQLite's machine and events, not in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from assistant.clock import now
from assistant.store.tokens import Signer
from assistant.store.tracker.store import TURNS_READ, TalkStore
from assistant.store.transcripts import Transcripts

DOMAIN = Domain.from_yaml(
    "version: '3.1'\nintents: [ask_cost]\nslots:\n"
    + "".join(
        f"  {slot}: {{type: any, mappings: [{{type: custom}}]}}\n" for slot in ("plan", "failures", "opening")
    )
    + "forms:\n  booking_form: {required_slots: [opening]}\n"
)
SECRET = b"a secret for tests, long enough for it"
STEADY = 1.05
"""A tree of 500 turns may be one level deeper than one of 20."""


@dataclass
class Count:
    """What databases did."""

    statements: int = 0
    steps: int = 0


@contextmanager
def counted(engine: Any) -> Iterator[Count]:
    """Count the statements of an engine, and the steps of SQLite's machine behind them."""
    seen = Count()

    def step() -> int:
        seen.steps += 1
        return 0

    def watch(connection: sqlite3.Connection, *_: Any) -> None:
        connection.set_progress_handler(step, 1)

    def statement(*_: Any) -> None:
        seen.statements += 1

    def let_go(connection: sqlite3.Connection, *_: Any) -> None:
        connection.set_progress_handler(None, 1)

    sa.event.listen(engine, "checkout", watch)
    sa.event.listen(engine, "checkin", let_go)
    sa.event.listen(engine, "before_cursor_execute", statement)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "checkout", watch)
        sa.event.remove(engine, "checkin", let_go)
        sa.event.remove(engine, "before_cursor_execute", statement)


def turn(number: int) -> list[Any]:
    """Return the events of a turn that sets a slot anew and, every 50 turns, opens and leaves a form."""
    form = [ActiveLoop("booking_form"), ActiveLoop(None)] if number % 50 == 3 else []
    intent = {"name": "ask_cost"}
    return [
        UserUttered("what does it cost", intent, parse_data={"text": "", "intent": intent, "entities": []}),
        ActionExecuted("action_answer"),
        *form,
        SlotSet("failures", number),
        BotUttered("Nothing. " * 40),
        ActionExecuted("action_listen"),
    ]


async def talked(store: TalkStore, turns: int, first: int = 0) -> None:
    """Let a talk go on for some turns."""
    for number in range(first, first + turns):
        tracker = await store.get_or_create_tracker("a")
        for event in (
            [SlotSet("plan", "iep"), SessionStarted(), SlotSet("plan", "iep")] if number == 0 else []
        ):
            tracker.update(event)
        for event in turn(number):
            tracker.update(event)
        await store.save(tracker)


async def test_a_long_talk_is_read_in_as_many_steps_as_a_short_one(tmp_path: Path) -> None:
    store = TalkStore(f"sqlite:///{tmp_path / 'tracker.db'}", SECRET, DOMAIN)
    seen: dict[int, tuple[Count, int]] = {}
    length = 0
    for length_wanted in (20, 500):
        await talked(store, length_wanted - length, length)
        length = length_wanted
        with counted(store._engine) as count:
            tracker = await store.retrieve("a")
        assert tracker is not None and tracker.get_slot("plan") == "iep"
        seen[length] = (count, len(tracker.events))
    short, long = seen[20], seen[500]
    assert short[0].steps > 0
    assert long[0].statements == short[0].statements == 2
    assert long[0].steps <= STEADY * short[0].steps
    assert long[1] == short[1] <= 10 * TURNS_READ
    store.close()


async def test_a_turn_of_a_long_talk_is_stored_in_as_many_steps_as_of_a_short_one(tmp_path: Path) -> None:
    store = TalkStore(f"sqlite:///{tmp_path / 'tracker.db'}", SECRET, DOMAIN)
    steps = []
    for first, turns in ((0, 20), (21, 479)):
        await talked(store, turns, first)
        with counted(store._engine) as count:
            await talked(store, 1, first + turns)
        steps.append(count.steps)
    assert steps[1] <= STEADY * steps[0]
    store.close()


def test_a_known_message_is_found_in_a_long_transcript_without_reading_it(tmp_path: Path) -> None:
    transcripts = Transcripts(f"sqlite:///{tmp_path / 'talks.db'}")
    token, _ = Signer(b"secret").new_token()
    transcripts.open_talk(token.talk, "", now())
    steps = []
    for length in range(500):
        if length in (20, 499):
            with counted(transcripts._engine) as count:
                assert transcripts.replies_to(token, "new") is None
                assert transcripts.zone_of(token.talk) == ""
            steps.append(count.steps)
        own = {"from": "parent", "id": f"m{length}", "text": "x" * 200}
        transcripts.keep(
            token, f"m{length}", [own, {"from": "assistant", "id": f"r{length}", "text": "y" * 900}], now()
        )
    assert steps[1] <= STEADY * steps[0]
    with counted(transcripts._engine) as count:
        assert [reply["id"] for reply in transcripts.replies_to(token, "m250") or ()] == ["r250"]
    assert count.steps <= 3 * steps[0]


@pytest.mark.parametrize("missing", ["events_by_name", "web_messages_answers"])
def test_a_database_of_an_earlier_version_gets_its_index(tmp_path: Path, missing: str) -> None:
    path = tmp_path / "talks.db"

    def open_both() -> None:
        TalkStore(f"sqlite:///{path}", SECRET, DOMAIN).close()
        Transcripts(f"sqlite:///{path}")

    open_both()
    with sqlite3.connect(path) as rows:
        rows.execute(f"DROP INDEX {missing}")
    open_both()
    with sqlite3.connect(path) as rows:
        names = [row[0] for row in rows.execute("SELECT name FROM sqlite_master WHERE type = 'index'")]
    assert missing in names
