"""Busy times from the advocate's CalDAV calendar or ICS feed.

Both are fetched whole and expanded here: a server's own free-busy report takes all-day events for
days in UTC. What was seen last counts for an hour when the calendar does not answer.
"""

import asyncio
import functools
import logging
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from assistant.booking.calendar import client_for, without_password
from assistant.booking.consultation import Advocate
from assistant.booking.invitation import is_ours
from assistant.booking.openings import Period

log = logging.getLogger(__name__)

FRESH = timedelta(minutes=2)
GOOD_ENOUGH = timedelta(hours=1)
REST = timedelta(seconds=7)  # after a failure, so that not every parent waits for the time-out
SECONDS = 8.0
MOST_BYTES = 8_000_000

Fetch = Callable[[Period], list[str]]
"""Returns iCalendar texts with at least what happens in the period. Blocks."""


class CalendarUnreachable(RuntimeError):
    """I can't see the calendar: it has not answered for more than an hour."""


@dataclass(frozen=True)
class _Seen:
    at: datetime
    period: Period
    busy: tuple[Period, ...]


class BusyTimes:
    """The busy times of one advocate, fetched off the event loop and remembered."""

    def __init__(self, advocate: Advocate, *, seconds: float = SECONDS, fetches: list[Fetch] | None = None):
        """Say where to look.

        Args:
            advocate: Whose calendar.
            seconds: How long one look may take.
            fetches: Sources instead of the advocate's addresses, for tests.
        """
        self._advocate = advocate
        self._seconds = seconds
        self._fetches = _fetches(advocate, seconds) if fetches is None else fetches
        # threads of its own: a calendar that never answers must not use up those of the database
        self._threads = ThreadPoolExecutor(2, thread_name_prefix=f"calendar-{advocate.id}")
        self._seen: _Seen | None = None
        self._failed_at: datetime | None = None
        self._looking: asyncio.Task[None] | None = None

    async def between(self, period: Period, now: datetime) -> tuple[Period, ...]:
        """Return when the advocate is busy.

        Raises:
            CalendarUnreachable: The calendar does not answer and was last seen over an hour ago.
        """
        if not self._fetches:
            return ()
        rests = self._failed_at is not None and now - self._failed_at < REST
        if not self._knows(period, now, FRESH) and not rests:
            await self._look(period, now)
        if not self._knows(period, now, GOOD_ENOUGH) or self._seen is None:
            raise CalendarUnreachable(f"I can't see the calendar of {self._advocate.id}")
        return tuple(one for one in self._seen.busy if one.overlaps(period))

    def forget(self) -> None:
        """Look anew next time."""
        self._seen = self._failed_at = None

    def _knows(self, period: Period, now: datetime, age: timedelta) -> bool:
        seen = self._seen
        return seen is not None and now - seen.at <= age and seen.period.start <= period.start

    async def _look(self, period: Period, now: datetime) -> None:
        """Fetch once for all who wait; a failure leaves what was seen before."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._fetch(period, now))
        await asyncio.wait({self._looking}, timeout=self._seconds + 1)

    async def _fetch(self, period: Period, now: datetime) -> None:
        wide = Period(period.start - timedelta(days=1), period.end + timedelta(days=2))
        try:
            async with asyncio.timeout(self._seconds):
                in_thread = functools.partial(asyncio.get_running_loop().run_in_executor, self._threads)
                texts = await asyncio.gather(*(in_thread(one, wide) for one in self._fetches))
                busy = await asyncio.to_thread(
                    lambda: tuple(
                        one
                        for of_one in texts
                        for text in of_one
                        for one in busy_in(text, wide, self._advocate)
                    )
                )
                self._seen, self._failed_at = _Seen(now, wide, busy), None
        except Exception as error:  # whatever a calendar does, the last state is the answer
            log.warning("the calendar of %s was not read: %s", self._advocate.id, type(error).__name__)
            self._failed_at = now


def busy_in(text: str, period: Period, advocate: Advocate) -> list[Period]:
    """Return the busy times of an iCalendar text, repeating events expanded.

    Free ("transparent") and canceled events do not count, nor do our own calls, which the
    database knows better. An all-day event takes the day in the advocate's zone, as does a time
    that names no zone.
    """
    if not text.strip():
        return []
    found = []
    for calendar in Calendar.from_ical(text, multiple=True):
        for event in recurring_ical_events.of(calendar, skip_bad_series=True).between(
            period.start, period.end
        ):
            if _counts(event):
                found.append(Period(_instant(event.start, advocate), _instant(event.end, advocate)))
    return [one for one in found if one.start < one.end and one.overlaps(period)]


def _counts(event: Any) -> bool:
    return (
        str(event.get("TRANSP", "OPAQUE")).upper() != "TRANSPARENT"
        and str(event.get("STATUS", "CONFIRMED")).upper() != "CANCELLED"
        and not is_ours(str(event.get("UID", "")))
    )


def _instant(value: date, advocate: Advocate) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value if value.tzinfo else value.replace(tzinfo=advocate.zone)).astimezone(UTC)


def _fetches(advocate: Advocate, seconds: float) -> list[Fetch]:
    fetches: list[Fetch] = []
    if advocate.caldav_url:
        fetches.append(_caldav(advocate.caldav_url))
    if advocate.feed_url:
        fetches.append(_feed(advocate.feed_url, seconds))
    return fetches


def _caldav(url: str) -> Fetch:
    def fetch(period: Period) -> list[str]:
        with client_for(url) as client:
            calendar = client.calendar(url=without_password(url))  # type: ignore[no-untyped-call]
            events = calendar.search(start=period.start, end=period.end, event=True, expand=False)
            return [str(event.data) for event in events]

    return fetch


def _feed(url: str, seconds: float) -> Fetch:
    if not url.startswith(("https://", "http://")):
        raise ValueError("the address of an ICS feed must begin with https://")

    def fetch(_period: Period) -> list[str]:
        with urllib.request.urlopen(url, timeout=seconds) as answer:  # noqa: S310 - checked above
            body: bytes = answer.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise ValueError("the ICS feed is too long")
        return [body.decode("utf-8", errors="replace")]

    return fetch
