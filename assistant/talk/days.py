"""Counts days: which day is 180 days from November 3, and which day "the 4th" or "last tuesday" is.

Holidays are nobody's to guess: the states have their own, so a business day here is Monday to Friday, and what is said names it. School
days stand only in the school's calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import parsedatetime
from dateutil.relativedelta import relativedelta

CALENDAR, BUSINESS, SCHOOL = "calendar", "business", "school"
MOST_DAYS = 4000
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_WRITTEN = (
    re.compile(rf"\b{_MONTH}\s+{_NTH}(?![\d:]){_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_NTH}(?:\s+of)?\s+{_MONTH}{_YEAR}", re.IGNORECASE),
    re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})(?:[/.-](?P<year>\d{2,4}))?\b"),
)
_ONLY_DAY = re.compile(r"\b(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY = re.compile(
    r"\b(?P<which>last|this|next|on)?\s*(?P<name>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = dict(
    zip("one two three four five six seven eight nine ten a an".split(), [*range(1, 11), 1, 1], strict=True)
)
_COUNT = re.compile(
    r"\b(?P<number>\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|an?)\s+(?P<kind>calendar|business|school|working|week)?\s*"
    r"(?P<unit>days?|weeks?|months?|years?)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BACKWARDS = re.compile(r"^\s*(?:before|prior|ahead|ago)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:today|tonight|yesterday|tomorrow|days?|weeks?|ago)\b", re.IGNORECASE)
_CALENDAR = parsedatetime.Calendar(version=parsedatetime.VERSION_CONTEXT_STYLE)


@dataclass(frozen=True)
class Count:
    """Days to count: "10 business days before December 1".

    Attributes:
        number: How many; below zero for backwards.
        unit: "day", "week", "month" or "year".
        counts: "calendar", "business" or "school".
        start: The day to count from.
    """

    number: int
    unit: str
    counts: str
    start: date

    @property
    def end(self) -> date | None:
        """The day that it comes to; None where only the school's calendar knows."""
        if self.counts == SCHOOL:
            return None
        if self.unit == "day":
            return after(self.start, self.number, self.counts)
        step = relativedelta(**{f"{self.unit}s": self.number})
        end: date = self.start + step  # the 31st becomes the last day of a shorter month
        return end


def after(start: date, days: int, counts: str = CALENDAR) -> date:
    """Return the day that comes `days` days after `start`, the day itself not counted; before it where `days` is negative.

    Args:
        start: Day zero.
        days: How many.
        counts: "calendar", or "business" for Monday to Friday.

    >>> after(date(2026, 11, 3), 180)
    datetime.date(2027, 5, 2)
    >>> after(date(2026, 11, 6), 1, "business")
    datetime.date(2026, 11, 9)
    """
    if counts == CALENDAR:
        return start + timedelta(days=days)
    step, day = (1 if days > 0 else -1), start
    for _ in range(abs(days)):
        day += timedelta(days=step)
        while day.weekday() > 4:
            day += timedelta(days=step)
    return day


def spelled(day: date) -> str:
    """Return a day as a letter names it.

    >>> spelled(date(2027, 5, 2))
    'May 2, 2027'
    """
    return f"{day:%B} {day.day}, {day.year}"


def read_day(text: str, today: date, *, past: bool) -> date | None:
    """Return the day that a text names; None where it names none.

    Args:
        text: "oct 3", "10/3", "the 4th", "last tuesday", "yesterday", "november 3 2026".
        today: What it is told from.
        past: Whether a day without a year is the last one, rather than the next one.

    >>> read_day("it was the 4th", date(2026, 11, 30), past=True)
    datetime.date(2026, 11, 4)
    """
    for pattern in _WRITTEN:
        if found := pattern.search(text):
            return _dated(found, today, past)
    if (found := _ONLY_DAY.search(text)) and (day := _this_month(int(found["day"]), today, past)):
        return day
    if found := _WEEKDAY.search(text):
        return _weekday(found["name"], (found["which"] or "").lower(), today, past)
    if not _RELATIVE.search(text):
        return None  # "some time in october" is no day
    moment, found_there = _CALENDAR.parseDT(text, sourceTime=datetime.combine(today, time(12)))
    return moment.date() if found_there.hasDate else None


def _dated(found: re.Match[str], today: date, past: bool) -> date | None:
    month = found["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    if year := found["year"]:
        return _day(int(year) + (2000 if len(year) == 2 else 0), number, int(found["day"]))
    years = (today.year, today.year - 1) if past else (today.year, today.year + 1)
    days = [day for year in years if (day := _day(year, number, int(found["day"])))]
    return next((day for day in days if (day <= today if past else day >= today)), None)


def _this_month(number: int, today: date, past: bool) -> date | None:
    """Return the nearest day of that number: this month's, or one of the months beside it."""
    for step in range(3):
        month = today.replace(day=1) + relativedelta(months=-step if past else step)
        day = _day(month.year, month.month, number)
        if day and (day <= today if past else day >= today):
            return day
    return None


def _weekday(name: str, which: str, today: date, past: bool) -> date:
    wanted = next(place for place, day in enumerate(_WEEKDAYS) if day.startswith(name.lower()[:3]))
    if past or which == "last":
        return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)
    return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # February 30
        return None


def read_count(text: str, today: date) -> Count | None:
    """Return what a question about days counts ("what is 60 days from oct 3"); None where it counts nothing.

    >>> read_count("when is 10 business days before dec 1", date(2026, 11, 3)).end
    datetime.date(2026, 11, 17)
    """
    found = _COUNT.search(text)
    if found is None:
        return None
    written, kind, rest = found["number"].lower(), (found["kind"] or "").lower(), found["rest"]
    number = int(written) if written.isdigit() else _NUMBER_WORDS[written]
    unit = found["unit"].lower().rstrip("s")
    if number > MOST_DAYS:
        return None
    back = bool(_BACKWARDS.match(rest))
    outside = (
        text[: found.start()]
        + " "
        + re.sub(r"^\s*(?:before|prior to|ahead of|ago|from|after|since)\b", "", rest)
    )
    start = read_day(outside, today, past=not back) or today
    counts = SCHOOL if kind == "school" else BUSINESS if kind in ("business", "working", "week") else CALENDAR
    return Count(-number if back else number, unit, counts, start)
