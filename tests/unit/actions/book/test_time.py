"""The time of the call in the form. Monday, November 23, 2026, noon in Chicago minus one hour."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.booking import Booking, DatabaseUnreachable, Held
from tests.form_talk import FormTalk
from tests.unit.actions.book.test_form import at

Start = Callable[..., FormTalk]


async def test_none_of_these_shows_the_times_after_them(talk: Start) -> None:
    parent = await at(talk, "opening")
    before = [button["title"] for button in parent.times]
    await parent.says("none of these work", "feedback_negative")
    after = [button["title"] for button in parent.times]
    assert len(after) == 3
    assert not set(before) & set(after)


async def test_the_second_one_is_the_second(talk: Start) -> None:
    parent = await at(talk, "opening")
    second = parent.times[1]["title"].split(", ")[-1]
    await parent.says("the second one")
    assert second in parent.text


async def test_a_time_that_was_taken_is_told_and_others_are_offered(talk: Start, desk: Booking) -> None:
    parent = await at(talk, "opening")
    offered = parent.slots["offered"][0]
    assert isinstance(await desk.hold(offered, "somebody faster"), Held)
    await parent.presses(0)
    assert "just taken" in parent.text
    assert len(parent.times) == 3
    assert offered not in parent.slots["offered"]


async def test_a_time_that_could_not_be_kept_is_said(
    talk: Start, desk: Booking, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = await at(talk, "opening")

    async def down(*args: object, **kwargs: object) -> None:
        raise DatabaseUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(desk, "hold", down)
        await parent.presses(0)
    assert "could not keep that time" in parent.text
    assert len(parent.times) == 3


async def test_earlier_shows_the_first_free_times_again(talk: Start) -> None:
    parent = await at(talk, "opening")
    first = [button["title"] for button in parent.times]
    await parent.says("next tuesday after 3")
    await parent.says("how about earlier", "book_consultation")
    assert [button["title"] for button in parent.times] == first
