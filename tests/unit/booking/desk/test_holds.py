"""A hold keeps a time for ten minutes; after that it counts only while nobody took the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.booking import (
    Booked,
    Booking,
    CalendarUnreachable,
    Consultation,
    Contact,
    Held,
    Taken,
    load_consultation,
)
from assistant.booking.busy.own_calendar import BusyTimes
from assistant.booking.calls.database import Database, database_url
from assistant.booking.consultation import Advocate
from assistant.booking.openings import Period
from assistant.booking.sent.mail import FolderMailer
from assistant.settings import Settings
from tests.booking_world import DANA, SEATTLE, Clock, book


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
    database = Database(database_url("", settings.data), settings.secret)
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


async def test_a_forged_opening_is_never_booked(desk: Booking) -> None:
    for forged in ("ann@20261124T0300Z", "ann@20261124T1715Z", "", "x"):
        assert isinstance(await desk.hold(forged, "one"), Taken)


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
