"""Buttons of a booking that is over, pressed further up in the talk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.booking import Booking
from tests.booking_world import Clock
from tests.form_talk import FormTalk
from tests.unit.actions.book.test_form import at

Start = Callable[..., FormTalk]


async def pressed(parent: FormTalk, payload: str) -> str:
    """Press a button of an older reply, whatever was said since."""
    parent.replies = [{"text": "", "buttons": [{"title": "", "payload": payload}]}]
    await parent.presses()
    return parent.text


@pytest.mark.parametrize("value", ["time", "yes", "no"])
async def test_an_old_button_after_the_booking_says_the_booked_call_again(
    talk: Start, desk: Booking, value: str
) -> None:
    """It was answered with "most of what I say holds for both plans"."""
    parent = await at(talk, "opening")
    time = parent.times[1]["payload"]
    await parent.presses(0)
    await parent.says("yes", "affirm")
    booked = parent.replies[-1]
    assert "Your call is booked" in booked["text"]
    await parent.says("how long does it take", "ask_timeline")
    await pressed(parent, time if value == "time" else f'/inform{{"confirm": "{value}"}}')
    assert [(one["text"], one["card"]) for one in parent.replies] == [(booked["text"], booked["card"])]
    assert parent.loop is None and len(await desk.upcoming("talk")) == 1


async def test_of_several_calls_the_one_booked_last_is_said(talk: Start, desk: Booking, clock: Clock) -> None:
    parent = talk()
    for _ in range(2):
        await parent.says("book a call", "book_consultation")
        await parent.says("Dana, dana@example.org")
        await parent.presses(0)
        last = parent.slots["held_opening"]
        await parent.says("yes", "affirm")
        clock.forward(minutes=5)
    await pressed(parent, '/inform{"confirm": "yes"}')
    (said,) = parent.replies
    calls = await desk.upcoming("talk")
    assert said["card"]["booking"] == next(call.id for call in calls if call.opening.id == last)


@pytest.mark.parametrize("payload", ['/inform{"confirm": "yes"}', '/inform{"opening": "ann@20261124T2100Z"}'])
async def test_without_a_call_the_booking_begins(talk: Start, payload: str) -> None:
    parent = talk()
    await pressed(parent, payload)
    assert parent.step == "contact_name"


async def test_a_plan_that_was_chosen_is_still_a_plan(talk: Start) -> None:
    assert "504" in await pressed(talk(), '/inform{"plan": "504"}')
