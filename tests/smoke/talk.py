"""One parent's talk over HTTP, booking included: `python -m tests.smoke.talk http://127.0.0.1:8080 var`."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import httpx
from icalendar import Calendar


class Parent:
    """Someone who talks with a running assistant over version 1 of the HTTP contract."""

    def __init__(self, server: str) -> None:
        self._http = httpx.Client(base_url=server, timeout=30)
        opened = self._http.post("/v1/conversations", json={"timezone": "America/Chicago"})
        assert opened.status_code == 201, opened.text
        self.replies: list[dict[str, Any]] = opened.json()["replies"]
        self._http.headers["Authorization"] = f"Bearer {opened.json()['token']}"

    def says(self, text: str) -> list[dict[str, Any]]:
        return self._send(text=text)

    def presses(self, place: int) -> list[dict[str, Any]]:
        """Press a button of the last replies, counted over all of them from 0."""
        buttons = [button for reply in self.replies for button in reply["buttons"]]
        return self._send(choice=buttons[place]["choice"])

    def _send(self, **said: str) -> list[dict[str, Any]]:
        answered = self._http.post("/v1/messages", json={"id": str(uuid.uuid4()), **said})
        assert answered.status_code == 200, answered.text
        self.replies = answered.json()["replies"]
        assert self.replies, f"silence after {said}"
        return self.replies

    def fetches(self, path: str) -> httpx.Response:
        return self._http.get(path)


def answered(replies: list[dict[str, Any]], intents: set[str], plan: str, *words: str) -> None:
    """Check that a reply answers one of `intents` for `plan`, cites a source and says one of `words`."""
    fitting = [reply for reply in replies if reply["answer"] and reply["answer"]["intent"] in intents]
    assert fitting, f"none of {intents} is answered by {replies}"
    reply = fitting[0]
    assert reply["answer"]["plan"] == plan, reply["answer"]
    assert reply["sources"], f"no source: {reply['text']}"
    assert not words or any(word in reply["text"].lower() for word in words), reply["text"]


def exported(data: Path) -> str:
    """Return all calls as `make bookings ARGS="export --csv -"` prints them."""
    done = subprocess.run(  # our own command
        [sys.executable, "-W", "ignore", "-m", "assistant.booking", "export", "--csv", "-"],
        env=os.environ | {"WHICHPLAN_DATA": str(data)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def hold(server: str, data: Path) -> None:
    """Hold the talk; every step is checked."""
    parent = Parent(server)
    assert "504" in parent.replies[0]["text"]
    assert parent.says("hi")[0]["outcome"] == "asked"
    answered(
        parent.says("whats the difference between a 504 and an iep"),
        {"ask_difference"},
        "either",
        "civil rights",
    )
    answered(
        parent.says("which one is better for adhd"),
        {"ask_which_plan", "ask_condition_qualifies"},
        "either",
        "504",
    )
    whom = {"ask_who_to_contact", "ask_not_followed"}
    replies = parent.says("my son has a 504 and his teacher isnt following it")
    answered(replies, whom, "504", "principal")
    answered(parent.says("and if it was an iep?"), whom, "iep", "case manager", "program specialist")
    answered(
        parent.says("he has nothing yet, where do we start"),
        {"ask_get_started", "ask_sst_meeting"}, "either", "student study team", "evaluate",
    )  # fmt: skip
    assert parent.says("can i talk to someone")[-1]["outcome"] == "booking"
    parent.says("Dana")
    offered = parent.says("dana.smoke@example.org")
    assert offered[-1]["buttons"], offered
    parent.presses(0)
    booked = parent.says("yes")[-1]
    assert booked["outcome"] == "booking" and "booked" in booked["text"], booked
    invitation = parent.fetches(booked["card"]["ics"])
    assert invitation.status_code == 200, invitation.text
    event = Calendar.from_ical(invitation.content).walk("VEVENT")[0]
    assert "dana.smoke@example.org" in exported(data)
    assert b"dana.smoke" not in (data / "bookings.db").read_bytes(), "who booked is sealed at rest"
    sys.stdout.write(
        f"The talk went well: a call on {event['DTSTART'].dt:%Y-%m-%d %H:%M %Z} is in the database.\n"
    )


if __name__ == "__main__":
    hold(sys.argv[1], Path(sys.argv[2]))
