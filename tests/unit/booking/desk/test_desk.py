"""What the booking desk promises: whose call it is, what a link may do, how often one may try."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from assistant.booking import (
    Booked,
    Booking,
    CalendarUnreachable,
    Call,
    Cancelled,
    Consultation,
    Contact,
    Held,
    Purpose,
    Refused,
    Taken,
    Why,
    load_consultation,
)
from assistant.booking.busy.own_calendar import BusyTimes
from assistant.booking.calls.database import Database, database_url
from assistant.booking.consultation import Advocate
from assistant.booking.openings import Opening, Period
from assistant.booking.sent.mail import FolderMailer
from assistant.settings import Settings
from tests.booking_world import SEATTLE, Clock, deliver

DANA = Contact("Dana Reyes", "dana@example.org")


async def book(desk: Booking, conversation: str = "talk", place: int = 0, person: Contact = DANA) -> Call:
    held = await desk.hold((await desk.openings(SEATTLE, limit=50))[place], conversation)
    assert isinstance(held, Held)
    booked = await desk.confirm(
        held, person, conversation=conversation, zone=SEATTLE, key=f"{conversation}{place}"
    )
    assert isinstance(booked, Booked)
    return booked.call


async def mails(desk: Booking, folder: Path) -> list[str]:
    """Send what is due; return "to: subject" of each mail so far."""
    await deliver(desk)
    read = (message_from_bytes(mail.read_bytes(), policy=default) for mail in folder.glob("*.eml"))
    return sorted(f"{mail['To'].addresses[0].addr_spec}: {mail['Subject']}" for mail in read)


async def test_a_hold_keeps_the_opening_for_ten_minutes(desk: Booking, clock: Clock) -> None:
    first = (await desk.openings(SEATTLE))[0]
    assert isinstance(await desk.hold(first, "one"), Held)
    taken = await desk.hold(first, "two")
    assert isinstance(taken, Taken)
    assert len(taken.instead) == 3 and first not in taken.instead
    clock.forward(minutes=10, seconds=1)
    assert isinstance(await desk.hold(first, "two"), Held)


async def test_another_pick_lets_go_of_the_first_hold(desk: Booking) -> None:
    first, second, _ = await desk.openings(SEATTLE)
    await desk.hold(first, "one")
    await desk.hold(second, "one")
    assert isinstance(await desk.hold(first, "two"), Held)


async def test_a_hold_that_ran_out_counts_while_nobody_took_it(desk: Booking, clock: Clock) -> None:
    held = await desk.hold((await desk.openings(SEATTLE))[0], "one")
    assert isinstance(held, Held)
    clock.forward(hours=1)
    assert isinstance(await desk.confirm(held, DANA, conversation="one", zone=SEATTLE, key="k"), Booked)


class _Busy(BusyTimes):
    """A calendar that a test fills."""

    def __init__(self, advocate: Advocate) -> None:
        super().__init__(advocate, fetches=[])
        self.periods: tuple[Period, ...] = ()
        self.seen = True

    async def between(self, period: Period, now: datetime) -> tuple[Period, ...]:
        if not self.seen:
            raise CalendarUnreachable("I can't see the calendar of ann")
        return self.periods


@pytest.fixture
def busy_desk(
    consultation: Consultation, settings: Settings, clock: Clock
) -> Iterator[tuple[Booking, _Busy]]:
    calendar = _Busy(consultation.advocates[0])
    database = Database(database_url("", settings.data))
    desk = Booking(
        consultation, database, FolderMailer(settings.data / "outbox"), secret=settings.secret, clock=clock, busy=[calendar]
    )  # fmt: skip
    yield desk, calendar
    desk.close()


def _fills_the_calendar(calendar: _Busy, held: Held, clock: Clock) -> None:
    clock.forward(hours=1)
    calendar.periods = (Period(held.opening.start, held.opening.end),)


def _waits_until_it_is_near(calendar: _Busy, held: Held, clock: Clock) -> None:
    clock.now = held.opening.start - timedelta(minutes=3)


def _fills_the_day(calendar: _Busy, held: Held, clock: Clock) -> None:
    clock.forward(hours=1)


GATES = [_fills_the_calendar, _waits_until_it_is_near, _fills_the_day]


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.__name__.strip("_"))
async def test_a_hold_that_ran_out_goes_through_the_same_gate_as_a_new_choice(
    gate: Callable[[_Busy, Held, Clock], None], busy_desk: tuple[Booking, _Busy], clock: Clock
) -> None:
    desk, calendar = busy_desk
    held = await desk.hold((await desk.openings(SEATTLE))[0], "one")
    assert isinstance(held, Held)
    gate(calendar, held, clock)
    if gate is _fills_the_day:
        for number in range(4):  # the daily cap
            await book(desk, f"other {number}", place=1, person=Contact("Pat", f"pat{number}@example.org"))
    result = await desk.confirm(held, DANA, conversation="one", zone=SEATTLE, key="k")
    assert isinstance(result, Taken) and held.opening not in result.instead
    assert await desk.upcoming("one") == ()


async def test_a_hold_that_ran_out_is_not_booked_blindly(
    busy_desk: tuple[Booking, _Busy], clock: Clock
) -> None:
    desk, calendar = busy_desk
    held = await desk.hold((await desk.openings(SEATTLE))[0], "one")
    assert isinstance(held, Held)
    clock.forward(hours=1)
    calendar.seen = False
    with pytest.raises(CalendarUnreachable):
        await desk.confirm(held, DANA, conversation="one", zone=SEATTLE, key="k")
    calendar.seen = True
    booked = await desk.confirm(held, DANA, conversation="one", zone=SEATTLE, key="k")
    again = await desk.confirm(held, DANA, conversation="one", zone=SEATTLE, key="k")
    assert isinstance(booked, Booked) and isinstance(again, Booked) and again.repeated


async def test_a_yes_pressed_often_at_once_after_the_hold_ran_out_books_once(
    desk: Booking, clock: Clock
) -> None:
    held = await desk.hold((await desk.openings(SEATTLE))[0], "one")
    assert isinstance(held, Held)
    clock.forward(hours=1)
    results = await asyncio.gather(
        *(desk.confirm(held, DANA, conversation="one", zone=SEATTLE, key="k") for _ in range(6))
    )
    assert all(isinstance(one, Booked) for one in results)
    assert len(await desk.upcoming("one")) == 1


async def test_a_form_pressed_twice_at_once_books_once_and_both_presses_hear_so(desk: Booking) -> None:
    async def press(number: int, opening: Opening) -> object:
        held = await desk.hold(opening, f"talk {number}")
        if not isinstance(held, Held):
            return held
        person = Contact("Dana", f"dana{number}@example.org")
        return await desk.confirm(held, person, conversation=f"talk {number}", zone=SEATTLE, key=f"k{number}")

    for number in range(6):
        opening = (await desk.openings(SEATTLE))[0]
        results = await asyncio.gather(*(press(number, opening) for _ in range(3)))
        calls = await desk.upcoming(f"talk {number}")
        assert [call.start for call in calls] == [opening.start]
        # one that came when the call stood already is told that the time is taken, which it is: by itself
        assert all(isinstance(one, Booked | Taken) for one in results)
        assert any(isinstance(one, Booked) for one in results)


async def test_a_forged_opening_is_never_booked(desk: Booking) -> None:
    for forged in ("ann@20261124T0300Z", "ann@20261124T1715Z", "", "x"):
        assert isinstance(await desk.hold(forged, "one"), Taken)


async def test_nobody_else_sees_moves_or_cancels_a_call(desk: Booking) -> None:
    call = await book(desk)
    other = (await desk.openings(SEATTLE))[2]
    assert await desk.upcoming("stranger") == ()
    assert await desk.move(call.id, other, conversation="stranger") == Refused(Why.NOT_YOURS)
    assert await desk.cancel(call.id, conversation="stranger") == Refused(Why.NOT_YOURS)


async def test_a_proof_lasts_for_an_hour(desk: Booking, clock: Clock, tmp_path: Path) -> None:
    await book(desk)
    await desk.request_code("Dana@Example.org", "other")
    (code,) = [
        line.rsplit(" ", 1)[1] for line in await mails(desk, tmp_path / "var" / "outbox") if ": Code " in line
    ]
    assert await desk.verify_code("000000" if code != "000000" else "111111", "other") == Refused(
        Why.WRONG_CODE
    )
    assert await desk.verify_code(code, "third") == Refused(Why.WRONG_CODE)
    proven = await desk.verify_code(code, "other")
    assert isinstance(proven, tuple) and len(proven) == 1
    clock.forward(hours=1, minutes=1)
    assert await desk.upcoming("other") == ()


async def test_five_wrong_codes_close_the_door(desk: Booking, tmp_path: Path) -> None:
    await book(desk)
    await desk.request_code("dana@example.org", "other")
    (code,) = [
        line.rsplit(" ", 1)[1] for line in await mails(desk, tmp_path / "var" / "outbox") if ": Code " in line
    ]
    for _ in range(5):
        await desk.verify_code("12345x", "other")
    assert await desk.verify_code(code, "other") == Refused(Why.WRONG_CODE)


async def test_three_open_calls_an_email(desk: Booking) -> None:
    for number in range(3):
        await book(desk, f"talk {number}", place=number)
    held = await desk.hold((await desk.openings(SEATTLE, limit=50))[20], "fourth")
    assert isinstance(held, Held)
    refused = await desk.confirm(held, DANA, conversation="fourth", zone=SEATTLE, key="4")
    assert refused == Refused(Why.TOO_MANY_OPEN)


async def test_sixty_tries_an_hour_an_address_whatever_the_talk(desk: Booking, clock: Clock) -> None:
    opening = (await desk.openings(SEATTLE))[0]
    for number in range(60):
        assert not isinstance(await desk.hold(opening, f"talk {number}", address="192.0.2.7"), Refused)
    assert await desk.hold(opening, "61st", address="192.0.2.7") == Refused(Why.TOO_MANY_TRIES)
    assert not isinstance(await desk.hold(opening, "a neighbor", address="192.0.2.8"), Refused)
    clock.forward(hours=1, seconds=1)
    assert not isinstance(await desk.hold(opening, "later", address="192.0.2.7"), Refused)


async def test_a_link_has_one_purpose_and_works_once(desk: Booking) -> None:
    call = await book(desk)
    move, cancel = (desk.link_token(call, purpose) for purpose in (Purpose.MOVE, Purpose.CANCEL))
    assert await desk.linked(cancel, Purpose.MOVE) == Refused(Why.WRONG_LINK)
    assert await desk.cancel_by_link(move) == Refused(Why.WRONG_LINK)
    other, third = (await desk.openings(SEATTLE))[1:3]
    moved = await desk.move_by_link(move, other)
    assert isinstance(moved, Booked) and moved.call.start == other.start
    assert await desk.move_by_link(move, third) == Refused(Why.USED_LINK)
    assert await desk.cancel_by_link(cancel) == Refused(Why.USED_LINK), (
        "the newest mail holds the links that work"
    )


async def test_a_button_pressed_twice_does_it_once(desk: Booking) -> None:
    call = await book(desk)
    move = desk.link_token(call, Purpose.MOVE)
    other = (await desk.openings(SEATTLE))[1]
    await desk.move_by_link(move, other)
    again = await desk.move_by_link(move, other)
    assert isinstance(again, Booked) and again.repeated and again.call.sequence == 1
    cancel = desk.link_token(again.call, Purpose.CANCEL)
    await desk.cancel_by_link(cancel)
    twice = await desk.cancel_by_link(cancel)
    assert isinstance(twice, Cancelled) and twice.repeated


async def test_no_old_link_brings_a_canceled_call_back(desk: Booking) -> None:
    call = await book(desk)
    move = desk.link_token(call, Purpose.MOVE)
    await desk.cancel(call.id, conversation="talk")
    assert isinstance(await desk.move_by_link(move, (await desk.openings(SEATTLE))[1]), Refused)
    assert isinstance(
        await desk.confirm(call.id, DANA, conversation="talk", zone=SEATTLE, key="talk0"), Refused
    )
    assert await desk.upcoming("talk") == ()


@pytest.mark.parametrize(
    "harm",
    [lambda t: t[:-1], lambda t: "A" + t[1:], lambda t: t + "=", lambda t: "", lambda t: t.replace(".", "")],
)
async def test_a_damaged_link_is_refused(desk: Booking, harm: Callable[[str], str]) -> None:
    token = desk.link_token(await book(desk), Purpose.CANCEL)
    assert await desk.cancel_by_link(harm(token)) == Refused(Why.WRONG_LINK)


async def test_a_link_ends_when_the_call_begins(desk: Booking, clock: Clock) -> None:
    call = await book(desk)
    token = desk.link_token(call, Purpose.CANCEL)
    clock.now = call.start
    assert await desk.cancel_by_link(token) == Refused(Why.OLD_LINK)


async def test_another_secret_does_not_open_a_link(
    desk: Booking, tmp_path: Path, clock: Clock, content: Callable[..., Path]
) -> None:
    token = desk.link_token(await book(desk), Purpose.CANCEL)
    other = Booking.open(
        load_consultation(content(), {}), Settings(data=tmp_path / "var", secret=b"t" * 32), clock=clock
    )
    assert await other.cancel_by_link(token) == Refused(Why.WRONG_LINK)
    other.close()


async def test_move_and_cancel_raise_the_sequence_under_one_uid(desk: Booking, tmp_path: Path) -> None:
    call = await book(desk)
    await desk.move(call.id, (await desk.openings(SEATTLE))[1], conversation="talk")
    await desk.cancel(call.id, conversation="talk")
    ics = (await desk.invitation_ics(call.id) or b"").decode()
    assert f"UID:{call.id}@calls.whichplan" in ics
    assert "SEQUENCE:2" in ics and "METHOD:CANCEL" in ics and "STATUS:CANCELLED" in ics


async def test_booking_tells_parent_and_advocate_and_reminds_twice(
    desk: Booking, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "var" / "outbox"
    call = await book(desk, place=20)
    booked = await mails(desk, folder)
    assert len(booked) == 2
    clock.now = call.start - timedelta(hours=24)
    assert len(await mails(desk, folder)) == 3
    clock.now = call.start - timedelta(hours=1)
    assert len(await mails(desk, folder)) == 4
    clock.now = call.end
    assert [line.split(": ")[0] for line in await mails(desk, folder)].count("dana@example.org") == 3


async def test_a_moved_call_is_reminded_of_at_its_new_time_only(
    desk: Booking, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "var" / "outbox"
    call = await book(desk, place=15)
    later = (await desk.openings(SEATTLE, limit=50))[30]
    await desk.move(call.id, later, conversation="talk")
    clock.now = call.start - timedelta(minutes=30)
    assert not any("Reminder" in line for line in await mails(desk, folder))
    clock.now = later.start - timedelta(minutes=59)
    assert sum("Reminder" in line for line in await mails(desk, folder)) == 1


async def test_a_canceled_call_is_not_reminded_of(desk: Booking, clock: Clock, tmp_path: Path) -> None:
    call = await book(desk, place=20)
    await desk.cancel(call.id, conversation="talk")
    clock.now = call.start - timedelta(minutes=30)
    assert not any("Reminder" in line for line in await mails(desk, tmp_path / "var" / "outbox"))


async def test_several_advocates_share_the_calls(
    content: Callable[..., Path], tmp_path: Path, clock: Clock
) -> None:
    bea = (
        "  - id: bea\n    name: Bea\n    email: bea@example.org\n    zone: America/New_York\n"
        "    hours: {tuesday: [12:00-15:00]}\ndays_off"
    )
    path = content(("days_off", bea))
    desk = Booking.open(
        load_consultation(path, {}), Settings(data=tmp_path / "var", secret=b"s" * 32), clock=clock
    )
    nine = (await desk.openings(SEATTLE))[0]  # nine in Seattle is noon in New York
    held = [await desk.hold(nine, talk) for talk in ("one", "two", "three")]
    assert [type(one) for one in held] == [Held, Held, Taken]
    assert {one.opening.advocate for one in held if isinstance(one, Held)} == {"ann", "bea"}
    desk.close()


async def test_a_hold_that_ran_out_may_be_another_advocates_at_the_same_time(
    content: Callable[..., Path], tmp_path: Path, clock: Clock
) -> None:
    bea = (
        "  - id: bea\n    name: Bea\n    email: bea@example.org\n    zone: America/New_York\n"
        "    hours: {tuesday: [12:00-15:00]}\ndays_off"
    )
    desk = Booking.open(
        load_consultation(content(("days_off", bea)), {}), Settings(data=tmp_path / "var", secret=b"s" * 32), clock=clock
    )  # fmt: skip
    held = await desk.hold((await desk.openings(SEATTLE))[0], "one")
    assert isinstance(held, Held)
    clock.forward(hours=1)
    other = await desk.hold(held.opening, "two")
    assert isinstance(other, Held) and other.opening.advocate == held.opening.advocate
    booked = await desk.confirm(held, DANA, conversation="one", zone=SEATTLE, key="k")
    assert isinstance(booked, Booked) and booked.call.start == held.opening.start
    assert booked.call.advocate != held.opening.advocate
    desk.close()


async def test_what_is_past_its_keeping_is_deleted(desk: Booking, clock: Clock) -> None:
    await book(desk)
    clock.forward(days=93)
    desk._store.tidy(clock.now)
    assert await desk.all_calls() == []


async def test_letters_on_disk_go_with_the_calls(desk: Booking, clock: Clock, tmp_path: Path) -> None:
    """What a call holds was deleted after 90 days, and stood in the outbox for good."""
    await book(desk)
    assert await mails(desk, tmp_path / "var" / "outbox")
    for letter in (tmp_path / "var" / "outbox").glob("*.eml"):
        os.utime(letter, (clock().timestamp(), clock().timestamp()))
    clock.forward(days=89)
    desk._tidy(clock())
    assert list((tmp_path / "var" / "outbox").iterdir())
    clock.forward(days=2)
    desk._tidy(clock())
    assert not list((tmp_path / "var" / "outbox").iterdir())
