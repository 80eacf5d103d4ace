from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.unanswered.store import DONE, NEW, Unanswered

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ABOUT = {
    "why": "no_answer", "near": ["ask_bus/late", "ask_bus"], "topic": "ask_bus", "point": "", "plan": "iep", "state": "TX",
}  # fmt: skip


@pytest.fixture
def store(tmp_path):
    return Unanswered(f"sqlite:///{tmp_path / 'talks.db'}", b"s" * 32)


def note(store, talk="t1", message="m1", text="my son Jayden has no bus, call 206-555-0142"):
    store.note(talk, message, ABOUT, "web", "model content", text, NOW)


def test_without_a_yes_a_row_counts_alone_and_no_word_is_in_the_file(store, tmp_path) -> None:
    note(store)
    [row] = store.rows()
    assert (row.text, row.near, row.plan, row.state) == (None, ("ask_bus/late", "ask_bus"), "iep", "TX")
    assert b"no bus" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_after_a_yes_words_are_kept_masked_and_encrypted(store, tmp_path) -> None:
    note(store)
    store.ask("t1", NOW)
    store.consent("t1", True, {"m1": "my son Jayden has no bus, call 206-555-0142"})
    note(store, message="m2", text="and who drives him")
    first, second = (row.text for row in store.rows())
    assert "no bus" in first
    assert not any(private in first for private in ("Jayden", "0142"))
    assert second == "and who drives him"
    assert b"no bus" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_no_keeps_nothing_and_is_asked_once(store) -> None:
    note(store)
    assert store.ask("t1", NOW)
    assert not store.ask("t1", NOW)
    store.consent("t1", False, {"m1": "words"})
    note(store, message="m2")
    assert [row.text for row in store.rows()] == [None, None]


def test_a_turn_that_is_answered_twice_is_one_row(store) -> None:
    note(store)
    note(store)
    assert len(store.rows()) == 1


def test_a_deleted_talk_leaves_nothing(store) -> None:
    note(store)
    store.ask("t1", NOW)
    store.forget("t1")
    assert store.rows() == []
    assert store.ask("t1", NOW), "it is unknown again"


def test_rows_end_after_thirty_days_and_settled_ones_are_left_out(store) -> None:
    note(store)
    [row] = store.rows()
    assert store.settle([row.number], DONE) == 1
    assert store.rows() == []
    assert len(store.rows((NEW, DONE))) == 1
    store.forget_older(NOW + timedelta(seconds=1))
    assert store.rows((NEW, DONE)) == []


def test_words_are_read_with_the_older_secret_while_it_rotates(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    old = Unanswered(url, b"o" * 32)
    note(old)
    old.ask("t1", NOW)
    old.consent("t1", True, {"m1": "no bus"})
    assert [row.text for row in Unanswered(url, (b"n" * 32, b"o" * 32)).rows()] == ["no bus"]
    assert [row.text for row in Unanswered(url, b"n" * 32).rows()] == [None], (
        "another secret reads nothing, and ends nothing"
    )
