"""A calendar that tells only busy times."""

from __future__ import annotations

from assistant.booking.busy.own_calendar import busy_in
from assistant.booking.consultation import Advocate
from tests.unit.booking.busy.written import (
    PERIOD,
    advocate,
    calendar,
    is_busy,
    local,
    spoken,
)

__all__ = ["advocate"]


def test_a_calendar_that_tells_only_busy_times_is_read(advocate: Advocate) -> None:
    text = calendar(
        "BEGIN:VFREEBUSY",
        "FREEBUSY;FBTYPE=BUSY:20261201T210000Z/20261201T220000Z,20261202T170000Z/PT1H",
        "FREEBUSY;FBTYPE=FREE:20261204T210000Z/PT8H",
        "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261208T170000Z/PT1H",
        "FREEBUSY:20261209T170000Z/soon",
        "END:VFREEBUSY",
    )
    assert spoken(busy_in(text, PERIOD, advocate)) == [
        "12-01 13:00-14:00",
        "12-02 09:00-10:00",
        "12-08 09:00-10:00",
        "12-09",
    ]


def test_days_that_a_free_busy_calendar_does_not_tell_of_are_not_free(advocate: Advocate) -> None:
    text = calendar("BEGIN:VFREEBUSY", "DTSTART:20261101T000000Z", "DTEND:20261205T000000Z", "END:VFREEBUSY")
    found = busy_in(text, PERIOD, advocate)
    assert not is_busy(found, local(day=2, hour=9)) and is_busy(found, local(day=8, hour=9))
