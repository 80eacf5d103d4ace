"""When entries of a calendar take time: their repetitions counted out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.prop import vRecur

from assistant.booking.busy.days import DAY, day_of
from assistant.booking.busy.events import Entry
from assistant.booking.busy.reading import CalendarReading
from assistant.booking.openings import Period

_UTC = ZoneInfo("UTC")


class CountingOut:
    """Counts the entries of one text out."""

    def __init__(self, text: CalendarReading) -> None:
        self._text = text

    def times(self, entries: Sequence[Entry]) -> list[Period]:
        """Return when the entries of one UID take time."""
        cores = [one for one in entries if one.replaces is None]
        changes = [one for one in entries if one.replaces is not None]
        newest = max((one.sequence for one in cores), default=-1)
        # of two events under one UID, as some programs write them, none is the other's old version
        cores = [one for one in cores if one.sequence == newest]
        groups = [[core] for core in cores[1:]] + [[*cores[:1], *changes]]
        return [time for group in groups for time in self._times_of(group)]

    def _times_of(self, group: Sequence[Entry]) -> list[Period]:
        if len(group) == 1 and not group[0].repeats and not group[0].and_later:
            return [self._text.period_of(group[0].start, group[0].end)] if group[0].counts else []
        calendar = Calendar()
        for entry in group:
            calendar.add_component(_event(entry))
        try:
            found = recurring_ical_events.of(calendar).between(self._text.period.start, self._text.period.end)
            return [
                self._text.period_of(one.start, one.end)
                for one in found
                if str(one.get("TRANSP")) == "OPAQUE"
            ]
        except Exception as error:  # whatever the library stumbles over, the time is not free
            self._text.problems.append(
                f"{group[0].uid[:80]}: could not be counted out ({type(error).__name__})"
            )
            return [time for entry in group if entry.counts for time in self._each_day(entry)]

    def _each_day(self, entry: Entry) -> Iterator[Period]:
        """Yield the time of an entry, on each day from its first on if it repeats."""
        yield self._text.period_of(entry.start, entry.end)
        day, length = day_of(entry.start), entry.end - entry.start
        try:
            first = (self._text.period.start - length - DAY).date()
        except (
            OverflowError
        ):  # it is longer than the calendar has years before today: its own time is all there is
            return
        last = self._text.last if entry.repeats else day
        day = max(day, first)
        while day <= last:
            start: date = day
            if isinstance(entry.start, datetime):
                start = datetime.combine(day, entry.start.time(), entry.start.tzinfo)
            try:
                end = start + length
            except OverflowError:
                end = entry.end  # nothing ends later than the calendar does
            yield self._text.period_of(start, end)
            day += DAY


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstart", _plain(entry.start))
    event.add("dtend", _plain(entry.end))
    event.add("sequence", entry.sequence)
    event.add("transp", "OPAQUE" if entry.counts else "TRANSPARENT")
    for rule in entry.rules:
        event.add("rrule", vRecur.from_ical(rule))
    if entry.more:
        event.add("rdate", [_plain_period(one) for one in entry.more])
    if entry.but:
        event.add("exdate", [_plain(one) for one in entry.but])
    if entry.replaces is not None:
        parameters = {"RANGE": "THISANDFUTURE"} if entry.and_later else {}
        event.add("recurrence-id", _plain(entry.replaces), parameters=parameters)
    return event


def _plain(at: date) -> date:
    """Return a time with a zone that the libraries know by name, where it is UTC."""
    return at.replace(tzinfo=_UTC) if isinstance(at, datetime) and at.tzinfo is UTC else at


def _plain_period(one: date | tuple[datetime, datetime]) -> object:
    return tuple(_plain(at) for at in one) if isinstance(one, tuple) else _plain(one)
