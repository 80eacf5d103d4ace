"""When a calendar's text says that the advocate is busy.

What can't be read is taken for busy, as narrowly as it can be told: an event whose end is unclear takes its
day to the end, one whose time is unclear its day, a series whose rule is unclear its time of each day.
"""

import logging
import time as clock_of_the_process
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.prop import vRecur

from assistant.booking.busy.calendar_text import (
    CalendarUnreadable,
    Moment,
    Piece,
    Zones,
    duration,
    moment,
    parameters,
    pieces_of,
    time_in,
)
from assistant.booking.busy.repetition import rule_of
from assistant.booking.consultation import Advocate
from assistant.booking.openings import Period
from assistant.booking.sent.invitation import is_ours

log = logging.getLogger(__name__)

MOST_SECONDS = 20.0
"""So long may one text hold its thread; a calendar that takes longer counts as unseen."""
_DAY = timedelta(days=1)
_MIDNIGHT = time()
_NAMED = 10
_UTC = ZoneInfo("UTC")


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
    reading = _Reading(pieces_of(text), period, advocate.zone)
    found = reading.busy()
    if own is not None:
        own += reading.own
    if reading.problems:
        log.warning(
            "calendar of %s: %s entries could not be read as they are, so their time or day is taken for busy: %s",
            advocate.id,
            len(reading.problems),
            "; ".join(reading.problems[:_NAMED]),
        )
    return _joined(one for one in found if one.start < one.end and one.overlaps(period))


@dataclass
class _Entry:
    """An event as far as it could be read. Times are days, or have a zone."""

    uid: str
    start: date
    end: date
    sequence: int = -1
    counts: bool = True
    own: bool = False
    rules: list[str] = field(default_factory=list)
    more: list[date | tuple[datetime, datetime]] = field(default_factory=list)
    but: list[date] = field(default_factory=list)
    replaces: date | None = None
    and_later: bool = False

    @property
    def repeats(self) -> bool:
        return bool(self.rules or self.more)


class _Reading:
    """One text and what was found in it."""

    def __init__(self, pieces: Sequence[Piece], period: Period, own: ZoneInfo) -> None:
        self._pieces = pieces
        self._period = period
        self._own = own
        self._zones = Zones([one for one in pieces if one.kind == "VTIMEZONE"], own)
        self._last = (period.end + 2 * _DAY).date()
        self._until = clock_of_the_process.monotonic() + MOST_SECONDS
        self.problems: list[str] = []
        self.own: list[OwnEvent] = []

    def busy(self) -> list[Period]:
        entries: dict[str, list[_Entry]] = {}
        found: list[Period] = []
        for number, piece in enumerate(self._pieces):
            self._hurry()
            if piece.kind == "VFREEBUSY":
                found += self._free_busy(piece)
            elif piece.kind == "VEVENT" and not self._is_over(piece):
                for entry in self._entries(piece, str(number)):
                    entries.setdefault(entry.uid, []).append(entry)
        for uid, of_one in entries.items():
            self._hurry()
            found += self._times(of_one)
            self.own += [OwnEvent(uid, self._period_of(e.start, e.end), e.sequence) for e in of_one if e.own]
        return found

    def _hurry(self) -> None:
        if clock_of_the_process.monotonic() > self._until:
            raise CalendarUnreadable(f"it takes more than {MOST_SECONDS:.0f} seconds to read")

    def _note(self, piece: Piece, problem: str) -> None:
        start = piece.first("DTSTART") or piece.first("FREEBUSY") or "no DTSTART"
        name = f"{piece.value('UID')[:80]} ({start[:80]}): {problem}"
        self.problems.append("".join(sign if sign.isprintable() else "?" for sign in name))

    # Events

    def _is_over(self, piece: Piece) -> bool:
        """Tell at a glance whether an event is past for good; most of a long feed is."""
        if any(piece.first(name) for name in ("RRULE", "RDATE", "RECURRENCE-ID", "DURATION")):
            return False
        line = piece.first("DTEND") or piece.first("DTSTART") or ""
        day = time_in(line).value[:8] if line else ""
        return len(day) == 8 and day.isdigit() and day < f"{self._period.start - 3 * _DAY:%Y%m%d}"

    def _entries(self, piece: Piece, number: str) -> Iterator[_Entry]:
        """Yield what an event is made of: mostly one entry, more if parts of it have to be read apart."""
        uid, problems = piece.value("UID"), []
        start = self._moment(piece, "DTSTART")
        if start is None or not start.sure:
            problems.append("no readable start" if start is None else "no readable time in its start")
            other = start or self._moment(piece, "RECURRENCE-ID") or self._moment(piece, "DTEND")
            start = Moment(_day(_own_clock(other.at, self._own)), sure=False) if other else None
        if start is None:
            self._note(piece, "no day at all, so it takes no time")
            return
        entry = _Entry(uid or f"without {number}", start.at, start.at)
        canceled = piece.value("STATUS").upper() == "CANCELLED"
        entry.counts = not (canceled or is_ours(uid) or piece.value("TRANSP").upper() == "TRANSPARENT")
        entry.own = is_ours(uid) and not canceled
        written = piece.value("SEQUENCE")
        entry.sequence = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else -1
        if start.sure:
            entry.end, problem = self._end(piece, start.at)
            problems += [problem] if problem else []
        else:
            end = self._moment(piece, "DTEND")
            entry.end = max(_day(end.at), start.at) if end else start.at
            self._take_whole_days(entry)
        replaced = piece.first("RECURRENCE-ID")
        if replaced:
            before = self._moment(piece, "RECURRENCE-ID")
            entry.replaces = before.at if before and before.sure else None
            entry.and_later = parameters(replaced).get("RANGE") == "THISANDFUTURE"
            if entry.replaces is None:
                problems.append("no readable RECURRENCE-ID")
                entry.uid += f" apart {number}"
        entry.but = [one.at for one in self._moments(piece, "EXDATE", problems) if one.sure]
        yield from self._more(piece, entry, problems)
        entry.start, entry.end = self._within(entry.start), self._within(entry.end)
        problems += self._rules(piece, entry)
        if problems and entry.counts:
            self._note(piece, ", ".join(problems))
        yield entry

    def _within(self, at: date) -> date:
        """Return a time no later than our days need: no sum can be done with the year 9999."""
        cap = self._last + timedelta(days=400)
        if _day(at) <= cap:
            return at
        return datetime.combine(cap, _MIDNIGHT, at.tzinfo) if isinstance(at, datetime) else cap

    def _moment(self, piece: Piece, name: str) -> Moment | None:
        line = piece.first(name)
        if line is None:
            return None
        written = time_in(line)
        return moment(written.value, written.zone, self._zones, self._own)

    def _moments(self, piece: Piece, name: str, problems: list[str]) -> Iterator[Moment]:
        for line in piece.all(name):
            written = time_in(line)
            for value in written.value.split(","):
                one = moment(value, written.zone, self._zones, self._own)
                if one is None or not one.sure:
                    problems.append(f"no readable {name}")
                if one is not None:
                    yield one

    def _end(self, piece: Piece, start: date) -> tuple[date, str]:
        """Return when an event ends and what is wrong with that; an end that is unclear is the end of the day."""
        if piece.first("DTEND") is not None:
            end = self._moment(piece, "DTEND")
            if end is None or not end.sure:
                return _next_midnight(end.at if end else start, start), "no readable end"
            return self._fitting_end(end.at, start)
        written = piece.first("DURATION")
        if written is None:
            return (start if isinstance(start, datetime) else start + _DAY), ""
        lasts = duration(time_in(written).value)
        if lasts is None:
            return _next_midnight(start, start), "no readable duration"
        if isinstance(start, datetime):
            return start + lasts, ""
        return start + max(timedelta(days=-(-lasts // _DAY)), _DAY), ""

    def _fitting_end(self, end: date, start: date) -> tuple[date, str]:
        if not isinstance(start, datetime):
            last = end
            if isinstance(end, datetime):
                last = end.date() + (_DAY if end.time() > _MIDNIGHT else 0 * _DAY)
            return max(last, start + _DAY), ""  # some programs end a day on itself
        if not isinstance(end, datetime):
            end = datetime.combine(end, _MIDNIGHT, start.tzinfo)
        if end < start:
            return _next_midnight(start, start), "an end before its start"
        return end, ""

    def _more(self, piece: Piece, entry: _Entry, problems: list[str]) -> Iterator[_Entry]:
        """Add the further dates of an event; those of which only the day can be read are entries of their own."""
        for line in piece.all("RDATE"):
            written = time_in(line)
            for number, value in enumerate(written.value.split(",")):
                first, slash, last = value.partition("/")
                start = moment(first, written.zone, self._zones, self._own)
                end = self._period_end(last, written.zone, start) if slash else None
                if start is None or not start.sure or (slash and end is None):
                    problems.append("no readable RDATE")
                    if start is not None:
                        alone = replace(
                            entry, uid=f"{entry.uid} day {number}", start=start.at, but=[], more=[], rules=[]
                        )
                        self._take_whole_days(alone)
                        yield alone
                elif isinstance(start.at, datetime) and end is not None:
                    entry.more.append((start.at, end))
                else:
                    entry.more.append(start.at)

    def _period_end(self, written: str, zone: str, start: Moment | None) -> datetime | None:
        if start is None or not isinstance(start.at, datetime):
            return None
        if written[:1] in ("P", "p", "+"):
            lasts = duration(written)
            return start.at + lasts if lasts is not None else None
        end = moment(written, zone, self._zones, self._own)
        return end.at if end and end.sure and isinstance(end.at, datetime) and end.at >= start.at else None

    def _rules(self, piece: Piece, entry: _Entry) -> list[str]:
        own = entry.start.tzinfo if isinstance(entry.start, datetime) else None
        rules = [
            rule_of(
                line.partition(":")[2],
                entry.start,
                self._last,
                lambda value: moment(value, "", self._zones, own or self._own),
            )
            for line in piece.all("RRULE")
        ]
        if any(rule.whole_days for rule in rules):
            self._take_whole_days(entry)
        if any(rule.every_day for rule in rules):
            length = entry.end - entry.start
            begin = max(_day(entry.start), (self._period.start - 2 * _DAY).date())
            entry.start = datetime.combine(begin, _MIDNIGHT, own) if own else begin
            entry.end = entry.start + length
        entry.rules = [rule.text for rule in rules if rule.text]
        return [rule.problem for rule in rules if rule.problem]

    def _take_whole_days(self, entry: _Entry) -> None:
        """Let an entry take its days, from midnight to midnight, whatever its time is."""
        if not isinstance(entry.start, datetime):
            entry.end = max(_day(entry.end), entry.start + _DAY)
            return
        end = max(_day(entry.end), entry.start.date())
        if not isinstance(entry.end, datetime) or entry.end.time() > _MIDNIGHT or end == entry.start.date():
            end += _DAY
        entry.start = datetime.combine(entry.start, _MIDNIGHT, entry.start.tzinfo)
        entry.end = datetime.combine(end, _MIDNIGHT, entry.start.tzinfo)
        entry.but = []

    # Counting out

    def _times(self, entries: Sequence[_Entry]) -> list[Period]:
        """Return when the entries of one UID take time."""
        cores = [one for one in entries if one.replaces is None]
        changes = [one for one in entries if one.replaces is not None]
        newest = max((one.sequence for one in cores), default=-1)
        # of two events under one UID, as some programs write them, none is the other's old version
        cores = [one for one in cores if one.sequence == newest]
        groups = [[core] for core in cores[1:]] + [[*cores[:1], *changes]]
        return [time for group in groups for time in self._times_of(group)]

    def _times_of(self, group: Sequence[_Entry]) -> list[Period]:
        if len(group) == 1 and not group[0].repeats and not group[0].and_later:
            return [self._period_of(group[0].start, group[0].end)] if group[0].counts else []
        calendar = Calendar()
        for entry in group:
            calendar.add_component(_event(entry))
        try:
            found = recurring_ical_events.of(calendar).between(self._period.start, self._period.end)
            return [
                self._period_of(one.start, one.end) for one in found if str(one.get("TRANSP")) == "OPAQUE"
            ]
        except Exception as error:  # whatever the library stumbles over, the time is not free
            self.problems.append(f"{group[0].uid[:80]}: could not be counted out ({type(error).__name__})")
            return [time for entry in group if entry.counts for time in self._each_day(entry)]

    def _each_day(self, entry: _Entry) -> Iterator[Period]:
        """Yield the time of an entry, on each day from its first on if it repeats."""
        yield self._period_of(entry.start, entry.end)
        day, length = _day(entry.start), entry.end - entry.start
        first, last = (self._period.start - length - _DAY).date(), self._last if entry.repeats else day
        day = max(day, first)
        while day <= last:
            start: date = day
            if isinstance(entry.start, datetime):
                start = datetime.combine(day, entry.start.time(), entry.start.tzinfo)
            yield self._period_of(start, start + length)
            day += _DAY

    def _period_of(self, start: date, end: date) -> Period:
        return Period(_instant(start, self._own), _instant(end, self._own))

    # Free-busy

    def _free_busy(self, piece: Piece) -> Iterator[Period]:
        """Yield the busy periods of a VFREEBUSY, and what lies outside the time that it tells of."""
        problems: list[str] = []
        for line in piece.all("FREEBUSY"):
            written = time_in(line)
            if written.free:
                continue
            for value in written.value.split(","):
                first, _, last = value.partition("/")
                start = moment(first, written.zone, self._zones, self._own)
                end = self._period_end(last, written.zone, start)
                if start is None:
                    problems.append("no readable period")
                elif end is None or not isinstance(start.at, datetime):
                    problems.append("no readable period")
                    yield self._period_of(_day(start.at), _day(start.at) + _DAY)
                else:
                    yield self._period_of(start.at, end)
        begin, end_of_all = self._moment(piece, "DTSTART"), self._moment(piece, "DTEND")
        if begin is not None and begin.sure and _instant(begin.at, self._own) > self._period.start:
            yield Period(self._period.start, _instant(begin.at, self._own))
        if (
            end_of_all is not None
            and end_of_all.sure
            and _instant(end_of_all.at, self._own) < self._period.end
        ):
            yield Period(_instant(end_of_all.at, self._own), self._period.end)
        if problems:
            self._note(piece, ", ".join(problems))


def _event(entry: _Entry) -> Event:
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


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _own_clock(at: date, own: tzinfo) -> date:
    return at.astimezone(own) if isinstance(at, datetime) else at


def _next_midnight(at: date, start: date) -> date:
    """Return the end of the day of `at`, or of the start if that is later, written as the start is."""
    day = max(_day(at), _day(start)) + _DAY
    return datetime.combine(day, _MIDNIGHT, start.tzinfo) if isinstance(start, datetime) else day


def _instant(at: date, own: tzinfo) -> datetime:
    if not isinstance(at, datetime):
        at = datetime.combine(at, _MIDNIGHT, own)
    return at.astimezone(UTC)


def _joined(periods: Iterable[Period]) -> list[Period]:
    """Return the periods in order, those that overlap as one: a long list is gone through for every parent."""
    done: list[Period] = []
    for one in sorted(periods):
        if done and one.start < done[-1].end:
            done[-1] = Period(done[-1].start, max(done[-1].end, one.end))
        else:
            done.append(one)
    return done
