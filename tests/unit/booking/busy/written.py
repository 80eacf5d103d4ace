"""Calendars as tests write them, and the busy times that come of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.booking import load_consultation
from assistant.booking.consultation import Advocate
from assistant.booking.openings import Period
from tests.booking_world import SEATTLE

FROM = datetime(2026, 11, 29, tzinfo=UTC)
PERIOD = Period(FROM, FROM + timedelta(days=14))  # Sunday to Sunday


@pytest.fixture
def advocate(content: Callable[..., Path]) -> Advocate:
    return load_consultation(content(), {}).advocates[0]


def event(*lines: str, uid: str = "one@test") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*parts: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *parts, "END:VCALENDAR", ""])


GOOD = event("DTSTART:20261207T180000Z", "DTEND:20261207T190000Z", uid="good")
A_DAY = ("DTSTART;TZID=America/Los_Angeles:20261201T130000", "DTEND;TZID=America/Los_Angeles:20261201T140000")
WEEKLY = (
    "DTSTART;TZID=America/Los_Angeles:20261105T130000",
    "DTEND;TZID=America/Los_Angeles:20261105T140000",
)

THURSDAYS = ["12-03 13:00-14:00", "12-10 13:00-14:00"]
"""When WEEKLY takes place within PERIOD."""


def local(*, day: int, hour: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SEATTLE).astimezone(UTC)


def is_busy(found: list[Period], start: datetime, minutes: int = 30) -> bool:
    wanted = Period(start, start + timedelta(minutes=minutes))
    return any(one.overlaps(wanted) for one in found)


def spoken(found: list[Period]) -> list[str]:
    """Return the periods on the advocate's clock: "12-01 13:00-14:00", whole days as "12-01"."""
    said = []
    for one in found:
        start, end = one.start.astimezone(SEATTLE), one.end.astimezone(SEATTLE)
        whole = f"{start:%H%M}" == f"{end:%H%M}" == "0000" and end - start < timedelta(days=1, hours=2)
        said.append(f"{start:%m-%d}" if whole else f"{start:%m-%d %H:%M}-{end:%H:%M}")
    return said
