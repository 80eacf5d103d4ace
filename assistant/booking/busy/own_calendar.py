"""Busy times from the advocate's CalDAV calendar or ICS feed.

Both are fetched whole and counted out here: a server's own free-busy report takes all-day events for
days in UTC. What was seen last counts for an hour when the calendar does not answer. What came cut short or
empty was not seen.
"""

import asyncio
import base64
import functools
import http.client
import logging
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from assistant.booking.busy.busy_text import OwnEvent, busy_in
from assistant.booking.busy.calendar_text import CalendarUnreachable, CalendarUnreadable
from assistant.booking.busy.feed import without_what_is_over
from assistant.booking.busy.objects import readable
from assistant.booking.consultation import Advocate
from assistant.booking.openings import Period
from assistant.booking.sent.calendar import client_for, without_password

__all__ = ["BusyTimes", "CalendarUnreachable", "CalendarUnreadable", "busy_in"]

log = logging.getLogger(__name__)

FRESH = timedelta(minutes=2)
GOOD_ENOUGH = timedelta(hours=1)
REST = timedelta(seconds=7)  # after a failure, so that not every parent waits for the time-out
SECONDS = 8.0

Fetch = Callable[[Period], list[str]]
"""Returns iCalendar texts with at least what happens in the period. Blocks."""


@dataclass(frozen=True)
class _Seen:
    at: datetime
    period: Period
    busy: tuple[Period, ...]
    own: tuple[OwnEvent, ...]


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
        self._told: set[OwnEvent] = set()
        self.problem = ""
        """Why the last look failed, for the owner; "" where it did not."""

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

    @property
    def own(self) -> tuple[OwnEvent, ...]:
        """Our own calls as the calendar has them."""
        return self._seen.own if self._seen else ()

    def moved(self, calls: Mapping[str, tuple[Period, int]]) -> list[Period]:
        """Return the times to which the advocate moved calls in her own calendar; each is named in the log, once.

        Args:
            calls: Time and sequence of the calls that are booked, by UID. An entry with a lower sequence is not hers: our own
                change has not reached the calendar yet.
        """
        found = []
        for event in self.own:
            period, sequence = calls.get(event.uid, (event.period, 0))
            if event.period != period and event.sequence >= sequence:
                found.append(event.period)
                if event not in self._told:
                    self._told.add(event)
                    log.warning(
                        "the calendar of %s has call %s at %s, but it is booked for %s: the parent does not know. Move it with "
                        "the parent's agreement, or move it back",
                        self._advocate.id, event.uid[:8], f"{event.period.start:%Y-%m-%d %H:%MZ}", f"{period.start:%Y-%m-%d %H:%MZ}",
                    )  # fmt: skip
        return found

    def forget(self) -> None:
        """Look anew next time."""
        self._seen = self._failed_at = None

    def _knows(self, period: Period, now: datetime, age: timedelta) -> bool:
        seen = self._seen
        return seen is not None and now - seen.at <= age and seen.period.start <= period.start

    async def _look(self, period: Period, now: datetime) -> None:
        """Fetch once for all who wait; a failure leaves what was seen before.

        A look that takes longer than a parent can wait goes on, for the next one to use.
        """
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._fetch(period, now))
        await asyncio.wait({self._looking}, timeout=self._seconds + 1)

    async def _fetch(self, period: Period, now: datetime) -> None:
        wide = Period(period.start - timedelta(days=1), period.end + timedelta(days=2))
        in_thread = functools.partial(asyncio.get_running_loop().run_in_executor, self._threads)
        try:
            async with asyncio.timeout(self._seconds):
                texts = await asyncio.gather(*(in_thread(one, wide) for one in self._fetches))
            self._seen = await in_thread(self._read, [text for of_one in texts for text in of_one], wide, now)
            self._failed_at, self.problem = None, ""
        except Exception as error:  # whatever a calendar does, the last state is the answer
            self.problem = _reason(error)
            log.warning("the calendar of %s was not read: %s", self._advocate.id, self.problem)
            self._failed_at = now

    def _read(self, texts: list[str], wide: Period, now: datetime) -> _Seen:
        own: list[OwnEvent] = []
        busy = tuple(one for text in texts for one in busy_in(text, wide, self._advocate, own))
        return _Seen(now, wide, busy, tuple(own))


def _reason(error: Exception) -> str:
    """Say why a look failed, without the address: it may hold a password."""
    if isinstance(error, CalendarUnreadable):
        return str(error)
    if isinstance(error, urllib.error.HTTPError):
        return f"the server answered {error.code}"
    if isinstance(error, TimeoutError):
        return "no whole answer in time"
    if isinstance(error, urllib.error.URLError):
        return f"no connection ({type(error.reason).__name__})"
    return type(error).__name__


def _fetches(advocate: Advocate, seconds: float) -> list[Fetch]:
    fetches: list[Fetch] = []
    if advocate.caldav_url:
        fetches.append(_caldav(advocate.caldav_url, advocate))
    if advocate.feed_url:
        fetches.append(_feed(advocate.feed_url, seconds))
    return fetches


def _caldav(url: str, advocate: Advocate) -> Fetch:
    def fetch(period: Period) -> list[str]:
        with client_for(url) as client:
            calendar = client.calendar(url=without_password(url))  # type: ignore[no-untyped-call]
            # the library's own filter takes each entry apart, and one that is spoiled would end the whole search
            events = calendar.search(
                start=period.start, end=period.end, event=True, expand=False, post_filter=False
            )
            named = [
                (urlsplit(str(event.url)).path.rpartition("/")[2], str(event.data or "")) for event in events
            ]
        return readable(named, advocate)

    return fetch


def _feed(url: str, seconds: float) -> Fetch:
    request = urllib.request.Request(without_password(url, query=True))  # noqa: S310 - an https address, by consultation.py
    parts = urlsplit(url)
    if parts.username is not None:
        # calendar programs copy the address with user and password in it; urllib would take them for a part of the host
        written = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        proof = base64.b64encode(written.encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {proof}")

    def fetch(period: Period) -> list[str]:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310 - as above
            body = without_what_is_over(_pieces(answer, time.monotonic() + seconds), period.start.date())
            if answer.length:
                raise CalendarUnreadable(f"it is cut short: {answer.length} bytes are missing")
        return [body.decode("utf-8", errors="replace")]

    return fetch


def _pieces(answer: http.client.HTTPResponse, until: float) -> Iterator[bytes]:
    while piece := answer.read1(65536):
        yield piece
        if time.monotonic() > until:  # a server that sends a byte now and then would hold the thread
            raise TimeoutError
