"""An entry of a CalDAV calendar that came spoiled takes its days; the others are read as they are."""

from __future__ import annotations

import pytest

from assistant.booking.busy.calendar_text import CalendarUnreadable
from assistant.booking.busy.objects import readable
from assistant.booking.busy.own_calendar import busy_in
from assistant.booking.consultation import Advocate
from tests.unit.booking.busy.written import GOOD, PERIOD, advocate, calendar, event, spoken

__all__ = ["advocate"]
ENTRY = event("DTSTART:20261202T010000Z", "DTEND:20261202T020000Z", "RRULE:FREQ=WEEKLY;COUNT=2")


def busy(text: str, advocate: Advocate) -> list[str]:
    texts = readable([("good.ics", calendar(GOOD)), ("spoiled.ics", text)], advocate)
    return spoken([one for read in texts for one in busy_in(read, PERIOD, advocate)])


def test_an_entry_that_is_whole_is_left_as_it_is(advocate: Advocate) -> None:
    assert readable([("a.ics", calendar(GOOD))], advocate) == [calendar(GOOD)]


def test_a_spoiled_one_takes_its_days_on_the_advocates_clock_each_time_that_it_repeats(
    advocate: Advocate,
) -> None:
    assert busy(calendar(ENTRY).rstrip()[:-8], advocate) == ["12-07 10:00-11:00", "12-01", "12-08"]


@pytest.mark.parametrize("text", ["", "None", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026"])
def test_one_that_tells_no_day_takes_no_time_and_is_named(
    advocate: Advocate, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert busy(text, advocate) == busy(calendar(), advocate)
    assert "the entry spoiled.ics can't be read" in caplog.text


def test_a_calendar_of_which_nothing_can_be_read_is_not_nothing_busy(advocate: Advocate) -> None:
    with pytest.raises(CalendarUnreadable, match=r"spoiled\.ics"):
        readable([("spoiled.ics", "")], advocate)
    assert readable([], advocate) == []
