"""What a link of an e-mail may do, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.booking import (
    Booked,
    Booking,
    Cancelled,
    Purpose,
    Refused,
    Why,
    load_consultation,
)
from assistant.settings import Settings
from tests.booking_world import DANA, SEATTLE, Clock, book


async def test_a_link_has_one_purpose_and_works_once(desk: Booking) -> None:
    call = await book(desk)
    move, cancel = (desk.by_link.token(call, purpose) for purpose in (Purpose.MOVE, Purpose.CANCEL))
    assert await desk.by_link.call(cancel, Purpose.MOVE) == Refused(Why.WRONG_LINK)
    assert await desk.by_link.cancel(move) == Refused(Why.WRONG_LINK)
    other, third = (await desk.openings(SEATTLE))[1:3]
    moved = await desk.by_link.move(move, other)
    assert isinstance(moved, Booked) and moved.call.start == other.start
    assert await desk.by_link.move(move, third) == Refused(Why.USED_LINK)
    assert await desk.by_link.cancel(cancel) == Refused(Why.USED_LINK), (
        "the newest mail holds the links that work"
    )


async def test_a_button_pressed_twice_does_it_once(desk: Booking) -> None:
    call = await book(desk)
    move = desk.by_link.token(call, Purpose.MOVE)
    other = (await desk.openings(SEATTLE))[1]
    await desk.by_link.move(move, other)
    again = await desk.by_link.move(move, other)
    assert isinstance(again, Booked) and again.repeated and again.call.sequence == 1
    cancel = desk.by_link.token(again.call, Purpose.CANCEL)
    await desk.by_link.cancel(cancel)
    twice = await desk.by_link.cancel(cancel)
    assert isinstance(twice, Cancelled) and twice.repeated


async def test_no_old_link_brings_a_canceled_call_back(desk: Booking) -> None:
    call = await book(desk)
    move = desk.by_link.token(call, Purpose.MOVE)
    await desk.cancel(call.id, conversation="talk")
    assert isinstance(await desk.by_link.move(move, (await desk.openings(SEATTLE))[1]), Refused)
    assert isinstance(
        await desk.confirm(call.id, DANA, conversation="talk", zone=SEATTLE, key="talk0"), Refused
    )
    assert await desk.upcoming("talk") == ()


@pytest.mark.parametrize(
    "harm",
    [lambda t: t[:-1], lambda t: "A" + t[1:], lambda t: t + "=", lambda t: "", lambda t: t.replace(".", "")],
)
async def test_a_damaged_link_is_refused(desk: Booking, harm: Callable[[str], str]) -> None:
    token = desk.by_link.token(await book(desk), Purpose.CANCEL)
    assert await desk.by_link.cancel(harm(token)) == Refused(Why.WRONG_LINK)


async def test_a_link_ends_when_the_call_begins(desk: Booking, clock: Clock) -> None:
    call = await book(desk)
    token = desk.by_link.token(call, Purpose.CANCEL)
    clock.now = call.start
    assert await desk.by_link.cancel(token) == Refused(Why.OLD_LINK)


async def test_another_secret_does_not_open_a_link(
    desk: Booking, tmp_path: Path, clock: Clock, content: Callable[..., Path]
) -> None:
    token = desk.by_link.token(await book(desk), Purpose.CANCEL)
    other = Booking.open(
        load_consultation(content(), {}), Settings(data=tmp_path / "var", secret=b"t" * 32), clock=clock
    )
    assert await other.by_link.cancel(token) == Refused(Why.WRONG_LINK)
    other.close()
