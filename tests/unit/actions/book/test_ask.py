"""The booking at the end of the form. Monday, November 23, 2026, noon in Chicago minus one hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from assistant.booking import Booking, Contact, DatabaseUnreachable, Held
from tests.booking_world import Clock
from tests.form_talk import FormTalk
from tests.unit.actions.book.test_form import at

Start = Callable[..., FormTalk]


async def test_a_hold_that_ran_out_and_was_taken_is_told_at_the_yes(
    talk: Start, desk: Booking, clock: Clock
) -> None:
    parent = await at(talk, "booking_confirmed")
    clock.forward(minutes=11)
    held = await desk.hold(parent.slots["held_opening"], "somebody else")
    assert isinstance(held, Held)
    await parent.says("yes", "affirm")
    assert "just taken" in parent.text
    assert parent.step == "opening"
    await parent.presses(0)
    await parent.says("yes", "affirm")
    assert "Your call is booked" in parent.text


async def test_a_hold_that_ran_out_and_is_too_near_by_now_is_told_so(talk: Start, clock: Clock) -> None:
    parent = await at(talk, "booking_confirmed")
    clock.forward(hours=20)
    await parent.says("yes", "affirm")
    assert "too near by now: the advocate needs 12 hours' notice" in parent.text
    assert "someone else" not in parent.text and parent.step == "opening"
    await parent.presses(0)
    await parent.says("yes", "affirm")
    assert "Your call is booked" in parent.text


async def test_a_hold_that_ran_out_and_whose_hours_closed_is_told_so(
    talk: Start, desk: Booking, clock: Clock
) -> None:
    parent = await at(talk, "booking_confirmed")
    clock.forward(minutes=11)
    about = desk.consultation
    day = clock.now.astimezone(about.advocates[0].zone).date() + timedelta(days=1)
    # as a running server follows its content: the same object tells the new hours
    object.__setattr__(about, "days_off", about.days_off | {day})
    await parent.says("yes", "affirm")
    assert "No calls take place at that time any more" in parent.text
    assert parent.step == "opening"


async def test_three_open_calls_are_enough(talk: Start, desk: Booking) -> None:
    zone = desk.consultation.advocates[0].zone
    for number in range(3):
        held = await desk.hold((await desk.openings(zone))[0], f"before {number}")
        assert isinstance(held, Held)
        person = Contact("Dana", "dana@example.org")
        await desk.confirm(held, person, conversation=f"before {number}", zone=zone, key=str(number))
    parent = await at(talk, "booking_confirmed")
    await parent.says("yes", "affirm")
    assert "already 3 open calls" in parent.text


async def test_a_database_that_is_down_at_the_yes_loses_nothing(
    talk: Start, desk: Booking, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = await at(talk, "booking_confirmed")

    async def down(*args: object, **kwargs: object) -> None:
        raise DatabaseUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(desk, "confirm", down)
        await parent.says("yes", "affirm")
        assert parent.replies[-1]["outcome"] == "error"
        assert await desk.upcoming("talk") == ()
    await parent.says("yes", "affirm")
    await parent.says("yes", "affirm")
    assert "Your call is booked" in parent.text
    assert len(await desk.upcoming("talk")) == 1


async def test_a_booked_call_leaves_nothing_of_the_parent_in_the_talk(talk: Start) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says("yes", "affirm")
    assert "dana@example.org" not in str(parent.slots) and "Dana" not in str(parent.slots)
