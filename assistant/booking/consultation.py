"""The consultation as ``content/consultation.yml`` describes it: hours, length, limits, wording."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_RESERVED = re.compile(r"(?:^|[.@])(?:example\.(?:com|net|org)|example|invalid|test|localhost)$")


@dataclass(frozen=True)
class Span:
    """Office hours from one wall-clock time to another of the same day, in the advocate's zone.

    Attributes:
        end: Where they end; midnight is the end of that day, written 24:00.
    """

    start: time
    end: time

    def holds(self, clock: time) -> bool:
        """Say whether a time of that day lies in them."""
        return self.start <= clock and (clock < self.end or self.end == time())

    def close(self, day: date) -> datetime:
        """Return when they end on a day, on the wall clock: for 24:00 the first minute of the next day."""
        return datetime.combine(day + timedelta(days=self.end == time()), self.end)


@dataclass(frozen=True)
class Advocate:
    """Someone who takes calls.

    Attributes:
        hours: For each weekday, Monday first, the spans in which calls may take place.
        caldav_url: Calendar that tells busy times and receives the calls; None when not set.
        feed_url: ICS feed that tells busy times; None when not set.
    """

    id: str
    name: str
    email: str
    zone: ZoneInfo
    hours: tuple[tuple[Span, ...], ...]
    caldav_url: str | None = field(default=None, repr=False)  # holds a password
    feed_url: str | None = field(default=None, repr=False)
    desk: tuple[tuple[Span, ...], ...] | None = None
    """When they answer chats, where that is not when they take calls."""
    days_off: frozenset[date] = frozenset()
    """Their own, beside everybody's."""
    slack: str = ""
    """Their id in Slack: whom to tell of a parent who waits, and who may say that they are away."""


@dataclass(frozen=True)
class Organisation:
    """Who offers the call. ``phone`` is empty until the owner sets one."""

    name: str
    short: str
    email: str
    phone: str


@dataclass(frozen=True)
class MailText:
    """Subject and body of one kind of e-mail, with fields in braces."""

    subject: str
    text: str


@dataclass(frozen=True)
class Consultation:
    """Everything that ``consultation.yml`` says about the free call."""

    organisation: Organisation
    advocates: tuple[Advocate, ...]
    length: timedelta
    every: timedelta
    buffer: timedelta
    notice: timedelta
    horizon: timedelta
    daily_cap: int
    hold_for: timedelta
    title: str
    where: str
    days_off: frozenset[date]
    open_calls_an_email: int
    tries_an_hour: int
    unproven_calls_a_day: int
    talks_days: int
    calls_days: int
    mails: Mapping[str, MailText]

    @property
    def minutes(self) -> int:
        """How long a call is."""
        return int(self.length.total_seconds() // 60)

    def advocate(self, advocate_id: str) -> Advocate | None:
        """Return the advocate with this id, or None when the file no longer names them."""
        return next((one for one in self.advocates if one.id == advocate_id), None)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The e-mail addresses that reach nobody: an owner has to set real ones before going live."""
        addresses = (self.organisation.email, *(one.email for one in self.advocates))
        return tuple(one for one in addresses if is_reserved(one))


def is_reserved(host: str) -> bool:
    """Tell whether a host or address is of a domain that RFC 2606 keeps for examples."""
    return bool(_RESERVED.search(host.lower()))
