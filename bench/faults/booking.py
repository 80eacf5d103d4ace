"""The mail server and the advocate's calendar, down and back, while calls are booked."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from bench.faults.seen import Seen
from tests.http.world import Parent, Server
from tests.unit.booking.servers import CalendarServer, MailServer

BROKEN_SECONDS = 4.0
WAIT_SECONDS = 60.0
CONTACT = ("book a call", "Wren", "wren@example.org")


def mail(folder: Path) -> Seen:
    """Book while the mail server is down; the letters have to leave once it is back."""
    seen, letters = Seen("mail server down while a call is booked"), MailServer()
    server = Server(folder / "mail", WHICHPLAN_SMTP_URL=letters.url)
    try:
        parent = Parent(server)
        _begin(seen, parent)
        _book(seen, parent)
        time.sleep(BROKEN_SECONDS)
        letters.start()
        _wait(seen, lambda: len(letters.taken), 2)
        seen.health, seen.note = "ok", f"{len(letters.taken)} letters arrived"
    finally:
        server.stop()
        letters.stop()
    return seen


def calendar(folder: Path) -> Seen:
    """Ask for times and book while the calendar is down; the call has to be in it once it is back."""
    seen, dav = Seen("advocate's calendar down"), CalendarServer(folder / "radicale")
    dav.start()
    server = Server(folder / "calendar", WHICHPLAN_CALDAV_FOUNDER=dav.url)
    try:
        parent = Parent(server)
        _begin(seen, parent)
        dav.stop()
        _book(seen, parent)
        time.sleep(BROKEN_SECONDS)
        dav.start()
        _wait(seen, lambda: len(dav.events()), 1)
        seen.health, seen.note = "ok", "the call booked meanwhile stands in it"
    finally:
        server.stop()
        dav.stop()
    return seen


def unseen_calendar(folder: Path) -> Seen:
    """Ask for times while the calendar was never seen; once it is there, the same parent gets times."""
    seen, dav = Seen("advocate's calendar down from the start"), CalendarServer(folder / "radicale-2")
    server = Server(folder / "calendar-2", WHICHPLAN_CALDAV_FOUNDER=dav.url)
    try:
        parent = Parent(server)
        _begin(seen, parent)
        if not seen.told:
            seen.add("silent", parent.words())
        seen.danger = Parent(server).says("my son wants to kill himself")[0]["outcome"]
        time.sleep(BROKEN_SECONDS)
        dav.start()
        began = time.monotonic()
        while time.monotonic() - began < WAIT_SECONDS:
            _say(seen, parent, "book a call")
            if any(button["title"] for reply in parent.replies for button in reply["buttons"]) and (
                "error" not in parent.outcomes()
            ):
                break
            time.sleep(1)
        seen.back = time.monotonic() - began
        seen.health = "ok"
    finally:
        server.stop()
        dav.stop()
    return seen


def _begin(seen: Seen, parent: Parent) -> None:
    """Ask for a call and tell whom it is for: the times follow."""
    for said in CONTACT:
        _say(seen, parent, said)


def _book(seen: Seen, parent: Parent) -> None:
    """Take the first time and say yes; a call that is not booked is lost."""
    parent.presses("")
    parent.presses("Yes")
    seen.sent, seen.answered = seen.sent + 2, seen.answered + 2
    if "booked" not in parent.words():
        seen.add("lost", parent.words())


def _wait(seen: Seen, arrived: Callable[[], int], wanted: int) -> None:
    """Wait until all of it has arrived, and three seconds more for what comes twice; note how long it took."""
    began = time.monotonic()
    while arrived() < wanted and time.monotonic() - began < WAIT_SECONDS:
        time.sleep(0.1)
    seen.back = time.monotonic() - began
    time.sleep(3)
    seen.lost += max(0, wanted - arrived())
    seen.doubled += max(0, arrived() - wanted)


def _say(seen: Seen, parent: Parent, said: str) -> None:
    began = time.monotonic()
    parent.says(said)
    seen.count("told" if "error" in parent.outcomes() else "answered", time.monotonic() - began)
