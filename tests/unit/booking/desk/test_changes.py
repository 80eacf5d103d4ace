"""Only who owns a call moves or cancels it, under one invitation."""

from __future__ import annotations

from pathlib import Path

from assistant.booking import (
    Booking,
    Refused,
    Why,
)
from tests.booking_world import SEATTLE, book


async def test_nobody_else_sees_moves_or_cancels_a_call(desk: Booking) -> None:
    call = await book(desk)
    other = (await desk.openings(SEATTLE))[2]
    assert await desk.upcoming("stranger") == ()
    assert await desk.move(call.id, other, conversation="stranger") == Refused(Why.NOT_YOURS)
    assert await desk.cancel(call.id, conversation="stranger") == Refused(Why.NOT_YOURS)


async def test_move_and_cancel_raise_the_sequence_under_one_uid(desk: Booking, tmp_path: Path) -> None:
    call = await book(desk)
    await desk.move(call.id, (await desk.openings(SEATTLE))[1], conversation="talk")
    await desk.cancel(call.id, conversation="talk")
    ics = (await desk.invitation_ics(call.id) or b"").decode()
    assert f"UID:{call.id}@calls.whichplan" in ics
    assert "SEQUENCE:2" in ics and "METHOD:CANCEL" in ics and "STATUS:CANCELLED" in ics
