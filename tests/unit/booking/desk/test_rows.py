"""Rows of the table of calls."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from assistant.booking import Booking
from assistant.booking.calls.tables import calls
from assistant.booking.desk.rows import is_live, read_call
from tests.booking_world import SEATTLE, Clock, book


async def test_a_booked_row_is_read_as_the_call_that_was_booked(desk: Booking) -> None:
    call = await book(desk)
    with desk._database.reading() as connection:
        assert read_call(connection, call.id, desk._database.persons) == call


async def test_a_hold_takes_its_time_until_it_runs_out_and_a_call_for_good(
    desk: Booking, clock: Clock
) -> None:
    await book(desk)
    await desk.hold((await desk.openings(SEATTLE))[0], "other")

    def live() -> int:
        query = sa.select(sa.func.count()).select_from(calls).where(is_live(clock()))
        with desk._database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    assert live() == 2
    clock.forward(minutes=10, seconds=1)
    assert live() == 1
    clock.now += timedelta(days=30)
    assert live() == 1
