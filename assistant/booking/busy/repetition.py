"""Rules of repetition as other programs write them: mended where they can be, and bounded before they are counted out.

A rule that is not understood blocks more than it should, never less: the advocate can mend the entry, a parent
who was promised a busy time can't.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice

from dateutil.rrule import rrulestr

from assistant.booking.busy.calendar_text import Moment

MOST_STEPS = 100_000
"""Of a rule that takes more steps to get to our days than this, each day that it touches is blocked."""
_DAY = timedelta(days=1)
_SUB_DAILY = {
    "HOURLY": timedelta(hours=1),
    "MINUTELY": timedelta(minutes=1),
    "SECONDLY": timedelta(seconds=1),
}
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", *_SUB_DAILY)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = f"(?:{'|'.join(_WEEKDAYS)})"
_CLOCK_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")


def _up_to(most: int, least: int = 1, signed: bool = True) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        return (
            bool(re.fullmatch(r"[+-]?\d{1,3}" if signed else r"\d{1,2}", value))
            and least <= abs(int(value)) <= most
        )

    return fits


_FITS: Mapping[str, Callable[[str], bool]] = {
    "BYDAY": lambda value: bool(re.fullmatch(rf"(?:[+-]?\d{{1,2}})?{_WEEKDAY}", value)),
    "BYMONTH": _up_to(12, signed=False),
    "BYMONTHDAY": _up_to(31),
    "BYYEARDAY": _up_to(366),
    "BYWEEKNO": _up_to(53),
    "BYSETPOS": _up_to(366),
    "BYHOUR": _up_to(23, 0, signed=False),
    "BYMINUTE": _up_to(59, 0, signed=False),
    "BYSECOND": _up_to(59, 0, signed=False),
}


@dataclass(frozen=True)
class Rule:
    """A rule that ends at the days we look at.

    Attributes:
        text: As RFC 5545 writes it; "" when it comes true on no day, as the 30th of February.
        whole_days: Block each day that it touches, not the event's own time.
        every_day: It began too long ago: it is as if it had begun with the days we look at.
        problem: What could not be read, "" when all could.
    """

    text: str
    whole_days: bool = False
    every_day: bool = False
    problem: str = ""


def rule_of(written: str, start: date, last: date, until_of: Callable[[str], Moment | None]) -> Rule:
    """Read a rule.

    Args:
        written: Such as ``FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231``.
        start: The first day, or a ``datetime`` with a zone.
        last: No day after this one is asked for.
        until_of: Reads the time behind UNTIL, one without a zone on the event's own clock.
    """
    parts, problems = _parts(written)
    until = None
    if "UNTIL" in parts:
        until = until_of(parts.pop("UNTIL"))
        if until is None:
            problems.append("UNTIL")
    end = min(_end(until, start), last) if until else last
    parts, clock_wrong = _mended(parts, problems)
    problem = f"its rule has no readable {', '.join(problems)}" if problems else ""
    often = parts["FREQ"] in ("MINUTELY", "SECONDLY") or _steps(parts, start, end) > MOST_STEPS
    if often or clock_wrong:
        return _of_whole_days(parts, start, end, problem)
    if not _comes_true(parts, start):
        return Rule("", problem=problem)
    if "COUNT" in parts:
        # counted here, to the days we look at and no further
        limit = _counted(parts, start, end)
    else:
        limit = until.at if until and _end(until, start) <= last else end
    return Rule(_joined(parts, limit, start), problem=problem)


def _mended(parts: dict[str, str], problems: list[str]) -> tuple[dict[str, str], bool]:
    """Return the parts without those that can't be read, which join `problems`; and whether one of these was of the clock."""
    if parts.get("FREQ") not in _FREQUENCIES:
        problems.append("FREQ")
    for name in ("INTERVAL", "COUNT"):
        if name in parts and not _is_number(parts[name]):
            # a count of -1 is how some programs write "without end"
            problems += [name] if parts[name] != "-1" else []
            parts.pop(name)
            if name == "INTERVAL":
                parts.pop("COUNT", None)
    if "WKST" in parts and not re.fullmatch(_WEEKDAY, parts["WKST"]):
        problems.append("WKST")
        del parts["WKST"]
    wrong = [name for name in parts if name.startswith("BY") and not _is_list(name, parts[name])]
    problems += wrong
    if "FREQ" in problems or any(name not in _CLOCK_PARTS for name in wrong):
        # on which days it falls is unclear: on each
        parts = {"FREQ": "DAILY"}
    clock_wrong = any(name in _CLOCK_PARTS for name in wrong)
    return {name: value for name, value in parts.items() if name not in wrong}, clock_wrong


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and 0 < int(value) < 10**6


def _of_whole_days(parts: dict[str, str], start: date, end: date, problem: str) -> Rule:
    """Return a rule that blocks each day that it touches: on the clock it comes too often, or when is unclear."""
    end = min(end, _last_day_of_count(parts, start) or end)
    parts = _by_days(parts)
    often_still = _steps(parts, start, end) > MOST_STEPS
    text = _joined({"FREQ": "DAILY"} if often_still else parts, end, start)
    return Rule(text, True, often_still, problem or "it repeats too often to be counted out")


def _parts(written: str) -> tuple[dict[str, str], list[str]]:
    parts: dict[str, str] = {}
    problems: list[str] = []
    for one in written.split(";"):
        if not one.strip():
            continue
        name, _, value = ("".join(piece.split()).upper() for piece in one.partition("="))
        if name.startswith("BY") or name in ("FREQ", "UNTIL", "COUNT", "INTERVAL", "WKST"):
            parts[name] = value
        else:
            problems.append(name[:20] or "name")  # such as UNTL
    return parts, problems


def _is_list(name: str, value: str) -> bool:
    fits = _FITS.get(name)
    return fits is not None and all(fits(one) for one in value.split(","))


def _end(until: Moment, start: date) -> date:
    at = until.at
    if isinstance(at, datetime) and isinstance(start, datetime):
        at = at.astimezone(start.tzinfo)
    return at.date() if isinstance(at, datetime) else at


def _day_of(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _steps(parts: Mapping[str, str], start: date, end: date) -> int:
    days = max((end - _day_of(start)).days + 1, 0)
    each = 1
    for name in _CLOCK_PARTS:
        each *= len(parts[name].split(",")) if name in parts else 1
    return days * each * (24 if parts["FREQ"] == "HOURLY" else 1)


def _last_day_of_count(parts: Mapping[str, str], start: date) -> date | None:
    """Return when a rule by the hour, minute or second has come so often as it says; None if that is not plain."""
    step = _SUB_DAILY.get(parts["FREQ"])
    if step is None or "COUNT" not in parts or any(name.startswith("BY") for name in parts):
        return None
    steps = int(parts["COUNT"]) * int(parts.get("INTERVAL", "1"))
    return _day_of(start) + min(steps * step + _DAY, 10**5 * _DAY)


def _by_days(parts: Mapping[str, str]) -> dict[str, str]:
    """Return the rule by which an event touches days, whatever the time of day."""
    kept = {name: value for name, value in parts.items() if name not in (*_CLOCK_PARTS, "COUNT", "BYSETPOS")}
    if kept["FREQ"] in _SUB_DAILY:
        kept["FREQ"] = "DAILY"
        kept.pop("INTERVAL", None)
    return kept


def _comes_true(parts: Mapping[str, str], start: date) -> bool:
    """Tell whether a rule by the week, day or hour falls on any day of 40 years.

    The library looks for a day that never comes until the year 9999, which takes it seconds; of years and
    months there are few enough.
    """
    if parts["FREQ"] not in ("WEEKLY", "DAILY", "HOURLY"):
        return True
    lists = {name: parts[name].split(",") for name in parts if name.startswith("BY")}
    months, month_days, year_days = (
        {int(one) for one in lists.get(name, ())} for name in ("BYMONTH", "BYMONTHDAY", "BYYEARDAY")
    )
    weekdays = {_WEEKDAYS.index(one[-2:]) for one in lists.get("BYDAY", ())}
    day = _day_of(start)
    for _ in range(40 * 366):
        in_month, in_year = monthrange(day.year, day.month)[1], 366 if isleap(day.year) else 365
        of_year = day.timetuple().tm_yday
        if (
            (not months or day.month in months)
            and (not month_days or day.day in month_days or day.day - in_month - 1 in month_days)
            and (not year_days or of_year in year_days or of_year - in_year - 1 in year_days)
            and (not weekdays or day.weekday() in weekdays)
        ):
            return True
        day += _DAY
    return False


def _counted(parts: dict[str, str], start: date, end: date) -> date:
    count = int(parts.pop("COUNT"))
    naive = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    until = datetime.combine(end, time.max).replace(microsecond=0)
    rule = rrulestr(f"{_text(parts)};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=naive)
    times: list[datetime] = list(islice(rule, count))
    if len(times) < count:
        return end
    return times[-1].replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else times[-1].date()


def _joined(parts: Mapping[str, str], until: date, start: date) -> str:
    return f"{_text(parts)};UNTIL={_until(until, start)}"


def _text(parts: Mapping[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _until(until: date, start: date) -> str:
    """Write the end as the start is written: a day for a day, an instant in UTC for a time."""
    if not isinstance(start, datetime):
        return f"{_day_of(until):%Y%m%d}"
    if not isinstance(until, datetime):
        zone: tzinfo | None = start.tzinfo
        until = datetime.combine(until, time(23, 59, 59), zone)
    return f"{until.astimezone(UTC):%Y%m%dT%H%M%SZ}"
