"""Six digits prove an e-mail for an hour, and can't be guessed."""

from __future__ import annotations

from pathlib import Path

from assistant.booking import (
    Booking,
    Refused,
    Why,
)
from tests.booking_world import Clock, book, mails


async def test_a_proof_lasts_for_an_hour(desk: Booking, clock: Clock, tmp_path: Path) -> None:
    await book(desk)
    await desk.request_code("Dana@Example.org", "other")
    (code,) = [
        line.rsplit(" ", 1)[1] for line in await mails(desk, tmp_path / "var" / "outbox") if ": Code " in line
    ]
    assert await desk.verify_code("000000" if code != "000000" else "111111", "other") == Refused(
        Why.WRONG_CODE
    )
    assert await desk.verify_code(code, "third") == Refused(Why.WRONG_CODE)
    proven = await desk.verify_code(code, "other")
    assert isinstance(proven, tuple) and len(proven) == 1
    clock.forward(hours=1, minutes=1)
    assert await desk.upcoming("other") == ()


async def test_five_wrong_codes_close_the_door(desk: Booking, tmp_path: Path) -> None:
    await book(desk)
    await desk.request_code("dana@example.org", "other")
    (code,) = [
        line.rsplit(" ", 1)[1] for line in await mails(desk, tmp_path / "var" / "outbox") if ": Code " in line
    ]
    for _ in range(5):
        await desk.verify_code("12345x", "other")
    assert await desk.verify_code(code, "other") == Refused(Why.WRONG_CODE)
