"""A database goes away under a running server: what a parent reads, that nothing is lost, and that it goes on without a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from bench.faults.parts import cut_short, deleted, locked, moved_away
from tests.http.conftest import SECRET
from tests.http.world import Parent, Server

QUESTION = "what is a 504 plan"
DANGER = "my son says he wants to kill himself"


@pytest.fixture(scope="module")
def breaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("breaks") / "data", WHICHPLAN_SECRET=SECRET)
    yield running
    running.stop()


def told(parent: Parent, text: str, id: str) -> tuple[int, list[str]]:
    """Send a message; return the status and what came of it."""
    answered = parent.send(id=id, text=text)
    said = answered.json()
    assert said.get("replies") or said["error"]["message"], "never nothing"
    return answered.status_code, [reply["outcome"] for reply in said.get("replies", ())]


def transcript(parent: Parent) -> list[str]:
    return [one["text"] for one in parent.http.get("/v1/messages").json()["messages"]]


@pytest.mark.parametrize("name", ["tracker.db", "talks.db"])
def test_a_deleted_file_costs_nobody_a_word(breaking: Server, name: str) -> None:
    parent = Parent(breaking)
    parent.says(QUESTION)
    before = transcript(parent)
    with deleted(breaking.data / name):
        assert parent.says("and what does it cost")
    assert transcript(parent)[: len(before)] == before
    assert len(transcript(parent)) > len(before) + 1
    assert (breaking.data / name).stat().st_size > 0, "a restart finds it"
    assert httpx.get(f"{breaking.url}/health").status_code == 200
    log = breaking.log.read_text()
    assert f"{name} was deleted while it was in use; it was written again" in log


def test_a_locked_tracker_is_said_and_goes_on_when_it_is_free(breaking: Server) -> None:
    goes_on_after(breaking, locked, told_so=True)


def test_a_tracker_that_was_cut_short_goes_on_when_a_backup_is_in_its_place(breaking: Server) -> None:
    """Meanwhile a turn may still be played from what SQLite keeps in memory."""
    goes_on_after(breaking, cut_short, told_so=False)


def goes_on_after(
    server: Server, fault: Callable[[Path], AbstractContextManager[None]], told_so: bool
) -> None:
    """Break the tracker's database under a talk, and see that danger is heard meanwhile and the message is answered afterwards, once."""
    parent, other, asked = Parent(server), Parent(server), "how long does it take"
    parent.says(QUESTION)
    with fault(server.data / "tracker.db"):
        status, outcomes = told(parent, asked, "message-1")
        assert (status == 503 or outcomes == ["error"]) or not told_so, (status, outcomes)
        assert told(other, DANGER, "message-1")[1] == ["crisis"]
    status, outcomes = told(parent, asked, "message-1")
    assert status == 200 and "error" not in outcomes, "sent again it is answered"
    assert transcript(parent).count(asked) == 1
    parent.says("and what does it cost")


def test_without_the_calls_questions_are_answered_and_a_booking_says_how_to_reach_somebody(
    breaking: Server,
) -> None:
    parent = Parent(breaking)
    with moved_away(breaking.data / "bookings.db"):
        assert "error" not in told(parent, QUESTION, "message-1")[1]
        for said in ("book a call", "Wren", "wren@example.org"):
            parent.says(said)
        assert "@" in parent.words() and "booked" not in parent.words(), parent.words()
    parent.says("book a call")
    while not any(reply["buttons"] for reply in parent.replies):
        parent.says("Wren" if "name" in parent.words() else "wren@example.org")
    parent.presses("")
    parent.presses("Yes")
    assert "booked" in parent.words(), parent.words()
