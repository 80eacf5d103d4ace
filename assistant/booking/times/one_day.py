"""One day in words: "tomorrow", "tuesday the 3rd", "dec 3", "a week from friday", "thanksgiving"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.booking.times.sentence import MONTH, MONTH_NUMBER, WEEKDAY

DAY = timedelta(days=1)
_WEEKDAY_NUMBER = {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
WEEK = 7 * DAY


def day_named(written: str, today: date) -> date | None:
    """Return the day that words name, the next that comes; None where they name none.

    Raises:
        ValueError: There is no such day, as the 31st of June, or it has just passed.
    """
    if written in ("today", "tomorrow", "now"):
        return today + (DAY if written == "tomorrow" else 0 * DAY)
    if written.endswith("day after tomorrow"):
        return today + 2 * DAY
    if match := re.fullmatch(r"(?:(?:(a|\d+) )?weeks? from (.+)|(.+) week)", written):
        inner = day_named(match[2] or match[3], today)
        weeks = int(match[1]) if match[1] and match[1].isdigit() else 1
        return inner + weeks * WEEK if inner else None
    if written in ("thanksgiving", "christmas") or written.startswith("new year"):
        return _holiday(written, today)
    weekday_said = re.match(rf"({WEEKDAY}),? (?!week)", written)
    day = _dated(written[weekday_said.end() :].removeprefix("on ") if weekday_said else written, today)
    if day is not None:
        # "tuesday the 3rd" when the 3rd is a Thursday: which of the two is meant?
        return None if weekday_said and day.weekday() != weekday_of(weekday_said[1]) else day
    match = re.fullmatch(rf"(?P<which>.*?) ?(?P<day>{WEEKDAY})", written)
    if match is None:
        return None
    ahead = (weekday_of(match["day"]) - today.weekday()) % 7
    if match["which"] in ("next", "the following", "following"):
        return today - today.weekday() * DAY + WEEK + weekday_of(match["day"]) * DAY
    if match["which"] in ("", "coming", "this coming"):
        return today + (ahead or 7) * DAY
    return today + ahead * DAY


def _dated(written: str, today: date) -> date | None:
    """Return "dec 3", "3 december", "12/3", "2026-12-03" or "the 3rd" as a day, the next that comes."""
    written = written.removeprefix("the ")
    if match := re.fullmatch(r"(20\d\d)-(\d\d?)-(\d\d?)", written):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d\d?)/(\d\d?)(?:/(?:20)?(\d\d))?", written):
        year = 2000 + int(match[3]) if match[3] else None
        return _next_date(today, int(match[1]), int(match[2]), year)
    if match := re.fullmatch(
        rf"(?P<m>{MONTH}) (?:the )?(?P<d>\d+)(?:\D\D)?(?:,? (?P<y>20\d\d))?", written
    ) or re.fullmatch(rf"(?P<d>\d+)(?:st|nd|rd|th)? (?:of )?(?P<m>{MONTH})(?:,? (?P<y>20\d\d))?", written):
        year = int(match["y"]) if match["y"] else None
        return _next_date(today, MONTH_NUMBER[match["m"][:3]], int(match["d"]), year)
    if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", written):
        first = today.replace(day=1)
        for _ in range(3):  # a 31st is at most two months away
            try:
                day = first.replace(day=int(match[1]))
            except ValueError:
                day = None
            if day is not None and day >= today:
                return day
            first = next_month(first)
    return None


def weekday_of(name: str) -> int:
    """Return a weekday's number, Monday is 0."""
    return _WEEKDAY_NUMBER[name[:3]]


def next_month(first: date) -> date:
    """Return the first of the month after."""
    return (first.replace(day=28) + 4 * DAY).replace(day=1)


def _next_date(today: date, month: int, day: int, year: int | None) -> date:
    if year:
        return date(year, month, day)
    this_year = date(today.year, month, day)
    found = this_year if this_year >= today else date(today.year + 1, month, day)
    if found - today > 300 * DAY:
        raise ValueError("a day that has just passed")
    return found


def _holiday(name: str, today: date) -> date:
    def of(year: int) -> date:
        if name == "christmas":
            return date(year, 12, 25)
        if name.startswith("new year"):
            return date(year, 1, 1)
        first = date(year, 11, 1)
        return first + ((3 - first.weekday()) % 7 + 21) * DAY  # the fourth Thursday

    this_year = of(today.year)
    return this_year if this_year >= today else of(today.year + 1)
