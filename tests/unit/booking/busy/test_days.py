"""Days and instants side by side."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.booking.busy.days import day_of, instant, next_midnight, own_clock
from tests.booking_world import SEATTLE

NOON = datetime(2026, 12, 1, 12, tzinfo=SEATTLE)


def test_a_day_begins_at_the_advocates_midnight() -> None:
    assert instant(date(2026, 12, 1), SEATTLE) == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert instant(NOON, SEATTLE) == datetime(2026, 12, 1, 20, tzinfo=UTC)


def test_a_day_has_no_clock_and_a_time_has_the_advocates() -> None:
    late = datetime(2026, 12, 2, 3, tzinfo=UTC)
    assert day_of(own_clock(late, SEATTLE)) == date(2026, 12, 1)
    assert own_clock(date(2026, 12, 1), SEATTLE) == date(2026, 12, 1)


def test_the_end_of_the_later_day_is_written_as_the_start_is() -> None:
    assert next_midnight(date(2026, 12, 3), NOON) == datetime(2026, 12, 4, tzinfo=SEATTLE)
    assert next_midnight(date(2026, 11, 1), date(2026, 12, 1)) == date(2026, 12, 2)
