"""Days and instants, as calendars mix them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
MIDNIGHT = time()


def day_of(at: date) -> date:
    """Return the day of a time, or the day itself."""
    return at.date() if isinstance(at, datetime) else at


def own_clock(at: date, own: tzinfo) -> date:
    """Return the time as the advocate's clock shows it; a day stays as it is."""
    return at.astimezone(own) if isinstance(at, datetime) else at


def next_midnight(at: date, start: date) -> date:
    """Return the end of the day of `at`, or of the start if that is later, written as the start is."""
    day = max(day_of(at), day_of(start)) + DAY
    return datetime.combine(day, MIDNIGHT, start.tzinfo) if isinstance(start, datetime) else day


def instant(at: date, own: tzinfo) -> datetime:
    """Return the instant in UTC; a day begins at the advocate's midnight."""
    if not isinstance(at, datetime):
        at = datetime.combine(at, MIDNIGHT, own)
    return at.astimezone(UTC)
