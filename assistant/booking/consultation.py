"""The consultation as ``content/consultation.yml`` describes it: hours, length, limits, wording."""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MAIL_FIELDS = {
    "booked": {"first_name", "when", "length", "organisation", "advocate", "where"},
    "moved": {"first_name", "when", "length", "organisation", "advocate", "where"},
    "cancelled": {"first_name", "when", "length", "organisation", "advocate"},
    "reminder": {"first_name", "when", "length", "organisation", "advocate", "where"},
    "code": {"code", "minutes", "organisation"},
    "advocate_booked": {"person", "when", "length", "contact", "reason", "organisation"},
    "advocate_moved": {"person", "when", "length", "contact", "reason", "organisation"},
    "advocate_cancelled": {"person", "when", "length", "contact", "reason", "organisation"},
}
UNPROVEN_CALLS_A_DAY = 6
"""Where a file of before this limit says nothing."""
_RESERVED = re.compile(r"(?:^|[.@])(?:example\.(?:com|net|org)|example|invalid|test|localhost)$")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SPAN = re.compile(r"([0-2]\d):([0-5]\d)-([0-2]\d):([0-5]\d)")


class ConsultationError(ValueError):
    """``consultation.yml`` is wrong; the message names file, field and remedy."""


@dataclass(frozen=True)
class Span:
    """Office hours from one wall-clock time to another of the same day, in the advocate's zone."""

    start: time
    end: time


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


def load_consultation(path: Path, environ: Mapping[str, str]) -> Consultation:
    """Read and check ``consultation.yml``.

    Args:
        path: The file.
        environ: Where the calendars' addresses are looked up, by the names that the file gives.

    Raises:
        ConsultationError: The file is missing or wrong.
    """
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - text only
    except OSError as error:
        raise ConsultationError(f"{path}: cannot be read ({error.strerror}); restore it") from error
    except yaml.YAMLError as error:
        raise ConsultationError(f"{path}: not valid YAML, {error}") from error
    reader = _Reader(str(path), loaded)
    call = reader.child("call")
    limits = reader.child("limits")
    retention = reader.child("retention")
    organisation = reader.child("organisation")
    advocates = tuple(_advocate(one, environ) for one in reader.children("advocates"))
    if len({one.id for one in advocates}) < len(advocates):
        raise reader.wrong("advocates", "names one id twice; give each advocate an id of their own")
    length = timedelta(minutes=call.number("minutes", 5, 240))
    return Consultation(
        organisation=Organisation(
            name=organisation.text("name"),
            short=organisation.text("short"),
            email=organisation.email("email"),
            phone=organisation.text("phone", empty=True),
        ),
        advocates=advocates,
        length=length,
        every=timedelta(minutes=call.number("every", 5, 240)),
        buffer=timedelta(minutes=call.number("buffer", 0, 240)),
        notice=timedelta(hours=call.number("notice_hours", 0, 24 * 14)),
        horizon=timedelta(days=call.number("horizon_days", 1, 365)),
        daily_cap=call.number("daily_cap", 1, 48),
        hold_for=timedelta(minutes=call.number("hold_minutes", 1, 60)),
        title=call.text("title"),
        where=call.text("where"),
        days_off=frozenset(reader.dates("days_off")),
        open_calls_an_email=limits.number("open_calls_an_email", 1, 100),
        tries_an_hour=limits.number("tries_an_hour", 1, 1000),
        unproven_calls_a_day=limits.number("unproven_calls_a_day", 1, 1000, or_else=UNPROVEN_CALLS_A_DAY),
        talks_days=retention.number("talks_days", 1, 30),
        calls_days=retention.number("calls_days", 1, 3650),
        mails={kind: _mail(reader.child("mails").child(kind), kind) for kind in MAIL_FIELDS},
    )


class _Reader:
    """One mapping of the file, which knows where it stands so that errors can say so."""

    def __init__(self, where: str, value: object) -> None:
        self._where = where
        if not isinstance(value, dict):
            raise ConsultationError(f"{where}: is not a block of fields; write name: value lines below it")
        self._value: dict[str, Any] = value

    def wrong(self, name: str, remedy: str) -> ConsultationError:
        joint = ": " if self._where.endswith((".yml", ".yaml")) else "."
        return ConsultationError(f"{self._where}{joint}{name} {remedy}")

    def _get(self, name: str) -> Any:
        if name not in self._value:
            raise self.wrong(name, "is missing; add it")
        return self._value[name]

    def child(self, name: str) -> "_Reader":
        joint = ": " if self._where.endswith((".yml", ".yaml")) else "."
        value = self._get(name)
        return _Reader(f"{self._where}{joint}{name}", value)

    def children(self, name: str) -> list["_Reader"]:
        value = self._get(name)
        if not isinstance(value, list) or not value:
            raise self.wrong(name, "is not a list with at least one entry; begin each entry with a dash")
        return [_Reader(f"{self._where}: {name}[{number}]", one) for number, one in enumerate(value, 1)]

    def text(self, name: str, *, empty: bool = False) -> str:
        value = self._get(name)
        if not isinstance(value, str) or (not value.strip() and not empty):
            raise self.wrong(name, "is empty or not text; write one line of text")
        return value.strip()

    def optional(self, name: str) -> str | None:
        return self.text(name) if name in self._value else None

    def email(self, name: str) -> str:
        value = self.text(name)
        if not _EMAIL.fullmatch(value):
            raise self.wrong(name, f"is {value!r}, not an e-mail address; write one such as a@example.org")
        return value

    def number(self, name: str, low: int, high: int, or_else: int | None = None) -> int:
        if or_else is not None and name not in self._value:
            return or_else
        value = self.text(name)
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise self.wrong(name, f"is {value!r}; write a whole number from {low} to {high}")
        return int(value)

    def dates(self, name: str) -> list[date]:
        value = self._get(name)
        if value == "":
            return []
        if not isinstance(value, list):
            raise self.wrong(name, "is not a list; write [2026-12-25, …] or []")
        try:
            return [date.fromisoformat(one) for one in value]
        except (TypeError, ValueError) as error:
            raise self.wrong(name, f"holds a wrong date ({error}); write year-month-day") from error

    def fields(self) -> Mapping[str, Any]:
        return self._value


def _advocate(reader: _Reader, environ: Mapping[str, str]) -> Advocate:
    advocate_id = reader.text("id")
    if not re.fullmatch(r"[a-z0-9_-]{1,40}", advocate_id):
        raise reader.wrong("id", f"is {advocate_id!r}; use at most 40 small letters, digits, - and _")
    zone_name = reader.text("zone")
    try:
        zone = ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise reader.wrong("zone", f"is {zone_name!r}; write an IANA name such as America/Denver") from error
    return Advocate(
        id=advocate_id,
        name=reader.text("name"),
        email=reader.email("email"),
        zone=zone,
        hours=_hours(reader.child("hours")),
        caldav_url=_from_environment(reader, "caldav", environ),
        feed_url=_from_environment(reader, "feed", environ),
        desk=_hours(reader.child("desk")) if "desk" in reader.fields() else None,
        days_off=frozenset(reader.dates("days_off") if "days_off" in reader.fields() else ()),
        slack=_slack_id(reader),
    )


def _slack_id(reader: _Reader) -> str:
    found = reader.optional("slack") or ""
    if found and not re.fullmatch(r"[UW][A-Z0-9]+", found):
        raise reader.wrong(
            "slack", f"is {found!r}, no id of a person in Slack; copy it from their profile (U…)"
        )
    return found


def _from_environment(reader: _Reader, field_name: str, environ: Mapping[str, str]) -> str | None:
    name = reader.optional(field_name)
    url = environ.get(name, "").strip() if name else ""
    if not url:
        return None
    # iCloud and Outlook copy the address of a feed as webcal://, which is https:// for a calendar program
    scheme, _, rest = url.partition("://")
    scheme = {"webcal": "https", "webcals": "https"}.get(scheme.lower(), scheme.lower())
    if scheme not in ("https", "http") or not rest:
        raise reader.wrong(
            field_name, f"names {name}, which holds no address; set {name} to one that begins with https://"
        )
    return f"{scheme}://{rest}"


def _hours(reader: _Reader) -> tuple[tuple[Span, ...], ...]:
    for day in reader.fields():
        if day not in WEEKDAYS:
            raise reader.wrong(day, f"is not a weekday; use {', '.join(WEEKDAYS)}")
    return tuple(_spans(reader, day) for day in WEEKDAYS)


def _spans(reader: _Reader, day: str) -> tuple[Span, ...]:
    written = reader.fields().get(day, [])
    if not isinstance(written, list):
        raise reader.wrong(day, "is not a list; write [09:00-12:00, 13:00-17:00]")
    spans: list[Span] = []
    for one in written:
        match = _SPAN.fullmatch(one) if isinstance(one, str) else None
        if not match or int(match[1]) > 23 or int(match[3]) > 23:
            raise reader.wrong(day, f"holds {one!r}; write a span such as 09:00-12:00")
        span = Span(time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4])))
        if span.start >= span.end or (spans and spans[-1].end > span.start):
            raise reader.wrong(day, f"holds {one!r}, which ends too early or overlaps the one before")
        spans.append(span)
    return tuple(spans)


def _mail(reader: _Reader, kind: str) -> MailText:
    known = MAIL_FIELDS[kind]
    for name in ("subject", "text"):
        try:
            used = {part for _, part, _, _ in string.Formatter().parse(reader.text(name)) if part is not None}
        except ValueError as error:
            raise reader.wrong(name, f"has a brace that is not closed ({error})") from error
        if used - known:
            raise reader.wrong(
                name, f"uses {{{sorted(used - known)[0]}}}; this mail knows {', '.join(sorted(known))}"
            )
    return MailText(reader.text("subject"), reader.text("text"))
