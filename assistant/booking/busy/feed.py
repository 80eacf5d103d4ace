"""An ICS feed while it comes in: what is over for good is dropped at once, so that a calendar of many years fits."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from assistant.booking.busy.calendar_text import CalendarUnreadable

MOST_BYTES = 32_000_000
"""How long a feed may be. Calendar programs send every year of a calendar; 19 MB was seen."""
MOST_KEPT = 8_000_000
"""How much of it may be ahead or repeat: so much is held and taken apart at once."""

_BEGIN, _END = b"\nBEGIN:VEVENT", b"\nEND:VEVENT"
# Any of these lines, also of an alarm within: the event is looked at later, in full.
_MAY_BE_AHEAD = re.compile(rb"^(?:RRULE|RDATE|RECURRENCE-ID|DURATION)[:;]", re.MULTILINE | re.IGNORECASE)
_STARTS = re.compile(rb"^DTSTART(?:;[^:\r\n]*)?:(\d{8})", re.MULTILINE | re.IGNORECASE)
_ENDS = re.compile(rb"^DTEND(?:;[^:\r\n]*)?:(\d{8})", re.MULTILINE | re.IGNORECASE)
_HAS_END = re.compile(rb"^DTEND", re.MULTILINE | re.IGNORECASE)
_LATE = timedelta(days=3)
"""No zone and no end on the next day makes an event of so long ago one of today."""


def without_what_is_over(pieces: Iterable[bytes], first: date) -> bytes:
    """Return a feed without the events that ended days before the first day that is wanted.

    Args:
        pieces: The feed as it comes in.
        first: The first day that is wanted.

    Raises:
        CalendarUnreadable: It is too long, or too much of it is ahead.
    """
    before = f"{first - _LATE:%Y%m%d}".encode()
    read, kept, rest = 0, bytearray(), b""
    for piece in pieces:
        read += len(piece)
        rest += piece
        if read > MOST_BYTES:
            raise CalendarUnreadable(f"the feed is longer than {MOST_BYTES // 1_000_000} MB")
        done, rest = _split(rest)
        kept += _without(done, before)
        if len(kept) + len(rest) > MOST_KEPT:
            megabytes = MOST_KEPT // 1_000_000
            raise CalendarUnreadable(
                f"more than {megabytes} MB of the feed are events that repeat or lie ahead"
            )
    return bytes(kept + rest)


def _split(text: bytes) -> tuple[bytes, bytes]:
    """Return what ends with the last whole event, and what comes behind it."""
    end = text.rfind(_END)
    end = text.find(b"\n", end + len(_END)) if end >= 0 else -1
    return (text[:end], text[end:]) if end >= 0 else (b"", text)


def _without(text: bytes, before: bytes) -> bytes:
    """Return whole lines of a feed without the events that are over."""
    parts = text.split(_BEGIN)
    return parts[0] + b"".join(_BEGIN + part for part in parts[1:] if not _is_over(part, before))


def _is_over(event: bytes, before: bytes) -> bool:
    """Tell whether an event, and nothing but one, is over; one that could be anything else is kept."""
    inside, end, behind = event.partition(_END)
    if not end or behind.strip() or _MAY_BE_AHEAD.search(inside):
        return False
    day = (_ENDS if _HAS_END.search(inside) else _STARTS).search(inside)
    return day is not None and day[1] < before
