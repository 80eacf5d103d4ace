"""Reads `/plan away until Monday`: until when an advocate is away from the desk."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.booking.consultation_file import WEEKDAYS

_NEARLY = re.compile(r"away(?: (?:until|till|til|to|for|from)\b.*)?", re.IGNORECASE | re.DOTALL)
"""What can only be meant so, whatever the day."""
_AWAY = re.compile(r"away(?: until (?P<until>tomorrow|\d{4}-\d{2}-\d{2}|[a-z]+day))?", re.IGNORECASE)


class NoDay(ValueError):
    """The text says that an advocate is away, but until no day that is to come."""


def away_until(text: str, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the end of an absence, the present instant for `back`, or None where the text says neither.

    Without a day it is the end of today. A day is one on which the advocate is there again.

    Raises:
        NoDay: "away until Munday", or a day that is over.

    >>> from datetime import UTC
    >>> away_until("away until Monday", datetime(2026, 11, 27, 20, tzinfo=UTC), ZoneInfo("America/Chicago")).isoformat()
    '2026-11-30T00:00:00-06:00'
    """
    text = " ".join(text.split())
    if text.lower() == "back":
        return moment
    found = _AWAY.fullmatch(text)
    if found is None:
        if _NEARLY.fullmatch(text):
            raise NoDay
        return None
    today = moment.astimezone(zone).date()
    day = _day((found["until"] or "tomorrow").lower(), today)
    if day is None or day <= today:
        raise NoDay
    return datetime.combine(day, time(), zone)


def _day(word: str, today: date) -> date | None:
    if word == "tomorrow":
        return today + timedelta(days=1)
    if word in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS.index(word) - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
