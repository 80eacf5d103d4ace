"""What other programs write into a calendar: read as meant, or taken for busy and named in the log; never for nothing."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.booking.busy.own_calendar import CalendarUnreachable, busy_in
from assistant.booking.consultation import Advocate
from tests.booking_world import SEATTLE
from tests.unit.booking.busy.written import (
    A_DAY,
    GOOD,
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


# A text that is not whole


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(calendar(GOOD, event(*A_DAY)).rstrip()) - 1))
def test_a_feed_cut_anywhere_is_never_nothing_busy(cut: int) -> None:
    text = calendar(GOOD, event(*A_DAY)).rstrip()[:cut]
    with pytest.raises(CalendarUnreachable):
        busy_in(text, PERIOD, _advocate())


def test_an_empty_but_whole_calendar_is_nothing_busy(advocate: Advocate) -> None:
    assert busy_in(calendar(), PERIOD, advocate) == []
    assert busy_in("\ufeff" + calendar(), PERIOD, advocate) == []


# An event or series that can't be read

EACH_DAY = [f"{day} 13:00-14:00" for day in ("11-29", "11-30", *(f"12-{n:02}" for n in range(1, 13)))]
UNREADABLE = {
    "a misspelled UNTIL": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY=TH;UNTL=20261231"), THURSDAYS),
    "an empty UNTIL": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL="), THURSDAYS),
    "a wrong INTERVAL": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY=TH;INTERVAL=0"), THURSDAYS),
    "no days behind BYDAY": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY="), EACH_DAY),
    "no such day": ((*WEEKLY, "RRULE:FREQ=WEEKLY;BYDAY=DO"), EACH_DAY),
    "no such frequency": ((*WEEKLY, "RRULE:FREQ=FORTNIGHTLY"), EACH_DAY),
    "an empty rule": ((*WEEKLY, "RRULE:"), EACH_DAY),
    "a start without its time": (("DTSTART:20261201T", "DTEND:20261201T220000Z"), ["12-01"]),
    "an hour that no clock shows": (("DTSTART:20261201T240000", "DTEND:20261201T250000"), ["12-01"]),
    "a start in another spelling": (("DTSTART:2026-12-01T13:00:00", "DTEND:2026-12-01T14:00:00"), ["12-01"]),
    "a length that is none": ((A_DAY[0], "DURATION:P1H"), ["12-01 13:00-00:00"]),
    "an end that is none": ((A_DAY[0], "DTEND:soon"), ["12-01 13:00-00:00"]),
    "an end before the start": ((A_DAY[0], "DTEND;TZID=America/Los_Angeles:20261201T120000"), ["12-01 13:00-00:00"]),
    "a start that is missing": (("DTEND:20261201T220000Z",), ["12-01"]),
    "a series whose time is unclear": (("DTSTART:20261105T", "RRULE:FREQ=WEEKLY;BYDAY=TH"), ["12-03", "12-10"]),
    "a date more that is unclear": ((*A_DAY, "RDATE:20261208T"), ["12-01 13:00-14:00", "12-08"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_takes_its_time_or_its_day_and_is_named(
    kind: str, advocate: Advocate, caplog: pytest.LogCaptureFixture
) -> None:
    lines, taken = UNREADABLE[kind]
    found = busy_in(calendar(GOOD, event(*lines, uid="broken@test")), PERIOD, advocate)
    assert spoken(found) == sorted([*taken, "12-07 10:00-11:00"])
    assert "broken@test" in caplog.text


MENDED = {
    "blanks in a rule": ((*WEEKLY, "RRULE:FREQ=WEEKLY; BYDAY=TH"), THURSDAYS),
    "small letters": ((*WEEKLY, "rrule:freq=weekly;byday=th"), THURSDAYS),
    "an end without its zone": ((*WEEKLY, "RRULE:FREQ=WEEKLY;UNTIL=20261203T130000"), THURSDAYS[:1]),
    "an end that is a day": ((*WEEKLY, "RRULE:FREQ=WEEKLY;UNTIL=20261203"), THURSDAYS[:1]),
    "a count": ((*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=5"), THURSDAYS[:1]),
    "a count of -1": ((*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=-1"), THURSDAYS),
    "a zone with a colon": (('DTSTART;TZID=(UTC-05:00) Eastern Time:20261201T130000', 'DTEND;TZID=(UTC-05:00) Eastern Time:20261201T140000'), ["12-01 13:00-14:00"]),
    "a day that ends on itself": (("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261201"), ["12-01"]),
    "a day without an end": (("DTSTART;VALUE=DATE:20261201",), ["12-01"]),
    "an alarm of its own": ((*A_DAY, "BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT5M", "DTSTART:nonsense", "END:VALARM"), ["12-01 13:00-14:00"]),
    "a folded line": (("DTSTART;TZID=America/\r\n Los_Angeles:20261201T130000", A_DAY[1]), ["12-01 13:00-14:00"]),
    "a line that is no line": ((*A_DAY, "this is no content line", "SUMMARY"), ["12-01 13:00-14:00"]),
    "a date taken out": ((*WEEKLY, "RRULE:FREQ=WEEKLY", "EXDATE;TZID=America/Los_Angeles:20261203T130000"), THURSDAYS[1:]),
    "a period more": ((*A_DAY, "RDATE;VALUE=PERIOD:20261208T210000Z/PT2H"), ["12-01 13:00-14:00", "12-08 13:00-15:00"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", MENDED)
def test_oddities_of_other_programs_are_read_as_meant(
    kind: str, advocate: Advocate, caplog: pytest.LogCaptureFixture
) -> None:
    lines, taken = MENDED[kind]
    assert spoken(busy_in(calendar(event(*lines)), PERIOD, advocate)) == taken
    assert caplog.text == ""


# Zones


# Free-busy


# Rules that come too often


def test_a_long_feed_is_read_in_a_few_seconds(advocate: Advocate) -> None:
    past = (
        event(f"DTSTART:2019{n % 12 + 1:02}{n % 28 + 1:02}T170000Z", "DURATION:PT1H" if n % 9 == 0 else f"DTEND:2019{n % 12 + 1:02}{n % 28 + 1:02}T180000Z",
              "DESCRIPTION:" + "x" * 300, uid=f"past{n}")
        for n in range(15_000)
    )  # fmt: skip
    began = time.process_time()
    found = busy_in(calendar(*past, GOOD), PERIOD, advocate)
    assert spoken(found) == ["12-07 10:00-11:00"]
    assert time.process_time() - began < 4


# Anything at all

_VALUES = st.sampled_from(
    ["20261201", "20261201T130000", "20261201T130000Z", "20261201T", "", "P1D", "PT1H", "x", "20261301", "00000101",
     "99991231T235959", "FREQ=DAILY", "FREQ=YEARLY;BYMONTH=13", "FREQ=WEEKLY;COUNT=0", "FREQ=DAILY;COUNT=3", "-P1D", "1/2", "::", ";"]
)  # fmt: skip
_NAMES = st.sampled_from(
    ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "DTSTART;VALUE=DATE",
     "DTSTART;TZID=America/Denver", "DTEND;TZID=nowhere", "RDATE;VALUE=PERIOD", "BEGIN", "END", "RECURRENCE-ID;RANGE=THISANDFUTURE"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(lines=st.lists(st.builds("{}:{}".format, _NAMES, _VALUES), max_size=6))
def test_whatever_stands_in_an_event_the_others_are_read(lines: list[str]) -> None:
    found = busy_in(calendar(event(*lines, uid="any"), GOOD), PERIOD, _advocate())
    assert is_busy(found, datetime(2026, 12, 7, 18, tzinfo=UTC), 60)


def _advocate() -> Advocate:
    return Advocate("ann", "Ann", "ann@example.org", SEATTLE, ((),) * 7)
