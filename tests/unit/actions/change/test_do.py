"""What is done at the end of the form: a call moves, is canceled, or stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.booking import Booking
from tests.form_talk import FormTalk
from tests.unit.actions.change.test_form import booked

Start = Callable[..., FormTalk]


async def test_a_call_moves_to_the_time_that_was_said(talk: Start, desk: Booking) -> None:
    parent = await booked(talk)
    await parent.says("can we move it to wednesday", "change_booking")
    assert all(button["title"].startswith("Wed") for button in parent.times)
    await parent.presses(0)
    assert "moved to **Wednesday, November 25" in parent.text
    (call,) = await desk.upcoming("talk")
    assert call.sequence == 1


async def test_a_call_is_canceled_after_a_yes(talk: Start, desk: Booking) -> None:
    parent = await booked(talk)
    await parent.says("cancel my appt please", "change_booking")
    assert "Shall I cancel it?" in parent.text
    assert await desk.upcoming("talk")
    await parent.says("yes", "affirm")
    assert "is canceled" in parent.text
    assert await desk.upcoming("talk") == ()


@pytest.mark.parametrize("words", ["no keep it", "never mind", "leave it as it is", "no"])
async def test_a_call_that_is_kept_stays(talk: Start, desk: Booking, words: str) -> None:
    parent = await booked(talk)
    await parent.says("cancel my call", "change_booking")
    await parent.says(words, "stop")
    assert "stays as it is" in parent.text
    assert await desk.upcoming("talk")
