"""How often one may try."""

from __future__ import annotations

from assistant.booking import (
    Booking,
    Refused,
    Why,
)
from tests.booking_world import SEATTLE, Clock


async def test_sixty_tries_an_hour_an_address_whatever_the_talk(desk: Booking, clock: Clock) -> None:
    opening = (await desk.openings(SEATTLE))[0]
    for number in range(60):
        assert not isinstance(await desk.hold(opening, f"talk {number}", address="192.0.2.7"), Refused)
    assert await desk.hold(opening, "61st", address="192.0.2.7") == Refused(Why.TOO_MANY_TRIES)
    assert not isinstance(await desk.hold(opening, "a neighbor", address="192.0.2.8"), Refused)
    clock.forward(hours=1, seconds=1)
    assert not isinstance(await desk.hold(opening, "later", address="192.0.2.7"), Refused)
