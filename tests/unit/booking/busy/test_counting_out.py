"""Entries under one UID, and the changed dates of a series."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.booking.busy.own_calendar import busy_in
from assistant.booking.consultation import Advocate
from tests.unit.booking.busy.written import (
    A_DAY,
    PERIOD,
    THURSDAYS,
    WEEKLY,
    advocate,
    calendar,
    event,
    is_busy,
    spoken,
)

__all__ = ["advocate"]


def test_two_events_under_one_uid_or_none_are_both_busy(advocate: Advocate) -> None:
    other = event("DTSTART:20261202T180000Z", "DTEND:20261202T190000Z")
    for text in (
        calendar(event(*A_DAY), other),
        calendar(event(*A_DAY), other).replace("UID:one@test\r\n", ""),
    ):
        assert spoken(busy_in(text, PERIOD, advocate)) == ["12-01 13:00-14:00", "12-02 10:00-11:00"]


def test_a_changed_or_canceled_date_of_a_series_counts_as_changed(advocate: Advocate) -> None:
    series = event(*WEEKLY, "RRULE:FREQ=WEEKLY")
    moved = event(
        "RECURRENCE-ID;TZID=America/Los_Angeles:20261203T130000",
        "DTSTART:20261204T170000Z",
        "DTEND:20261204T180000Z",
    )
    off = event("RECURRENCE-ID;TZID=America/Los_Angeles:20261210T130000", "DTSTART:20261210T210000Z", "DTEND:20261210T220000Z", "STATUS:CANCELLED")  # fmt: skip
    assert spoken(busy_in(calendar(series, moved, off), PERIOD, advocate)) == ["12-04 09:00-10:00"]
    unclear = moved.replace("20261203T130000", "when we said")
    assert spoken(busy_in(calendar(series, unclear), PERIOD, advocate)) == [
        THURSDAYS[0],
        "12-04 09:00-10:00",
        THURSDAYS[1],
    ]


def test_an_event_at_the_end_of_the_calendar_costs_the_others_nothing(advocate: Advocate) -> None:
    for lines in (
        ("DTSTART:99991231T235959", "RDATE:20261201T", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201"),
        ("DTSTART:00010101T000000Z", "DTEND:99991231T235959Z", "RRULE:FREQ=WEEKLY", "RDATE:20261201T"),
        ("DTSTART:99981231T235959Z", "DTEND:99991231T235959Z", "RRULE:FREQ=WEEKLY", "RDATE:20261201T"),
    ):
        found = busy_in(calendar(event(*lines), event(*A_DAY, uid="other")), PERIOD, advocate)
        assert is_busy(found, datetime(2026, 12, 1, 21, tzinfo=UTC), 60)
