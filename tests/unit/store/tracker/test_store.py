"""The tracker store: bounded, masked, never silent, and deletion that deletes."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.store import talks_database
from assistant.store.tracker.kept import PERSONAL_SLOTS
from assistant.store.tracker.sealed_rows import CannotOpen, SealedRows
from assistant.store.tracker.store import TURNS_READ, TalkStore, TalksUnreachable

SECRET, OTHER = b"a secret for tests, long enough for it", b"another secret for tests, as long as it"
SLOTS = sorted({*PERSONAL_SLOTS, "plan", "pending", "opening"})
DOMAIN = Domain.from_yaml(
    "version: '3.1'\nintents: [inform, ask_cost]\nslots:\n"
    + "".join(f"  {slot}: {{type: any, mappings: [{{type: custom}}]}}\n" for slot in SLOTS)
    + "forms:\n  booking_form: {required_slots: [contact_name]}\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TalkStore]:
    made = TalkStore(f"sqlite:///{tmp_path / 'tracker.db'}", SECRET, DOMAIN)
    yield made
    made.close()


def user(text: str, intent: str = "inform", **parts: Any) -> UserUttered:
    return UserUttered(
        text, {"name": intent}, parse_data={"text": text, "intent": {"name": intent}, "entities": []}, **parts
    )


def turn(text: str, *events: Any, intent: str = "inform") -> list[Any]:
    return [user(text, intent), *events, ActionExecuted("action_listen")]


async def say(store: TalkStore, *events: Any, talk: str = "a") -> DialogueStateTracker:
    tracker = await store.get_or_create_tracker(talk)
    for event in events:
        tracker.update(event)
    await store.save(tracker)
    return tracker


async def slots(store: TalkStore, talk: str = "a") -> dict[str, Any]:
    tracker = await store.retrieve(talk)
    assert tracker is not None
    return dict(tracker.current_slot_values())


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("tracker.db*"))


async def words(store: TalkStore, talk: str = "a") -> str:
    """Return what the store keeps of a talk, opened, in small letters."""
    tracker = await store.retrieve_full_tracker(talk)
    assert tracker is not None
    return json.dumps([event.as_dict() for event in tracker.events]).lower()


def sealed(folder: Path, where: str = "sender_id = 'a'") -> list[bytes]:
    """Return the sealed texts of rows, to be looked for in the bytes of the files."""
    with sqlite3.connect(folder / "tracker.db") as rows:
        found = [
            data.encode()
            for (data,) in rows.execute(f"SELECT data FROM events WHERE {where}")
            if data[0] != "{"
        ]
    assert found
    return found


async def test_a_talk_comes_back_as_it_was(store: TalkStore) -> None:
    await say(store, *turn("it is an iep", SlotSet("plan", "iep")))
    tracker = await say(store, *turn("and now"))
    again = await store.retrieve("a")
    assert again is not None
    assert [e.as_dict() for e in again.events] == [e.as_dict() for e in tracker.events]
    assert again.get_slot("plan") == "iep"


async def test_a_long_talk_is_read_in_part_and_forgets_no_slot(store: TalkStore) -> None:
    await say(store, SessionStarted(), *turn("an iep", SlotSet("plan", "iep"), SlotSet("opening", "x")))
    for number in range(40):
        await say(store, *turn(f"question {number}", ActionExecuted("action_answer"), BotUttered("so")))
    tracker = await store.retrieve("a")
    assert tracker is not None
    assert sum(e.type_name == "user" for e in tracker.events) == TURNS_READ
    assert (tracker.get_slot("plan"), tracker.get_slot("opening")) == ("iep", "x")
    assert len((await store.retrieve_full_tracker("a")).events) == 5 + 40 * 4 + 1  # type: ignore[union-attr]


async def test_slots_from_before_a_fresh_start_stay_forgotten(store: TalkStore) -> None:
    await say(store, SessionStarted(), *turn("an iep", SlotSet("plan", "iep"), SlotSet("opening", "x")))
    await say(store, *turn("start over", AllSlotsReset(), SlotSet("opening", "y")))
    for number in range(2 * TURNS_READ):
        await say(store, *turn(f"question {number}"))
    assert {k: v for k, v in (await slots(store)).items() if v is not None} == {"opening": "y"}


async def test_a_running_form_survives_a_long_talk(store: TalkStore) -> None:
    await say(
        store,
        SessionStarted(),
        *turn("book", ActiveLoop("booking_form"), SlotSet("contact_name", "Wren Okafor")),
    )
    for number in range(2 * TURNS_READ):
        await say(store, *turn(f"question {number}", intent="ask_cost"))
    tracker = await store.retrieve("a")
    assert tracker is not None
    assert tracker.active_loop_name == "booking_form"
    assert tracker.get_slot("contact_name") == "Wren Okafor"


async def test_only_the_last_session_is_read(store: TalkStore) -> None:
    await say(store, SessionStarted(), *turn("old", SlotSet("plan", "iep")))
    await say(store, SessionStarted(), *turn("new"))
    assert (await slots(store))["plan"] is None


async def test_words_are_masked_when_they_are_stored(store: TalkStore) -> None:
    await say(store, *turn("My son Jaden Whitfield, born 3/14/2015, call 206-555-0142"))
    kept = await words(store)
    assert "[name], born [date], call [phone]" in kept
    assert not any(piece in kept for piece in ("jaden", "whitfield", "3/14/2015", "555-0142"))


async def test_the_address_that_a_message_came_from_is_never_stored(store: TalkStore) -> None:
    told = {"timezone": "America/Denver", "asker": "203.0.113.8"}
    heard = user("how long?", metadata=told)
    heard.parse_data["metadata"] = told
    await say(store, heard, ActionExecuted("action_listen"))
    assert "america/denver" in await words(store)
    assert "203.0.113.8" not in await words(store)


async def test_no_word_of_a_talk_is_readable_in_the_files(store: TalkStore, tmp_path: Path) -> None:
    """What masking can't know is sealed with the rest: the words, what was read from them, what was said, the slots."""
    found = user("xochitl sits by wapato", entities=[{"entity": "school", "value": "Wapato"}])
    await say(store, found, SlotSet("plan", "xochitl"), BotUttered("Xochitl, then.", {"buttons": ["Wapato"]}))
    assert "xochitl sits by wapato" in await words(store)
    kept = everything(tmp_path).lower()
    assert b"xochitl" not in kept and b"wapato" not in kept


async def test_rows_of_before_sealing_are_read_and_go_on(store: TalkStore, tmp_path: Path) -> None:
    await say(store, SessionStarted(), *turn("an iep", SlotSet("plan", "iep")))
    with sqlite3.connect(tmp_path / "tracker.db") as rows:
        for number, data in rows.execute("SELECT id, data FROM events").fetchall():
            clear = json.dumps(SealedRows(SECRET).event(data))
            rows.execute("UPDATE events SET data = ? WHERE id = ?", (clear, number))
    await say(store, *turn("and now"))
    assert (await slots(store))["plan"] == "iep"
    assert "and now" in await words(store)


async def test_after_a_new_secret_the_one_of_before_still_opens(store: TalkStore, tmp_path: Path) -> None:
    await say(store, SessionStarted(), *turn("an iep", SlotSet("plan", "iep")))
    both = TalkStore(f"sqlite:///{tmp_path / 'tracker.db'}", (OTHER, SECRET), DOMAIN)
    await say(both, *turn("and now"))
    assert (await slots(both))["plan"] == "iep"
    both.close()
    with pytest.raises(CannotOpen):
        await store.retrieve_full_tracker("a")  # the newest rows are the new secret's


async def test_a_talk_that_cannot_be_opened_begins_anew_and_says_so(
    store: TalkStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await say(store, SessionStarted(), user("hello", message_id="m1"), SlotSet("contact_name", "Wren"))
    lost = TalkStore(f"sqlite:///{tmp_path / 'tracker.db'}", OTHER, DOMAIN)
    assert await lost.said_after("a", "m1") is None
    await say(lost, SessionStarted(), *turn("begun anew", SlotSet("plan", "504")))
    assert "WHICHPLAN_SECRET_OLD" in caplog.text and "Wren" not in caplog.text
    assert [e.text for e in (await lost.retrieve("a")).events if e.type_name == "user"] == ["begun anew"]  # type: ignore[union-attr]
    with pytest.raises(CannotOpen, match="WHICHPLAN_SECRET_OLD"):
        await lost.retrieve_full_tracker("a")
    (full,) = sealed(tmp_path, "action_name = 'contact_name'")
    assert await lost.empty_older(datetime.now(UTC) + timedelta(seconds=1)) == 1
    await lost.tidy()
    assert full not in everything(tmp_path)
    assert await lost.empty_older(datetime.now(UTC) + timedelta(seconds=1)) == 0
    lost.close()


async def test_a_form_keeps_what_it_needs_and_gives_it_up_when_it_ends(
    store: TalkStore, tmp_path: Path
) -> None:
    await say(store, *turn("book", ActiveLoop("booking_form"), SlotSet("requested_slot", "contact_name")))
    await say(
        store,
        *turn("wren okafor", SlotSet("contact_name", "Wren Okafor"), BotUttered("Thank you, Wren Okafor.")),
    )
    assert (await slots(store))["contact_name"] == "Wren Okafor"
    full = sealed(tmp_path, "action_name = 'contact_name'")
    await say(
        store,
        *turn("yes", SlotSet("reason", "he refuses to go"), ActiveLoop(None), BotUttered("Booked, Wren.")),
    )
    assert (await slots(store))["contact_name"] is None
    await store.tidy()
    assert not [one for one in full if one in everything(tmp_path)]
    assert not [piece for piece in ("wren", "okafor", "he refuses") if piece in await words(store)]


async def test_what_an_action_emptied_is_gone_from_the_earlier_rows_too(
    store: TalkStore, tmp_path: Path
) -> None:
    await say(store, *turn("book", ActiveLoop("booking_form"), SlotSet("requested_slot", "contact_name")))
    await say(store, *turn("wren", SlotSet("contact_name", "Wren Okafor")))
    full = sealed(tmp_path, "action_name = 'contact_name'")
    await say(store, *turn("yes", ActiveLoop(None), SlotSet("contact_name", None)))
    await store.tidy()
    assert not [one for one in full if one in everything(tmp_path)]
    assert "okafor" not in await words(store)


async def test_a_call_that_could_not_be_booked_keeps_what_was_typed(store: TalkStore) -> None:
    await say(
        store,
        *turn("book", ActiveLoop("booking_form"), SlotSet("contact_name", "Wren"), SlotSet("opening", "x")),
    )
    await say(store, *turn("yes", ActiveLoop(None), SlotSet("pending", "call")))
    assert (await slots(store))["contact_name"] == "Wren"


async def test_a_form_that_was_left_alone_is_emptied(store: TalkStore) -> None:
    await say(store, *turn("book", ActiveLoop("booking_form"), SlotSet("contact_name", "Wren")))
    assert await store.empty_older(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert await store.empty_older(datetime.now(UTC) + timedelta(seconds=1)) == 1
    assert (await slots(store))["contact_name"] is None


async def test_old_talks_go_and_new_ones_stay(store: TalkStore) -> None:
    await say(store, *turn("old"), talk="old")
    between = datetime.now(UTC)
    await asyncio.sleep(0.01)
    await say(store, *turn("new"), talk="new")
    assert await store.delete_older(between) == 1
    assert list(await store.keys()) == ["new"]


async def test_a_deleted_talk_is_in_no_byte_of_the_files(store: TalkStore, tmp_path: Path) -> None:
    await say(store, *turn("zanzibar marker one"), talk="a")
    await say(store, *turn("quokka marker two"), talk="b")
    rows = sealed(tmp_path)
    await store.delete("a")
    assert not [one for one in rows if one in everything(tmp_path)]
    assert await store.retrieve("a") is None
    assert await store.exists("b")


async def test_a_locked_database_says_so_and_never_stalls_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talks_database, "BUSY_SECONDS", 1)
    store = TalkStore(f"sqlite:///{tmp_path / 'tracker.db'}", SECRET, DOMAIN)
    await say(store, *turn("before"))
    locker = sqlite3.connect(tmp_path / "tracker.db", isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    longest, ended = 0.0, asyncio.Event()

    async def heartbeat() -> None:
        nonlocal longest
        while not ended.is_set():
            began = time.perf_counter()
            await asyncio.sleep(0.01)
            longest = max(longest, time.perf_counter() - began)

    beating = asyncio.create_task(heartbeat())
    with pytest.raises(TalksUnreachable, match="locked"):
        await say(store, *turn("during"))
    assert not await store.alive()
    ended.set()
    await beating
    assert longest < 0.5  # Rasa's own store holds the loop for as long as the lock lasts
    locker.rollback()
    await say(store, *turn("after"))
    assert await store.alive()
    assert [e.text for e in (await store.retrieve("a")).events if e.type_name == "user"] == [
        "before",
        "after",
    ]  # type: ignore[union-attr]
    store.close()


async def test_a_lost_table_is_never_replaced_by_memory(store: TalkStore, tmp_path: Path) -> None:
    await say(store, *turn("before"))
    with sqlite3.connect(tmp_path / "tracker.db") as rows:
        rows.execute("DROP TABLE events")
    with pytest.raises(TalksUnreachable, match="no such table"):
        await say(store, *turn("after"))
    assert not await store.alive()


async def test_an_error_names_no_word_of_the_parent(store: TalkStore, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "tracker.db") as rows:
        rows.execute("DROP TABLE events")
        rows.execute("CREATE TABLE events (id INTEGER)")
    with pytest.raises(TalksUnreachable) as failed:
        await store.save(_with(turn("quokka marker")))
    assert "quokka" not in f"{failed.value!r}{failed.value.__cause__}"


def _with(events: list[Any]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("a", events)


async def test_the_file_of_rasas_own_store_goes_on(tmp_path: Path) -> None:
    before = SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "tracker.db"))
    tracker = await before.get_or_create_tracker("a")
    for event in turn("an iep", SlotSet("plan", "iep")):
        tracker.update(event)
    await before.save(tracker)
    store = TalkStore(f"sqlite:///{tmp_path / 'tracker.db'}", SECRET, DOMAIN)
    assert (await slots(store))["plan"] == "iep"
    store.close()
