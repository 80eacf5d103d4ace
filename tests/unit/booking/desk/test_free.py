"""Which times are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.booking import (
    Booking,
    Held,
    Taken,
    load_consultation,
)
from assistant.settings import Settings
from tests.booking_world import SEATTLE, Clock


async def test_several_advocates_share_the_calls(
    content: Callable[..., Path], tmp_path: Path, clock: Clock
) -> None:
    bea = (
        "  - id: bea\n    name: Bea\n    email: bea@example.org\n    zone: America/New_York\n"
        "    hours: {tuesday: [12:00-15:00]}\ndays_off"
    )
    path = content(("days_off", bea))
    desk = Booking.open(
        load_consultation(path, {}), Settings(data=tmp_path / "var", secret=b"s" * 32), clock=clock
    )
    nine = (await desk.openings(SEATTLE))[0]  # nine in Seattle is noon in New York
    held = [await desk.hold(nine, talk) for talk in ("one", "two", "three")]
    assert [type(one) for one in held] == [Held, Held, Taken]
    assert {one.opening.advocate for one in held if isinstance(one, Held)} == {"ann", "bea"}
    desk.close()
