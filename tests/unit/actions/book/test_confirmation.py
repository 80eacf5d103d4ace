"""The yes at the end, and what is no yes. Monday, November 23, 2026, noon in Chicago minus one hour."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.booking import Booking
from tests.form_talk import FormTalk
from tests.unit.actions.book.test_form import at

Start = Callable[..., FormTalk]


async def test_yes_but_another_day_does_not_book(talk: Start, desk: Booking) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says("yes but wednesday", "affirm")
    assert parent.step == "opening"
    assert all(button["title"].startswith("Wed") for button in parent.times)
    assert await desk.upcoming("talk") == ()


@pytest.mark.parametrize(
    "words",
    ["yes but can you make it 30 minutes later", "ok but only if it is free", "yes if it is a different day"],
)
async def test_a_yes_with_a_but_books_nothing(talk: Start, desk: Booking, words: str) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says(words, "affirm")
    assert await desk.upcoming("talk") == ()
    assert parent.loop == "booking_form"


async def test_what_the_call_is_about_is_taken_at_the_end(talk: Start) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says("its about school refusing to test my daughter", "ask_school_refused")
    assert "**About:** its about school refusing" in parent.text
    assert parent.step == "booking_confirmed"
