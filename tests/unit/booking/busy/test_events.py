"""Single events that lack something, or take no time."""

from __future__ import annotations

import time

import pytest

from assistant.booking.busy.own_calendar import busy_in
from assistant.booking.consultation import Advocate
from tests.unit.booking.busy.written import (
    A_DAY,
    GOOD,
    PERIOD,
    advocate,
    calendar,
    event,
    is_busy,
    local,
    spoken,
)

__all__ = ["advocate"]


def test_an_event_without_any_day_takes_no_time_and_costs_the_rest_nothing(
    advocate: Advocate, caplog: pytest.LogCaptureFixture
) -> None:
    found = busy_in(calendar(event("SUMMARY:some day", uid="dayless"), GOOD), PERIOD, advocate)
    assert spoken(found) == ["12-07 10:00-11:00"]
    assert "dayless" in caplog.text


def test_an_event_that_lost_its_end_costs_the_rest_nothing(advocate: Advocate) -> None:
    text = calendar(event(*A_DAY), GOOD).replace("END:VEVENT\r\n", "", 1)
    assert spoken(busy_in(text, PERIOD, advocate)) == ["12-01 13:00-14:00", "12-07 10:00-11:00"]


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "transp:transparent"])
def test_what_is_free_blocks_nothing_even_if_it_cannot_be_read(line: str, advocate: Advocate) -> None:
    text = calendar(event("DTSTART:20261201T", "RRULE:FREQ=NEVER", line))
    assert busy_in(text, PERIOD, advocate) == []


def test_an_event_that_began_with_our_era_holds_nothing_up(advocate: Advocate) -> None:
    series = event("DTSTART:00020101T080000Z", "DTEND:00020101T090000Z", "RRULE:FREQ=DAILY")
    began = time.monotonic()
    assert is_busy(busy_in(calendar(series), PERIOD, advocate), local(day=1, hour=0))
    assert time.monotonic() - began < 2
