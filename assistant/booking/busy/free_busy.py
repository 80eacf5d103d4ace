"""A VFREEBUSY part: the busy periods that a calendar tells without its events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from assistant.booking.busy.calendar_text import Piece, moment, time_in
from assistant.booking.busy.days import DAY, day_of, instant
from assistant.booking.busy.reading import CalendarReading
from assistant.booking.openings import Period


def busy_of(text: CalendarReading, piece: Piece) -> Iterator[Period]:
    """Yield the busy periods of a VFREEBUSY, and what lies outside the time that it tells of."""
    problems: list[str] = []
    for line in piece.all("FREEBUSY"):
        written = time_in(line)
        if written.free:
            continue
        for value in written.value.split(","):
            first, _, last = value.partition("/")
            start = moment(first, written.zone, text.zones, text.own)
            end = text.period_end(last, written.zone, start)
            if start is None:
                problems.append("no readable period")
            elif end is None or not isinstance(start.at, datetime):
                problems.append("no readable period")
                yield text.period_of(day_of(start.at), day_of(start.at) + DAY)
            else:
                yield text.period_of(start.at, end)
    begin, end_of_all = text.moment(piece, "DTSTART"), text.moment(piece, "DTEND")
    if begin is not None and begin.sure and instant(begin.at, text.own) > text.period.start:
        yield Period(text.period.start, instant(begin.at, text.own))
    if end_of_all is not None and end_of_all.sure and instant(end_of_all.at, text.own) < text.period.end:
        yield Period(instant(end_of_all.at, text.own), text.period.end)
    if problems:
        text.note(piece, ", ".join(problems))
