"""A calendar's text taken apart into the pieces that take time, and its zones. A text that is not whole is refused.

Other programs write these texts, so each piece is read by itself: one that is wrong spoils no other.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from io import StringIO
from zoneinfo import ZoneInfo

from dateutil.tz import tzical
from icalendar.error import GloballyUniqueTZIDGuessed
from icalendar.timezone.tzp import TZP

_WANTED = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE"})
_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_LINE_END = re.compile(r"\r\n|\n|\r")
# Up to the last colon, for Outlook writes names of zones with a colon in them without quotes.
_TIME_LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<params>;.*)?:(?P<value>[^:]*)", re.IGNORECASE)
_TZID = re.compile(r';TZID=(?:"(?P<quoted>[^"]*)"|(?P<plain>[^;]*))', re.IGNORECASE)
_FREE = re.compile(r';FBTYPE="?FREE\b(?!-)', re.IGNORECASE)
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?", re.IGNORECASE)
_ANY_DAY = re.compile(r"(?<!\d)(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_DURATION = re.compile(
    r"\+?P(?=[\dT])(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?",
    re.IGNORECASE,
)
# what a zone's own rules are made of; all else in one is of no use and may be wrong
_ZONE_LINES = ("BEGIN:", "END:", "TZOFFSETFROM", "TZOFFSETTO", "DTSTART", "RRULE", "RDATE", "TZNAME")
_YEARLY = re.compile(r"(?:^|;)\s*FREQ\s*=\s*YEARLY\s*(?:;|$)", re.IGNORECASE)


class CalendarUnreachable(RuntimeError):
    """I can't see the calendar: it has not answered for more than an hour."""


class CalendarUnreadable(CalendarUnreachable):
    """What came is no whole calendar; the message says why. It is as good as none, and never "nothing is busy"."""


@dataclass
class Piece:
    """An event, a free-busy block or a zone: its content lines, unfolded."""

    kind: str
    lines: list[str] = field(default_factory=list)

    def first(self, name: str) -> str | None:
        """Return the first line of this name."""
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator[str]:
        """Yield the lines of this name."""
        return (line for line in self.lines if _is_named(line, name))

    def value(self, name: str) -> str:
        """Return what stands behind the name of the first such line, "" if there is none."""
        line = self.first(name)
        return line.partition(":")[2].strip() if line else ""


def _is_named(line: str, name: str) -> bool:
    return line[: len(name)].upper() == name and line[len(name) : len(name) + 1] in (":", ";")


def pieces_of(text: str) -> list[Piece]:
    """Return the events, free-busy blocks and zones of a text.

    Raises:
        CalendarUnreadable: It is empty, no calendar at all (a page to log in at), or cut short.
    """
    body = text.lstrip("\ufeff \t\r\n")
    if not body:
        raise CalendarUnreadable("it is empty")
    if not body[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise CalendarUnreadable("it is no calendar: BEGIN:VCALENDAR is missing")
    reader = _Reader()
    for line in _LINE_END.split(_FOLD.sub("", body)):
        if line[:6].upper() == "BEGIN:":
            if reader.begins_another_calendar(line):
                break
            reader.begin(line)
        elif line[:4].upper() == "END:":
            reader.end(line)
        else:
            reader.take(line)
    if reader.open:
        raise CalendarUnreadable("it is cut short: END:VCALENDAR is missing")
    return reader.found


class _Reader:
    """Takes the lines of a calendar one by one; parts may be nested, and the END of one may have been lost.

    Attributes:
        found: The pieces so far.
        open: The names of the parts that a line stands in, the outermost first.
    """

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.open: list[str] = []
        self._piece: Piece | None = None

    def begins_another_calendar(self, line: str) -> bool:
        return bool(self.open) and line[6:].strip().upper() == "VCALENDAR"

    def begin(self, line: str) -> None:
        name = line[6:].strip().upper()
        if name in _WANTED:  # the END of one before it may have been lost
            self.open = self.open[:1]
            self._piece = Piece(name)
            self.found.append(self._piece)
        self.open.append(name)
        self._keep_within_zone(line, name)

    def end(self, line: str) -> None:
        name = line[4:].strip().upper()
        if name not in self.open:
            return
        self._keep_within_zone(line, name)
        while self.open.pop() != name:
            pass
        if len(self.open) < 2:
            self._piece = None

    def take(self, line: str) -> None:
        """Keep a line of the piece itself; of a zone, also those of its parts."""
        piece = self._piece
        if piece and (self.open[-1] == piece.kind or piece.kind == "VTIMEZONE"):
            piece.lines.append(line)

    def _keep_within_zone(self, line: str, name: str) -> None:
        if self._piece and self._piece.kind == "VTIMEZONE" and name != "VTIMEZONE":
            self._piece.lines.append(line)


class Zones:
    """The zones of one text, by the names that it uses.

    A table of its own for each text: "Customized Time Zone" is another zone in every calendar that has one.
    """

    def __init__(self, pieces: list[Piece], own: tzinfo) -> None:
        self._own = own
        self._written = {
            piece.value("TZID").strip("/"): piece for piece in pieces if piece.kind == "VTIMEZONE"
        }
        self._known: dict[str, tzinfo | None] = {}
        self._names = TZP()

    def named(self, name: str) -> tzinfo | None:
        """Return a zone; None when its rules can't be read. A name that means nothing is the advocate's own zone."""
        if name not in self._known:
            self._known[name] = self._look(name.strip())
        return self._known[name]

    def _look(self, name: str) -> tzinfo | None:
        written = self._written.get(name.strip("/"))
        if written is None or _is_iana(name.strip("/")):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
                return self._names.timezone(name) or self._own
        try:
            return _own_rules(written)
        except Exception:  # whatever is wrong with it, its times are unclear
            return None


def _is_iana(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError
        return False
    return True


def _own_rules(piece: Piece) -> tzinfo:
    """Return the zone that a VTIMEZONE describes.

    Raises:
        ValueError: It can't be read, or its clocks change more often than a year's seasons.
    """
    lines = []
    for line in piece.lines:
        if not line.upper().startswith(_ZONE_LINES):
            continue
        if _is_named(line, "RRULE") and not _YEARLY.search(line.partition(":")[2]):
            raise ValueError("a zone whose clocks change more often than yearly")
        if _is_named(line, "DTSTART"):
            day = time_in(line)
            line = f"DTSTART:{line.rpartition(':')[2].strip()}" + (
                "" if "T" in day.value.upper() else "T000000"
            )
        lines.append(line)
    text = "\r\n".join(["BEGIN:VTIMEZONE", "TZID:own", *lines, "END:VTIMEZONE", ""])
    zone: tzinfo = tzical(StringIO(text)).get("own")
    return zone


# Times


@dataclass(frozen=True)
class Written:
    """The value of a line about time, with the zone's name that it gives ("" for none)."""

    value: str
    zone: str = ""
    free: bool = False


@dataclass(frozen=True)
class Moment:
    """A day (``date``) or an instant (``datetime`` with a zone); not ``sure`` when only its day could be read."""

    at: date
    sure: bool = True


def time_in(line: str) -> Written:
    """Take a line such as ``DTSTART;TZID=America/Denver:20261201T090000`` apart."""
    match = _TIME_LINE.fullmatch(line.strip())
    if match is None:
        return Written(line.partition(":")[2].strip())
    params = match["params"] or ""
    named = _TZID.search(params)
    zone = (named["quoted"] or named["plain"] or "") if named else ""
    return Written(match["value"].strip(), zone, bool(_FREE.search(params)))


def moment(value: str, zone: str, zones: Zones, own: tzinfo) -> Moment | None:
    """Read one time; None when not even its day can be read.

    Args:
        value: Such as ``20261201``, ``20261201T090000`` or ``20261201T170000Z``.
        zone: Name of the zone, "" for none: then the time is one of the advocate's own clock.
        zones: The zones of the text.
        own: The advocate's zone.
    """
    day = _day_in(value)
    if day is None:
        return None
    match = _TIME.fullmatch(value.strip())
    if match is None:
        return Moment(day, sure=False)
    if match[4] is None:
        return Moment(day)
    where = UTC if match[7] else zones.named(zone) if zone else own
    hour, minute, second = (int(match[place] or 0) for place in (4, 5, 6))
    if where is None or hour > 23 or minute > 59:
        return Moment(day, sure=False)
    return Moment(datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=where))


def _day_in(value: str) -> date | None:
    match = _ANY_DAY.search(value)
    if match is None:
        return None
    year = min(max(int(match[1]), 100), 9900)  # "for ever" is the year 9999, after which no sum can be done
    try:
        return date(year, int(match[2]), int(match[3]))
    except ValueError:
        return None


def duration(value: str) -> timedelta | None:
    """Read "PT1H30M", "P1D", "P2W"; None when it can't be read.

    >>> duration("PT1H30M")
    datetime.timedelta(seconds=5400)
    """
    match = _DURATION.fullmatch(value.strip())
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def parameters(line: str) -> Mapping[str, str]:
    """Return the parameters of a line, names and values in capitals."""
    match = _TIME_LINE.fullmatch(line.strip())
    parts = (part.partition("=") for part in (match["params"] or "").split(";") if part) if match else ()
    return {name.upper(): value.strip('"').upper() for name, _, value in parts}
