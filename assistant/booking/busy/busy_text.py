"""When a calendar's text says that the advocate is busy.

What can't be read is taken for busy, as narrowly as it can be told: an event whose end is unclear takes its
day to the end, one whose time is unclear its day, a series whose rule is unclear its time of each day.
"""

import logging
import time as clock_of_the_process
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.booking.busy.calendar_text import CalendarUnreadable, pieces_of
from assistant.booking.busy.counting_out import CountingOut
from assistant.booking.busy.events import Entry, Events
from assistant.booking.busy.free_busy import busy_of
from assistant.booking.busy.reading import CalendarReading
from assistant.booking.consultation import Advocate
from assistant.booking.openings import Period

log = logging.getLogger(__name__)

MOST_SECONDS = 20.0
"""So long may one text hold its thread; a calendar that takes longer counts as unseen."""
_NAMED = 10


@dataclass(frozen=True)
class OwnEvent:
    """An entry of the calendar that is one of our calls, as it stands there now."""

    uid: str
    period: Period
    sequence: int


def busy_in(text: str, period: Period, advocate: Advocate, own: list[OwnEvent] | None = None) -> list[Period]:
    """Return the busy times of an iCalendar text, repeating events counted out.

    Free ("transparent") and canceled events do not count, nor do our own calls, which the database
    knows better. An all-day event takes the day in the advocate's zone, as does a time that names no
    zone. What could not be read is named in the log and takes its time or its day.

    Args:
        text: The calendar.
        period: What lies outside is left out.
        advocate: Whose calendar it is.
        own: Takes our own calls as they stand there: the advocate may have moved one.

    Raises:
        CalendarUnreadable: The text is no whole calendar, or takes too long to read.
    """
    reading = CalendarReading(pieces_of(text), period, advocate.zone)
    found, ours = _read(reading)
    if own is not None:
        own += ours
    if reading.problems:
        log.warning(
            "calendar of %s: %s entries could not be read as they are, so their time or day is taken for busy: %s",
            advocate.id,
            len(reading.problems),
            "; ".join(reading.problems[:_NAMED]),
        )
    return _joined(one for one in found if one.start < one.end and one.overlaps(period))


def _read(text: CalendarReading) -> tuple[list[Period], list[OwnEvent]]:
    """Return the busy periods, not yet in order, and our own calls as they stand there."""
    until = clock_of_the_process.monotonic() + MOST_SECONDS
    events, counting = Events(text), CountingOut(text)
    entries: dict[str, list[Entry]] = {}
    found: list[Period] = []
    own: list[OwnEvent] = []
    for number, piece in enumerate(text.pieces):
        _hurry(until)
        if piece.kind == "VFREEBUSY":
            found += busy_of(text, piece)
        elif piece.kind == "VEVENT" and not events.is_over(piece):
            for entry in events.entries(piece, str(number)):
                entries.setdefault(entry.uid, []).append(entry)
    for uid, of_one in entries.items():
        _hurry(until)
        found += counting.times(of_one)
        own += [OwnEvent(uid, text.period_of(e.start, e.end), e.sequence) for e in of_one if e.own]
    return found, own


def _hurry(until: float) -> None:
    if clock_of_the_process.monotonic() > until:
        raise CalendarUnreadable(f"it takes more than {MOST_SECONDS:.0f} seconds to read")


def _joined(periods: Iterable[Period]) -> list[Period]:
    """Return the periods in order, those that overlap as one: a long list is gone through for every parent."""
    done: list[Period] = []
    for one in sorted(periods):
        if done and one.start < done[-1].end:
            done[-1] = Period(done[-1].start, max(done[-1].end, one.end))
        else:
            done.append(one)
    return done
