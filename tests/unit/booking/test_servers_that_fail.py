"""Mail server and calendar down, slow, refusing, and back again: nothing is lost, nothing is sent twice."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from assistant.booking import Booking, Consultation, load_consultation
from assistant.booking.busy import feed
from assistant.booking.busy import own_calendar as busy
from assistant.booking.busy.own_calendar import BusyTimes, CalendarUnreachable
from assistant.booking.openings import Period
from assistant.booking.sent import calendar, mail
from assistant.booking.sent.outbox import MOST_TRIES
from assistant.settings import Settings
from tests.booking_world import SEATTLE, Clock, book, deliver
from tests.unit.booking.servers import (
    CalendarServer,
    MailServer,
    feed_server,
    object_server,
    refusing_web_server,
    silent_server,
)

DAY = timedelta(days=1)


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarServer]:
    server = CalendarServer(tmp_path_factory.mktemp("radicale"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def calendar_server(radicale: CalendarServer) -> CalendarServer:
    """The CalDAV server, running and with an empty calendar."""
    radicale.stop()
    for event in radicale.folder.rglob("*.ics"):
        event.unlink()
    radicale.start()
    return radicale


@pytest.fixture
def mailing(
    consultation: Consultation, settings: Settings, clock: Clock, mail_server: MailServer
) -> Iterator[Booking]:
    desk = Booking.open(consultation, replace(settings, smtp_url=mail_server.url), clock=clock)
    yield desk
    desk.close()


def once_each(server: MailServer) -> list[str]:
    ids = Counter(str(one["Message-ID"]) for one in server.taken)
    assert set(ids.values()) <= {1}, "a mail was sent twice"
    return sorted(str(one["To"].addresses[0].addr_spec) for one in server.taken)


async def test_mails_wait_for_a_server_that_is_down(
    mailing: Booking, mail_server: MailServer, clock: Clock
) -> None:
    await book(mailing)
    await deliver(mailing)
    clock.forward(minutes=1)
    await deliver(mailing)
    mail_server.start()
    clock.forward(minutes=5)
    await deliver(mailing)
    assert once_each(mail_server) == ["ann@example.org", "dana@example.org"]


@pytest.mark.parametrize("answer", ["451 try again later", "554 no"])
async def test_mails_wait_for_a_server_that_refuses(
    mailing: Booking, mail_server: MailServer, clock: Clock, answer: str
) -> None:
    mail_server.refuses = answer
    mail_server.start()
    await book(mailing)
    await deliver(mailing)
    mail_server.refuses = ""
    clock.forward(minutes=5)
    await deliver(mailing)
    assert once_each(mail_server) == ["ann@example.org", "dana@example.org"]


async def test_a_slow_server_gets_each_mail_once_and_holds_nobody_up(
    mailing: Booking, mail_server: MailServer
) -> None:
    mail_server.waits = 0.5
    mail_server.start()
    await book(mailing)
    sending = asyncio.create_task(deliver(mailing))
    began = asyncio.get_running_loop().time()
    await mailing.openings(SEATTLE)
    assert asyncio.get_running_loop().time() - began < 0.5
    await sending
    assert once_each(mail_server) == ["ann@example.org", "dana@example.org"]


async def test_a_server_that_never_answers_is_given_up_and_tried_again(
    mailing: Booking, mail_server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "CONNECT_SECONDS", 0.3)
    with silent_server() as address:
        port = mailing.worker._delivery._mailer._port  # type: ignore[attr-defined]
        mailing.worker._delivery._mailer._port = urlsplit(address).port  # type: ignore[attr-defined]
        await book(mailing)
        await deliver(mailing)
    mailing.worker._delivery._mailer._port = port  # type: ignore[attr-defined]
    mail_server.start()
    clock.forward(minutes=5)
    await deliver(mailing)
    assert once_each(mail_server) == ["ann@example.org", "dana@example.org"]


async def test_after_a_day_a_mail_is_a_dead_letter_that_can_be_sent_again(
    mailing: Booking, mail_server: MailServer, clock: Clock
) -> None:
    await book(mailing)
    for _ in range(MOST_TRIES):
        await deliver(mailing)
        clock.forward(hours=2)
    letters = await mailing.worker.dead_letters()
    assert [one.kind for one in letters if one.payload["mail"] == "booked"] == ["mail", "mail"]
    assert all(one.error and "dana" not in one.error for one in letters)
    mail_server.start()
    assert await mailing.worker.revive() == len(letters)
    await deliver(mailing)
    assert set(once_each(mail_server)) == {"ann@example.org", "dana@example.org"}


async def test_two_workers_send_each_mail_once(
    mailing: Booking, mail_server: MailServer, consultation: Consultation, settings: Settings, clock: Clock
) -> None:
    mail_server.start()
    other = Booking.open(consultation, replace(settings, smtp_url=mail_server.url), clock=clock)
    for number in range(3):
        await book(mailing, f"talk {number}", place=number)
    await asyncio.gather(*(deliver(one) for one in (mailing, other, mailing, other)))
    assert len(once_each(mail_server)) == 6
    other.close()


async def test_the_invitation_is_one_that_calendars_understand(
    mailing: Booking, mail_server: MailServer
) -> None:
    mail_server.start()
    call = await book(mailing)
    await deliver(mailing)
    (message,) = [one for one in mail_server.taken if "dana" in str(one["To"])]
    (part,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    event = Calendar.from_ical(part.get_content()).walk("VEVENT")[0]
    assert event["UID"] == f"{call.id}@calls.whichplan" and event["SEQUENCE"] == 0
    assert "/call/move/" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


# Calendars


@pytest.fixture
def with_calendar(
    content: Callable[..., Path],
    settings: Settings,
    clock: Clock,
    calendar_server: CalendarServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Booking]:
    monkeypatch.setattr(calendar, "SECONDS", 2)
    path = content(("    hours:", "    caldav: ANN\n    hours:"))
    desk = Booking.open(load_consultation(path, {"ANN": calendar_server.url}), settings, clock=clock)
    yield desk
    desk.close()


def starts(calendar_server: CalendarServer) -> list[str]:
    return sorted(
        line
        for event in calendar_server.events()
        for line in event.splitlines()
        if line.startswith("DTSTART")
    )


async def test_a_call_is_written_moved_and_taken_out_of_the_calendar(
    with_calendar: Booking, calendar_server: CalendarServer
) -> None:
    call = await book(with_calendar)
    await deliver(with_calendar)
    assert "DTSTART;TZID=America/Los_Angeles:20261124T090000" in starts(calendar_server)[-1]
    await with_calendar.move(call.id, (await with_calendar.openings(SEATTLE))[1], conversation="talk")
    await deliver(with_calendar)
    (event,) = calendar_server.events()
    assert "20261124T100000" in event and "SEQUENCE:1" in event
    await with_calendar.cancel(call.id, conversation="talk")
    await deliver(with_calendar)
    assert calendar_server.events() == []


async def test_a_calendar_that_was_down_is_right_afterwards(
    with_calendar: Booking, calendar_server: CalendarServer, clock: Clock
) -> None:
    await with_calendar.openings(SEATTLE)
    calendar_server.stop()
    call = await book(with_calendar)
    await deliver(with_calendar)
    await with_calendar.move(call.id, (await with_calendar.openings(SEATTLE))[2], conversation="talk")
    await deliver(with_calendar)
    calendar_server.start()
    clock.forward(minutes=10)
    await deliver(with_calendar)
    (event,) = calendar_server.events()
    assert "SEQUENCE:1" in event


async def test_busy_times_are_no_openings(with_calendar: Booking, calendar_server: CalendarServer) -> None:
    calendar_server.put("dentist", "DTSTART:20261124T170000Z\r\nDTEND:20261124T190000Z")
    calendar_server.put(
        "weekly",
        "DTSTART;TZID=America/Los_Angeles:20261104T090000\r\nDTEND;TZID=America/Los_Angeles:20261104T120000\r\nRRULE:FREQ=WEEKLY",
    )
    calendar_server.put("holiday", "DTSTART;VALUE=DATE:20261126\r\nDTEND;VALUE=DATE:20261127")
    calendar_server.put("free", "DTSTART:20261124T210000Z\r\nDTEND:20261125T010000Z\r\nTRANSP:TRANSPARENT")
    openings = [one.start.astimezone(SEATTLE) for one in await with_calendar.openings(SEATTLE, limit=100)]
    assert f"{openings[0]:%m-%d %H:%M}" == "11-24 11:00"
    days = {f"{one:%m-%d}" for one in openings}
    assert not {"11-25", "12-02", "11-26"} & days
    assert "11-24" in days


async def test_our_own_calls_in_the_calendar_block_nothing_twice(
    with_calendar: Booking, calendar_server: CalendarServer, clock: Clock
) -> None:
    call = await book(with_calendar)
    await deliver(with_calendar)
    await with_calendar.cancel(call.id, conversation="talk")
    clock.forward(minutes=3)  # the calendar still holds the call, the database knows better
    assert (await with_calendar.openings(SEATTLE))[0].start == call.start


async def test_the_last_known_state_counts_for_an_hour(
    with_calendar: Booking, calendar_server: CalendarServer, clock: Clock
) -> None:
    calendar_server.put("dentist", "DTSTART:20261124T170000Z\r\nDTEND:20261124T190000Z")
    before = await with_calendar.openings(SEATTLE)
    calendar_server.stop()
    clock.forward(minutes=59)
    assert await with_calendar.openings(SEATTLE) == before
    clock.forward(minutes=2)
    with pytest.raises(CalendarUnreachable, match="can't see the calendar"):
        await with_calendar.openings(SEATTLE)
    calendar_server.start()
    clock.forward(minutes=1)
    assert await with_calendar.openings(SEATTLE) == before


WHOLE = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261124T170000Z\r\nDTEND:20261124T190000Z\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)


async def test_one_spoiled_entry_takes_its_day_and_is_named_and_all_others_are_seen(
    consultation: Consultation, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    cut = WHOLE.replace("20261124", "20261125").replace("UID:a", "UID:b")[:90]
    with object_server({"a.ics": WHOLE, "b.ics": cut, "c.ics": WHOLE[:50]}) as address:
        times = BusyTimes(replace(consultation.advocates[0], caldav_url=address))
        found = await times.between(Period(clock.now, clock.now + 10 * DAY), clock.now)
    on_her_clock = [
        (f"{one.start.astimezone(SEATTLE):%d %H:%M}", f"{one.end.astimezone(SEATTLE):%d %H:%M}")
        for one in sorted(found)
    ]
    assert on_her_clock == [("24 09:00", "24 11:00"), ("25 00:00", "26 00:00")]
    assert (
        "b.ics can't be read: it is cut short" in caplog.text and "its day is taken for busy" in caplog.text
    )
    assert "c.ics" in caplog.text


async def test_a_calendar_of_which_nothing_can_be_read_is_unseen(
    consultation: Consultation, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with object_server({"c.ics": WHOLE[:50]}) as address, pytest.raises(CalendarUnreachable):
        times = BusyTimes(replace(consultation.advocates[0], caldav_url=address))
        await times.between(Period(clock.now, clock.now + DAY), clock.now)
    assert "was not read: the entry c.ics can't be read" in caplog.text


@pytest.mark.parametrize("server", [refusing_web_server, silent_server])
async def test_a_feed_that_refuses_or_never_answers_is_given_up_in_time(
    consultation: Consultation, clock: Clock, server: Callable[[], Iterator[str]]
) -> None:
    with server() as address:  # type: ignore[attr-defined]
        advocate = replace(consultation.advocates[0], feed_url=f"{address}busy.ics")
        times = BusyTimes(advocate, seconds=0.4)
        began = asyncio.get_running_loop().time()
        with pytest.raises(CalendarUnreachable):
            await times.between(Period(clock.now, clock.now + DAY), clock.now)
        assert asyncio.get_running_loop().time() - began < 3


async def test_many_parents_look_at_the_calendar_once(consultation: Consultation, clock: Clock) -> None:
    looked: list[Period] = []

    def fetch(period: Period) -> list[str]:
        looked.append(period)
        return []

    times = BusyTimes(consultation.advocates[0], fetches=[fetch])
    period = Period(clock.now, clock.now + DAY)
    await asyncio.gather(*(times.between(period, clock.now) for _ in range(50)))
    assert len(looked) == 1
    await times.between(period, clock.now + busy.FRESH + timedelta(seconds=1))
    assert len(looked) == 2


FEED = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261124T170000Z\r\n"
    b"DTEND:20261124T190000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def looking(consultation: Consultation, address: str, seconds: float = 2) -> BusyTimes:
    return BusyTimes(replace(consultation.advocates[0], feed_url=f"{address}busy.ics"), seconds=seconds)


@pytest.mark.parametrize(
    ("served", "reason"),
    [
        ({"body": FEED, "length": len(FEED) + 500}, "500 bytes are missing"),
        ({"body": FEED[:-18]}, "END:VCALENDAR is missing"),
        ({"body": FEED[:60]}, "END:VCALENDAR is missing"),
        ({"body": b""}, "it is empty"),
        ({"body": b"", "status": 204}, "it is empty"),
        ({"body": b" \r\n"}, "it is empty"),
        ({"body": b"<html>log in</html>"}, "BEGIN:VCALENDAR is missing"),
        ({"body": b"", "status": 404}, "answered 404"),
    ],
)
async def test_a_feed_that_is_not_whole_is_unseen_and_the_log_says_why(
    served: dict[str, object],
    reason: str,
    consultation: Consultation,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    period = Period(clock.now, clock.now + DAY)
    with feed_server(**served) as address, pytest.raises(CalendarUnreachable, match="can't see the calendar"):  # type: ignore[arg-type]
        await looking(consultation, address).between(period, clock.now)
    assert reason in caplog.text and address not in caplog.text


async def test_a_whole_feed_is_read(consultation: Consultation, clock: Clock) -> None:
    period = Period(clock.now, clock.now + 2 * DAY)
    with feed_server(FEED) as address:
        assert len(await looking(consultation, address).between(period, clock.now)) == 1
    with feed_server(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") as address:
        assert await looking(consultation, address).between(period, clock.now) == ()


async def test_a_feed_of_many_years_is_read_and_what_is_ahead_counts(
    consultation: Consultation, clock: Clock
) -> None:
    begin = FEED.index(b"BEGIN:VEVENT")
    past = FEED[begin:-15].replace(b"2026", b"2019").replace(b"UID:a", b"UID:a\r\nDESCRIPTION:" + b"x" * 900)
    with feed_server(b"BEGIN:VCALENDAR\r\n" + past * 9_000 + FEED[begin:]) as address:
        times = looking(consultation, address, seconds=8)
        assert len(await times.between(Period(clock.now, clock.now + 2 * DAY), clock.now)) == 1


async def test_a_feed_that_is_too_long_is_unseen_and_the_log_says_why(
    consultation: Consultation,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed, "MOST_BYTES", 1_000_000)
    period = Period(clock.now, clock.now + DAY)
    with feed_server(FEED[:17] + b"X-A:" + b"x" * 1_000_000) as address, pytest.raises(CalendarUnreachable):
        await looking(consultation, address).between(period, clock.now)
    assert "the feed is longer than 1 MB" in caplog.text


async def test_a_feed_that_drips_is_given_up_in_time(consultation: Consultation, clock: Clock) -> None:
    with feed_server(FEED * 20, drips=0.05) as address:
        times = looking(consultation, address, seconds=0.5)
        with pytest.raises(CalendarUnreachable):
            await times.between(Period(clock.now, clock.now + DAY), clock.now)
        began = asyncio.get_running_loop().time()
        await asyncio.to_thread(times._threads.shutdown)  # waits for the thread that was looking
        assert asyncio.get_running_loop().time() - began < 2


async def test_a_look_that_takes_long_is_used_by_the_next_parent(
    consultation: Consultation, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = busy.busy_in

    def slowly(*args: object) -> object:
        time.sleep(1.5)
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(busy, "busy_in", slowly)
    times = BusyTimes(consultation.advocates[0], seconds=0.1, fetches=[lambda _: [FEED.decode()]])
    period = Period(clock.now, clock.now + 2 * DAY)
    with pytest.raises(CalendarUnreachable):
        await times.between(period, clock.now)
    await asyncio.sleep(0.8)
    assert len(await times.between(period, clock.now)) == 1
