"""Rows of a talk: sealed where words may be, read again with each secret that counts, and in clear as an earlier version left them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.store.tracker.sealed_rows import WITHOUT_WORDS, CannotOpen, SealedRows

OLD, NEW = b"the secret of before, as long as needed", b"the secret of today, as long as needed."
SAID = {
    "event": "user",
    "text": "Xochitl",
    "timestamp": 1.5,
    "parse_data": {"intent": {"name": "ask_cost"}},
}


def test_a_row_names_what_is_ours_and_seals_the_rest() -> None:
    row = SealedRows(NEW).row("a", SAID)
    assert {name: row[name] for name in ("sender_id", "type_name", "timestamp", "intent_name")} == {
        "sender_id": "a", "type_name": "user", "timestamp": 1.5, "intent_name": "ask_cost",
    }  # fmt: skip
    assert "Xochitl" not in json.dumps(row)
    assert SealedRows(NEW).event(row["data"]) == SAID


def test_the_same_words_look_different_each_time() -> None:
    rows = SealedRows(NEW)
    assert rows.data(SAID) != rows.data(SAID)


@pytest.mark.parametrize("kind", ["user", "bot", "slot", "user_featurization", "followup", "of a later Rasa"])
def test_whatever_may_hold_words_is_sealed(kind: str) -> None:
    assert "Xochitl" not in SealedRows(NEW).data({"event": kind, "value": "Xochitl"})


def test_what_stays_in_clear_holds_no_text() -> None:
    assert not WITHOUT_WORDS & {"user", "bot", "slot"}
    assert json.loads(SealedRows(NEW).data({"event": "action", "name": "action_listen"}))


@pytest.mark.parametrize("secrets", [NEW, (NEW, OLD)])
def test_a_row_in_clear_is_read(secrets: Any) -> None:
    assert SealedRows(secrets).event(json.dumps(SAID)) == SAID


def test_an_older_secret_reads_and_does_not_write() -> None:
    both = SealedRows((NEW, OLD))
    assert both.event(SealedRows(OLD).data(SAID)) == SAID
    with pytest.raises(CannotOpen):
        SealedRows(OLD).event(both.data(SAID))


@pytest.mark.parametrize(
    "data",
    ["", "x", "{", '["a"', "ä", SealedRows(OLD).data(SAID), SealedRows(NEW).data(SAID)[:-4]],
    ids=[
        "empty",
        "letter",
        "brace",
        "list",
        "umlaut",
        "another secret",
        "cut short",
    ],  # what is sealed differs each time
)
def test_what_cannot_be_opened_is_a_sentence(data: str) -> None:
    with pytest.raises(CannotOpen, match="WHICHPLAN_SECRET_OLD"):
        SealedRows(NEW).event(data)
