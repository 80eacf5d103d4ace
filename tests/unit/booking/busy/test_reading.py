"""What all readers of one calendar text share."""

from __future__ import annotations

from assistant.booking.busy.calendar_text import moment, pieces_of
from assistant.booking.busy.reading import CalendarReading
from tests.booking_world import SEATTLE
from tests.unit.booking.busy.written import PERIOD, calendar, event


def test_a_line_that_is_no_time_is_named_and_the_rest_is_read() -> None:
    pieces = pieces_of(calendar(event("DTSTART:20261201T180000Z", "EXDATE:20261202T180000Z,soon")))
    reading = CalendarReading(pieces, PERIOD, SEATTLE)
    piece = next(one for one in pieces if one.kind == "VEVENT")
    problems: list[str] = []
    assert len(list(reading.moments(piece, "EXDATE", problems))) == 1
    assert problems == ["no readable EXDATE"]
    assert reading.moment(piece, "DTEND") is None


def test_a_period_ends_after_a_duration_or_at_a_time_never_before_its_start() -> None:
    reading = CalendarReading([], PERIOD, SEATTLE)
    start = moment("20261201T180000Z", "", reading.zones, SEATTLE)
    assert start is not None
    assert str(reading.period_end("PT30M", "", start)) == "2026-12-01 18:30:00+00:00"
    assert str(reading.period_end("20261201T190000Z", "", start)) == "2026-12-01 19:00:00+00:00"
    assert reading.period_end("20261201T170000Z", "", start) is None


def test_a_problem_is_one_printable_line() -> None:
    pieces = pieces_of(calendar(event("DTSTART:20261201T180000Z", uid="a\x07b")))
    reading = CalendarReading(pieces, PERIOD, SEATTLE)
    reading.note(next(one for one in pieces if one.kind == "VEVENT"), "no readable end")
    assert reading.problems[0].endswith("(DTSTART:20261201T180000Z): no readable end")
    assert reading.problems[0].isprintable()
