"""Which times are offered, and how that is said. Monday, November 23, 2026, noon in Chicago minus one hour."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.booking import Booking, CalendarUnreachable
from tests.form_talk import FormTalk
from tests.unit.actions.book.test_form import at

Start = Callable[..., FormTalk]


async def test_no_tuesday_offers_the_tuesday(talk: Start) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says("no, Tuesday", "deny")
    assert parent.step == "opening"
    assert all(button["title"].startswith("Tue") for button in parent.times)


async def test_slack_asks_once_for_the_time_zone(talk: Start) -> None:
    parent = talk(zone="", channel="slack")
    await parent.says("book a call", "book_consultation")
    await parent.says("Dana, dana@example.org")
    assert "time zone" in parent.text
    await parent.says("arizona")
    assert "All times are Arizona time" in parent.text


async def test_a_calendar_that_is_down_is_said_and_the_form_goes_on(
    talk: Start, desk: Booking, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = await at(talk, "contact_address")

    async def down(*args: object, **kwargs: object) -> None:
        raise CalendarUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(desk, "openings", down)
        await parent.says("dana@example.org")
        assert parent.replies[-1]["outcome"] == "error"
        assert "can't see the calendar" in parent.text
    await parent.says("try again please", "nlu_fallback")
    assert len(parent.times) == 3
    assert parent.slots["contact_address"] == "dana@example.org"
