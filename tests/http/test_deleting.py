"""What a parent wrote is gone when they say so, and personal data is read nowhere but in the advocate's list of calls."""

from __future__ import annotations

import itertools
import operator
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable

import httpx
import pytest

from tests.http.conftest import SECRET
from tests.http.world import Parent, Server, contents
from tests.waiting import eventually

NewParent = Callable[..., Parent]
FILES = ("talks.db*", "tracker.db*")


def in_files(server: Server, marker: str) -> bool:
    return any(marker.encode() in server.raw(pattern) for pattern in FILES)


def talk_a_little(parent: Parent) -> str:
    """Say something with a marker of its own; return the talk's id, which stands in every row."""
    parent.says("what is a 504 plan quokka")
    return parent.talk


@pytest.mark.parametrize("how", ["DELETE", "pressed"])
def test_every_row_of_a_talk_is_out_of_the_files_within_the_minute(
    server: Server, new_parent: NewParent, how: str
) -> None:
    parent, other = new_parent(), new_parent()
    talk = talk_a_little(parent)
    assert in_files(server, talk)
    if how == "DELETE":
        assert parent.http.delete("/v1/conversations").status_code == 204
    else:
        parent.deletes_in_words()
        assert "deleted" in parent.words()
    eventually(lambda: in_files(server, talk), operator.not_, seconds=60)
    assert talk not in server.log.read_text(errors="replace")
    assert other.says("what is an iep")


def test_somebody_who_reads_the_database_holds_up_no_deletion(server: Server, new_parent: NewParent) -> None:
    """A backup may read for minutes; the rows are gone at once, and the log of the database as soon as it lets go."""
    parent = new_parent()
    talk = talk_a_little(parent)
    readers = [
        sqlite3.connect(server.data / name, isolation_level=None)
        for name in ("talks.db", "tracker.db", "bookings.db")
    ]
    for reader in readers:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
    began = time.monotonic()
    try:
        assert parent.http.delete("/v1/conversations").status_code == 204
        assert time.monotonic() - began < 15
        assert httpx.get(f"{server.url}/health").status_code == 200
        assert parent.http.get("/v1/messages").status_code == 401
    finally:
        for reader in readers:
            reader.rollback()
            reader.close()
    eventually(lambda: in_files(server, talk), operator.not_, seconds=60)


def test_nobody_else_on_the_machine_reads_what_was_written(server: Server) -> None:
    assert not {
        path: mode for path in (server.data, *server.data.rglob("*")) if (mode := path.stat().st_mode & 0o077)
    }


STEPS = ("book a call", "Wren", "wren@steps.example.org", "#")


@pytest.mark.parametrize("steps", range(1, 5))
def test_it_is_deleted_in_the_middle_of_a_booking_too(server: Server, parent: Parent, steps: int) -> None:
    for said in STEPS[:steps]:
        parent.presses("") if said == "#" else parent.says(said)
    parent.says("delete what i wrote")
    parent.presses("Yes, delete it")  # where the form asks for a yes, this was one to the call
    assert "deleted" in parent.words()
    assert "booked:" not in parent.words() and "first name" not in parent.words()
    assert parent.send(text="hello").status_code == 401


@pytest.mark.parametrize("words", ["forget everything i told you", "please delete all my messages"])
@pytest.mark.parametrize("steps", [0, 4])
def test_typed_words_and_a_typed_yes_delete_too(
    server: Server, parent: Parent, steps: int, words: str
) -> None:
    for said in STEPS[:steps]:
        parent.presses("") if said == "#" else parent.says(said)
    parent.says(words)
    assert "Shall I delete everything" in parent.words()
    parent.says("yes")
    assert "deleted" in parent.words()
    assert "booked:" not in parent.words()
    assert parent.send(text="hello").status_code == 401


def test_a_typed_no_keeps_it_and_the_booking_goes_on(parent: Parent) -> None:
    for said in STEPS[:2]:
        parent.says(said)
    parent.says("forget everything i told you")
    parent.says("no")
    assert "nothing was deleted" in parent.words()
    assert "email" in parent.words(), "the form that waited asks again"
    assert len(parent.http.get("/v1/messages").json()["messages"]) > 3


def test_no_deletes_nothing(parent: Parent) -> None:
    parent.says("delete what i wrote")
    parent.presses("No, keep it")
    assert len(parent.http.get("/v1/messages").json()["messages"]) > 3


def test_a_booked_call_outlives_its_talk(server: Server, parent: Parent) -> None:
    for said in ("book a call", "Tamsin", "tamsin@example.org"):
        parent.says(said)
    parent.presses("")
    parent.presses("Yes")
    assert "booked" in parent.words()
    assert parent.http.delete("/v1/conversations").status_code == 204
    assert "tamsin@example.org" in listed(server)


FIRST = "Anneliese Bartholomew Clementine Desdemona Eberhard Florentina Guinevere Hyacinth Ignatius Jocasta Kasimir Leocadia Melchior Nicodemus Ottoline Percival Quillon Rosamund Silvester Theodora".split()  # fmt: skip
SAID = (
    "My name is {name} and my son {child} has an iep",
    "my daughter {child}, born {date}, has dyslexia, does she get a 504",
    "we live at {street} and {child}'s teacher ignores the plan. my ssn is {ssn}",
    "what is an iep, his name is {child} and the school has my number {phone}",
)


def listed(server: Server) -> str:
    """Return what the advocate's own list says: `make bookings`."""
    shown = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "assistant.booking", "list"],
        env=os.environ | {"WHICHPLAN_DATA": str(server.data), "WHICHPLAN_SECRET": SECRET},
        capture_output=True,
        text=True,
        check=True,
    )
    return shown.stdout


def readable(server: Server, pieces: list[str]) -> dict[str, list[str]]:
    """Return where each piece stands."""
    files = [path for path in server.data.rglob("*") if path.is_file()]
    bytes_of = {path.name: contents(path).lower() for path in [*files, server.log]}
    found = {
        piece: [name for name, kept in bytes_of.items() if piece.lower().encode() in kept] for piece in pieces
    }
    return {piece: names for piece, names in found.items() if names}


def test_sixty_planted_pieces_are_nowhere_but_in_the_advocates_list(
    server: Server, new_parent: NewParent
) -> None:
    planted: list[str] = []
    booked: list[str] = []
    for number, name in enumerate(FIRST):
        child = FIRST[(number + 7) % len(FIRST)]
        pieces = {
            "name": name, "child": child, "date": f"{1 + number % 12}/{11 + number % 15}/2015", "street": f"{4100 + number} Zebulon Street",
            "ssn": f"{517 + number}-{21 + number}-{6100 + number}", "phone": f"(206) 555-01{number:02}",
        }  # fmt: skip
        address = f"{name.lower()}@mail{number}.example.org"
        parent = new_parent()
        opening = next(itertools.islice(itertools.cycle(SAID), number, None))
        for said in (opening.format(**pieces), "book a call", name, address):
            parent.says(said)
        assert parent.replies[-1]["buttons"], (
            opening,
            name,
            [m["text"][:150] for m in parent.http.get("/v1/messages").json()["messages"]],
        )
        parent.presses("")
        parent.presses("Yes")
        assert "booked" in parent.words(), parent.words()
        parent.says("thank you so much")
        booked += [name, address]
        planted += [
            name,
            address,
            *(pieces[key] for key in ("child", "date", "street", "ssn", "phone") if f"{{{key}}}" in opening),
        ]
    assert len(planted) >= 60
    eventually(lambda: readable(server, planted), operator.not_, seconds=60, every=1)
    figures = server.figures()
    assert not [piece for piece in planted if piece in figures]
    shown = listed(server)
    assert all(piece in shown for piece in booked)
