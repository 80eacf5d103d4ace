"""One calendar text while it is being read: its zones, the period that is wanted, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.booking.busy.calendar_text import Moment, Piece, Zones, duration, moment, time_in
from assistant.booking.busy.days import DAY, instant
from assistant.booking.openings import Period


class CalendarReading:
    """What all readers of one text share.

    Attributes:
        pieces: The parts of the text.
        period: What is wanted of it.
        own: The advocate's zone, in which what names no zone is read.
        last: The last day that is looked at.
        problems: A sentence for each entry that could not be read as it is.
    """

    def __init__(self, pieces: Sequence[Piece], period: Period, own: ZoneInfo) -> None:
        self.pieces = pieces
        self.period = period
        self.own = own
        self.zones = Zones([one for one in pieces if one.kind == "VTIMEZONE"], own)
        self.last = (period.end + 2 * DAY).date()
        self.problems: list[str] = []

    def note(self, piece: Piece, problem: str) -> None:
        """Keep what could not be read of a piece, by its UID and start."""
        start = piece.first("DTSTART") or piece.first("FREEBUSY") or "no DTSTART"
        name = f"{piece.value('UID')[:80]} ({start[:80]}): {problem}"
        self.problems.append("".join(sign if sign.isprintable() else "?" for sign in name))

    def moment(self, piece: Piece, name: str) -> Moment | None:
        """Return the time of one line of a piece, such as DTSTART; None where it is missing or tells nothing."""
        line = piece.first(name)
        if line is None:
            return None
        written = time_in(line)
        return moment(written.value, written.zone, self.zones, self.own)

    def moments(self, piece: Piece, name: str, problems: list[str]) -> Iterator[Moment]:
        """Yield the times of all lines of a name; what is not sure is named in `problems`."""
        for line in piece.all(name):
            written = time_in(line)
            for value in written.value.split(","):
                one = moment(value, written.zone, self.zones, self.own)
                if one is None or not one.sure:
                    problems.append(f"no readable {name}")
                if one is not None:
                    yield one

    def period_end(self, written: str, zone: str, start: Moment | None) -> datetime | None:
        """Return the end of "start/end" or "start/duration"; None where it can't be told."""
        if start is None or not isinstance(start.at, datetime):
            return None
        if written[:1] in ("P", "p", "+"):
            lasts = duration(written)
            return start.at + lasts if lasts is not None else None
        end = moment(written, zone, self.zones, self.own)
        return end.at if end and end.sure and isinstance(end.at, datetime) and end.at >= start.at else None

    def period_of(self, start: date, end: date) -> Period:
        """Return the period from one time or day to another."""
        return Period(instant(start, self.own), instant(end, self.own))
