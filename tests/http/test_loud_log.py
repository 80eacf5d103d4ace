"""Talks and bookings with every logger at its loudest, errors among them: no line holds a name, an address or a parent's words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.conftest import SECRET
from tests.http.test_words_at_rest import PLANTED, TALK
from tests.http.world import Parent, Server

FIRST = ("Gwendrith", "Ysolde", "Thaddine", "Ombeline")
WHO = [(f"{name} Klamathine", f"{name.lower()}@plum.example.org", f"206-555-01{at:02}") for at, name in enumerate(FIRST)]  # fmt: skip
REASON = "klamathine bullies saoirse at wapato, call {}"


@pytest.fixture(scope="module")
def loud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(
        tmp_path_factory.mktemp("loud") / "data",
        module="tests.http.loud_server",
        WHICHPLAN_SECRET=SECRET,
    )
    yield running
    running.stop()


def books(server: Server, name: str, email: str, phone: str) -> list[str]:
    """Play a talk and a booking; return what was typed."""
    parent = Parent(server)
    typed = [TALK[0], TALK[3], TALK[4], "book a call", name, email]
    for said in typed:
        parent.says(said)
    parent.presses("")
    parent.says(REASON.format(phone))
    parent.presses("Yes")
    assert "booked" in parent.words(), parent.words()
    return [*typed, REASON.format(phone)]


def found_in(log: Path, typed: list[str]) -> list[str]:
    """Return which names, addresses and typed words stand in a log: three words in a row are a parent's."""
    text = " ".join(log.read_text(errors="replace").lower().split())
    words = [" ".join(said.lower().split()[:3]) for said in typed if len(said.split()) > 2]
    personal = [piece for who in WHO for piece in (*who, re.sub(r"\D", "", who[2]))]
    return [one for one in (*PLANTED, *words, *(piece.lower() for piece in personal)) if one in text]


def test_no_line_holds_a_word(loud: Server) -> None:
    typed = [said for who in WHO for said in books(loud, *who)]
    with sqlite3.connect(loud.data / "tracker.db", isolation_level=None) as rows:
        rows.execute("BEGIN IMMEDIATE")  # turns that end in errors
        parent = Parent(loud)
        said = "saoirse was sent home from wapato elementary again"
        assert parent.send(text=said).status_code in (200, 503)
        rows.execute("ROLLBACK")
    assert found_in(loud.log, [*typed, said]) == []
    lines = loud.log.read_text(errors="replace")
    assert "Which Plan is ready" in lines
    assert "database" in lines, "the error of the locked database is named"
