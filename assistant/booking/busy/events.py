"""Events of a calendar, each as far as it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from assistant.booking.busy.calendar_text import Moment, Piece, duration, moment, parameters, time_in
from assistant.booking.busy.days import DAY, MIDNIGHT, day_of, next_midnight, own_clock
from assistant.booking.busy.reading import CalendarReading
from assistant.booking.busy.repetition import rule_of
from assistant.booking.sent.invitation import is_ours


@dataclass
class Entry:
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
        """Whether it takes place more than once."""
        return bool(self.rules or self.more)


class Events:
    """Reads the events of one text."""

    def __init__(self, text: CalendarReading) -> None:
        self._text = text

    def is_over(self, piece: Piece) -> bool:
        """Tell at a glance whether an event is past for good; most of a long feed is."""
        if any(piece.first(name) for name in ("RRULE", "RDATE", "RECURRENCE-ID", "DURATION")):
            return False
        line = piece.first("DTEND") or piece.first("DTSTART") or ""
        day = time_in(line).value[:8] if line else ""
        return len(day) == 8 and day.isdigit() and day < f"{self._text.period.start - 3 * DAY:%Y%m%d}"

    def entries(self, piece: Piece, number: str) -> Iterator[Entry]:
        """Yield what an event is made of: mostly one entry, more if parts of it have to be read apart."""
        problems: list[str] = []
        start = self._start(piece, problems)
        if start is None:
            self._text.note(piece, "no day at all, so it takes no time")
            return
        entry = _begun(piece, start.at, number)
        if start.sure:
            entry.end, problem = self._end(piece, start.at)
            problems += [problem] if problem else []
        else:
            end = self._text.moment(piece, "DTEND")
            entry.end = max(day_of(end.at), start.at) if end else start.at
            self._take_whole_days(entry)
        self._read_what_it_replaces(piece, entry, number, problems)
        entry.but = [one.at for one in self._text.moments(piece, "EXDATE", problems) if one.sure]
        yield from self._more(piece, entry, problems)
        entry.start, entry.end = self._within(entry.start), self._within(entry.end)
        problems += self._rules(piece, entry)
        if problems and entry.counts:
            self._text.note(piece, ", ".join(problems))
        yield entry

    def _start(self, piece: Piece, problems: list[str]) -> Moment | None:
        """Return when an event starts: its day where the time can't be read, None where nothing tells a day."""
        start = self._text.moment(piece, "DTSTART")
        if start is not None and start.sure:
            return start
        problems.append("no readable start" if start is None else "no readable time in its start")
        other = start or self._text.moment(piece, "RECURRENCE-ID") or self._text.moment(piece, "DTEND")
        return Moment(day_of(own_clock(other.at, self._text.own)), sure=False) if other else None

    def _read_what_it_replaces(self, piece: Piece, entry: Entry, number: str, problems: list[str]) -> None:
        """Note which time of a series an event stands for now; one that can't be told is an event apart."""
        replaced = piece.first("RECURRENCE-ID")
        if not replaced:
            return
        before = self._text.moment(piece, "RECURRENCE-ID")
        entry.replaces = before.at if before and before.sure else None
        entry.and_later = parameters(replaced).get("RANGE") == "THISANDFUTURE"
        if entry.replaces is None:
            problems.append("no readable RECURRENCE-ID")
            entry.uid += f" apart {number}"

    def _within(self, at: date) -> date:
        """Return a time no later than our days need: no sum can be done with the year 9999."""
        cap = self._text.last + timedelta(days=400)
        if day_of(at) <= cap:
            return at
        return datetime.combine(cap, MIDNIGHT, at.tzinfo) if isinstance(at, datetime) else cap

    def _end(self, piece: Piece, start: date) -> tuple[date, str]:
        """Return when an event ends and what is wrong with that; an end that is unclear is the end of the day."""
        if piece.first("DTEND") is not None:
            end = self._text.moment(piece, "DTEND")
            if end is None or not end.sure:
                return next_midnight(end.at if end else start, start), "no readable end"
            return self._fitting_end(end.at, start)
        written = piece.first("DURATION")
        if written is None:
            return (start if isinstance(start, datetime) else start + DAY), ""
        lasts = duration(time_in(written).value)
        if lasts is None:
            return next_midnight(start, start), "no readable duration"
        if isinstance(start, datetime):
            return start + lasts, ""
        return start + max(timedelta(days=-(-lasts // DAY)), DAY), ""

    def _fitting_end(self, end: date, start: date) -> tuple[date, str]:
        if not isinstance(start, datetime):
            last = end
            if isinstance(end, datetime):
                last = end.date() + (DAY if end.time() > MIDNIGHT else 0 * DAY)
            return max(last, start + DAY), ""  # some programs end a day on itself
        if not isinstance(end, datetime):
            end = datetime.combine(end, MIDNIGHT, start.tzinfo)
        if end < start:
            return next_midnight(start, start), "an end before its start"
        return end, ""

    def _more(self, piece: Piece, entry: Entry, problems: list[str]) -> Iterator[Entry]:
        """Add the further dates of an event; those of which only the day can be read are entries of their own."""
        for line in piece.all("RDATE"):
            written = time_in(line)
            for number, value in enumerate(written.value.split(",")):
                first, slash, last = value.partition("/")
                start = moment(first, written.zone, self._text.zones, self._text.own)
                end = self._text.period_end(last, written.zone, start) if slash else None
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

    def _rules(self, piece: Piece, entry: Entry) -> list[str]:
        own = entry.start.tzinfo if isinstance(entry.start, datetime) else None
        rules = [
            rule_of(
                line.partition(":")[2],
                entry.start,
                self._text.last,
                lambda value: moment(value, "", self._text.zones, own or self._text.own),
            )
            for line in piece.all("RRULE")
        ]
        if any(rule.whole_days for rule in rules):
            self._take_whole_days(entry)
        if any(rule.every_day for rule in rules):
            length = entry.end - entry.start
            begin = max(day_of(entry.start), (self._text.period.start - 2 * DAY).date())
            entry.start = datetime.combine(begin, MIDNIGHT, own) if own else begin
            entry.end = entry.start + length
        entry.rules = [rule.text for rule in rules if rule.text]
        return [rule.problem for rule in rules if rule.problem]

    def _take_whole_days(self, entry: Entry) -> None:
        """Let an entry take its days, from midnight to midnight, whatever its time is."""
        if not isinstance(entry.start, datetime):
            entry.end = max(day_of(entry.end), entry.start + DAY)
            return
        end = max(day_of(entry.end), entry.start.date())
        if not isinstance(entry.end, datetime) or entry.end.time() > MIDNIGHT or end == entry.start.date():
            end += DAY
        entry.start = datetime.combine(entry.start, MIDNIGHT, entry.start.tzinfo)
        entry.end = datetime.combine(end, MIDNIGHT, entry.start.tzinfo)
        entry.but = []


def _begun(piece: Piece, start: date, number: str) -> Entry:
    """Return the entry of an event, with what does not hang on its time."""
    uid, written = piece.value("UID"), piece.value("SEQUENCE")
    canceled = piece.value("STATUS").upper() == "CANCELLED"
    entry = Entry(uid or f"without {number}", start, start)
    entry.counts = not (canceled or is_ours(uid) or piece.value("TRANSP").upper() == "TRANSPARENT")
    entry.own = is_ours(uid) and not canceled
    entry.sequence = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else -1
    return entry
