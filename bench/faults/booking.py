"""The mail server and the advocate's calendar, down and back, while calls are booked."""

from __future__ import annotations

import time
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
        for said in CONTACT:
            _say(seen, parent, said)
        parent.presses("")
        parent.presses("Yes")
        seen.sent, seen.answered = seen.sent + 2, seen.answered + 2
        if "booked" not in parent.words():
            seen.add("lost", parent.words())
        time.sleep(BROKEN_SECONDS)
        seen.health = "ok"
        letters.start()
        began = time.monotonic()
        while len(letters.taken) < 2 and time.monotonic() - began < WAIT_SECONDS:
            time.sleep(0.1)
        seen.back = time.monotonic() - began
        time.sleep(3)
        seen.lost += max(0, 2 - len(letters.taken))
        seen.doubled += max(0, len(letters.taken) - 2)
        seen.note = f"{len(letters.taken)} letters arrived"
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
        booking = Parent(server)
        for said in CONTACT:
            _say(seen, booking, said)
        dav.stop()
        booking.presses("")
        booking.presses("Yes")
        seen.sent, seen.answered = seen.sent + 2, seen.answered + 2
        if "booked" not in booking.words():
            seen.add("lost", booking.words())
        time.sleep(BROKEN_SECONDS)
        dav.start()
        began = time.monotonic()
        while not dav.events() and time.monotonic() - began < WAIT_SECONDS:
            time.sleep(0.1)
        seen.back = time.monotonic() - began
        time.sleep(3)
        seen.lost += max(0, 1 - len(dav.events()))
        seen.doubled += max(0, len(dav.events()) - 1)
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
        for said in CONTACT:
            _say(seen, parent, said)
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


def _say(seen: Seen, parent: Parent, said: str) -> None:
    began = time.monotonic()
    parent.says(said)
    seen.count("told" if "error" in parent.outcomes() else "answered", time.monotonic() - began)
