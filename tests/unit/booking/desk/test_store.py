"""A call is booked once, whoever presses how often, and not too many a person."""

from __future__ import annotations

import asyncio

from assistant.booking import (
    Booked,
    Booking,
    Contact,
    Held,
    Refused,
    Taken,
    Why,
)
from assistant.booking.openings import Opening
from tests.booking_world import DANA, SEATTLE, Clock, book


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


async def test_three_open_calls_an_email(desk: Booking) -> None:
    for number in range(3):
        await book(desk, f"talk {number}", place=number)
    held = await desk.hold((await desk.openings(SEATTLE, limit=50))[20], "fourth")
    assert isinstance(held, Held)
    refused = await desk.confirm(held, DANA, conversation="fourth", zone=SEATTLE, key="4")
    assert refused == Refused(Why.TOO_MANY_OPEN)
