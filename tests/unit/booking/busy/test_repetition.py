"""Rules of repetition that would hold everything up."""

from __future__ import annotations

import time

import pytest

from assistant.booking.busy.own_calendar import busy_in
from assistant.booking.consultation import Advocate
from tests.unit.booking.busy.written import (
    PERIOD,
    advocate,
    calendar,
    event,
    is_busy,
    local,
)

__all__ = ["advocate"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=SECONDLY", None),
        ("FREQ=MINUTELY;INTERVAL=5", None),
        ("FREQ=MINUTELY;BYDAY=TU", ["12-01", "12-08"]),
        ("FREQ=SECONDLY;UNTIL=20261201T235959Z", ["12-01"]),
        ("FREQ=MINUTELY;COUNT=30", []),
        (
            "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6;BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55;BYSECOND=0,10,20,30,40,50",
            None,
        ),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", []),
        ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_a_rule_by_the_second_blocks_its_days_and_holds_nothing_up(
    rule: str, days: list[str] | None, advocate: Advocate
) -> None:
    series = event("DTSTART:20200101T080000Z", "DTEND:20200101T080100Z", f"RRULE:{rule}", uid="often")
    began = time.monotonic()
    found = busy_in(calendar(series), PERIOD, advocate)
    assert time.monotonic() - began < 2
    for day in range(1, 12):
        wanted = days is None or f"12-{day:02}" in days
        assert is_busy(found, local(day=day, hour=9)) is wanted, day
