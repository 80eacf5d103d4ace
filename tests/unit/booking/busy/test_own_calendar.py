"""What the advocate's own calendar says about our calls, and what she and the parent get for theirs."""

from __future__ import annotations

import base64
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar

from assistant.booking import Booked, Booking, Consultation, Contact, Held, load_consultation
from assistant.booking.busy.own_calendar import BusyTimes
from assistant.booking.calls.call import Call
from assistant.booking.openings import Period
from assistant.booking.sent.invitation import calendar_entry
from assistant.settings import Settings
from tests.booking_world import CONTENT, SEATTLE, Clock, deliver

WREN = Contact("Wren Park", "wren@example.org", "+12063428123")


@contextmanager
def served(text: list[str]) -> Iterator[tuple[str, list[str | None]]]:
    """Serve what the list holds, and note who asks with which proof."""
    asked: list[str | None] = []

    class Serves(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["Authorization"])
            body = text[0].encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Serves)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}/a%20b.ics?key=1", asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def feed() -> list[str]:
    return ["BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"]


@pytest.fixture
def watched(tmp_path: Path, clock: Clock, feed: list[str]) -> Iterator[Booking]:
    """A desk whose advocate has a calendar."""
    path = tmp_path / "consultation.yml"
    path.write_text(CONTENT.replace("    zone: America", "    feed: FEED\n    zone: America"))
    with served(feed) as (address, _):
        about = load_consultation(path, {"FEED": f"http://{address}"})
        desk = Booking.open(about, Settings(data=tmp_path / "var", secret=b"s" * 32), clock=clock)
        yield desk
        desk.close()


async def booked(desk: Booking, reason: str = "") -> Call:
    held = await desk.hold((await desk.openings(SEATTLE))[0], "talk")
    assert isinstance(held, Held)
    done = await desk.confirm(held, WREN, conversation="talk", zone=SEATTLE, key="1", reason=reason)
    assert isinstance(done, Booked)
    return done.call


def dragged(call: Call, consultation: Consultation, by: timedelta, sequence: int) -> str:
    """Return the calendar after the advocate moved the call's entry in it."""
    entry = Calendar.from_ical(calendar_entry(call, consultation, call.start))
    (event,) = entry.walk("VEVENT")
    for name in ("DTSTART", "DTEND"):
        event[name].dt += by
    event["SEQUENCE"] = sequence
    return str(entry.to_ical().decode())


@pytest.mark.parametrize("sequence", [0, 3])
async def test_a_call_that_the_advocate_moved_herself_takes_its_new_time(
    watched: Booking, feed: list[str], clock: Clock, caplog: pytest.LogCaptureFixture, sequence: int
) -> None:
    call = await booked(watched)
    later = timedelta(hours=2)
    assert call.start + later in {one.start for one in await watched.openings(SEATTLE, limit=99)}
    feed[0] = dragged(call, watched.consultation, later, sequence)
    for _ in range(2):
        clock.forward(minutes=3)
        assert call.start + later not in {one.start for one in await watched.openings(SEATTLE, limit=99)}
    (told,) = [
        record.getMessage() for record in caplog.records if "the parent does not know" in record.getMessage()
    ]
    assert call.id[:8] in told


async def test_an_entry_that_our_own_change_has_not_reached_takes_no_time(
    watched: Booking, feed: list[str], clock: Clock
) -> None:
    call = await booked(watched)
    before = call.start
    feed[0] = dragged(call, watched.consultation, timedelta(), 0)
    moved = await watched.move(call.id, (await watched.openings(SEATTLE, limit=9))[6], conversation="talk")
    assert isinstance(moved, Booked)
    clock.forward(minutes=3)
    assert before in {one.start for one in await watched.openings(SEATTLE, limit=99)}
    await watched.cancel(call.id, conversation="talk")
    feed[0] = dragged(moved.call, watched.consultation, timedelta(), 9)
    clock.forward(minutes=3)
    assert moved.call.start in {one.start for one in await watched.openings(SEATTLE, limit=99)}


@pytest.mark.parametrize("name", ["pat", "pat%40example.org"])
async def test_an_address_with_user_and_password_in_it_is_read(
    consultation: Consultation, clock: Clock, feed: list[str], name: str
) -> None:
    with served(feed) as (address, asked):
        (advocate,) = consultation.advocates
        times = BusyTimes(replace(advocate, feed_url=f"http://{name}:pass%3Aword@{address}"))
        assert await times.between(Period(clock.now, clock.now + timedelta(days=1)), clock.now) == ()
    proof = f"{name.replace('%40', '@')}:pass:word".encode()
    assert asked == [f"Basic {base64.b64encode(proof).decode()}"]


def mails(folder: Path) -> dict[str, EmailMessage]:
    found = (message_from_bytes(path.read_bytes(), policy=default) for path in folder.glob("*.eml"))
    return {str(mail["To"].addresses[0].addr_spec): mail for mail in found}  # type: ignore[misc]


def event_of(mail: EmailMessage) -> str:
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    (event,) = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    return f"{event['SUMMARY']}\n{event['DESCRIPTION']}"


async def test_the_advocates_invitation_says_who_calls_on_which_number_and_why(
    desk: Booking, tmp_path: Path
) -> None:
    await booked(desk, reason="the plan is not followed")
    await deliver(desk)
    sent = mails(tmp_path / "var" / "outbox")
    told = event_of(sent["ann@example.org"])
    assert all(
        one in told for one in ("Wren Park", "wren@example.org", "342-8123", "the plan is not followed")
    )
    assert "the plan is not followed" not in event_of(sent["wren@example.org"])


async def test_an_answer_to_the_advocates_mail_goes_to_the_parent_and_theirs_to_the_organisation(
    desk: Booking, tmp_path: Path
) -> None:
    call = await booked(desk)
    await desk.request_code("wren@example.org", "other talk")
    await deliver(desk)
    folder = tmp_path / "var" / "outbox"
    told = {
        (str(mail["To"].addresses[0].addr_spec), str(mail["Reply-To"].addresses[0].addr_spec))
        for path in folder.glob("*.eml")
        for mail in [message_from_bytes(path.read_bytes(), policy=default)]
        if mail["Message-ID"].endswith("@example.org>")  # of the sender's domain, as filters expect
    }
    assert told == {("ann@example.org", "wren@example.org"), ("wren@example.org", "office@example.org")}
    assert len(list(folder.glob("*.eml"))) == 3 and call.email


async def test_a_parent_without_an_email_gets_no_answer_by_mail(desk: Booking, tmp_path: Path) -> None:
    held = await desk.hold((await desk.openings(SEATTLE))[0], "talk")
    assert isinstance(held, Held)
    person = Contact("Wren Park", None, "+12063428123")
    await desk.confirm(held, person, conversation="talk", zone=SEATTLE, key="1")
    await deliver(desk)
    (mail,) = mails(tmp_path / "var" / "outbox").values()
    assert mail["Reply-To"] is None
    assert "342-8123" in event_of(mail) and "Wren Park" in event_of(mail)


async def test_a_file_to_download_is_an_entry_that_asks_nobody_to_answer(desk: Booking) -> None:
    call = await booked(desk)
    file = (await desk.invitation_ics(call.id) or b"").decode()
    assert "METHOD:PUBLISH" in file and "ORGANIZER" in file and "ATTENDEE" not in file
    assert f"UID:{call.id}@" in file  # the invitation by e-mail is the same entry
    assert "ORGANIZER" not in calendar_entry(call, desk.consultation, call.start).decode()
