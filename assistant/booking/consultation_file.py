"""Reads ``content/consultation.yml``, strictly: a wrong field stops the server, never a talk."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from assistant.booking.consultation import Advocate, Consultation, MailText, Organisation, Span
from assistant.booking.fields import ConsultationError, Fields
from assistant.knowledge.source import ContentError
from assistant.knowledge.spanish_mails import spanish_mails

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
IN_ENGLISH_ALONE = frozenset({
    "code", "advocate_booked", "advocate_moved", "advocate_cancelled",
})  # fmt: skip
"""Kinds that nobody gets in Spanish: the code is asked for in the English form, and advocates read English."""
UNPROVEN_CALLS_A_DAY = 6
"""Where a file of before this limit says nothing."""
_DAYS_END = "24:00"
_SPAN = re.compile(r"([0-2]\d):([0-5]\d)-([0-2]\d):([0-5]\d)")


def load_consultation(path: Path, environ: Mapping[str, str]) -> Consultation:
    """Read and check ``consultation.yml``.

    Args:
        path: The file.
        environ: Where the calendars' addresses are looked up, by the names that the file gives.

    Raises:
        ConsultationError: The file is missing or wrong, or a mail to parents has no words in Spanish.
    """
    _need_spanish()
    reader = _fields_of(path)
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


def _need_spanish() -> None:
    """Refuse a kind of mail that a parent who booked in Spanish could not get."""
    try:
        known = spanish_mails().mails
    except ContentError as error:
        raise ConsultationError(str(error)) from error
    if missing := sorted(MAIL_FIELDS.keys() - IN_ENGLISH_ALONE - known.keys()):
        raise ConsultationError(
            f"content/es/mails.yml: mails.{missing[0]} is missing; write it there, and add {missing[0]!r} to KINDS in "
            "assistant/knowledge/spanish_mails.py"
        )


def _fields_of(path: Path) -> Fields:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - text only
    except OSError as error:
        raise ConsultationError(f"{path}: cannot be read ({error.strerror}); restore it") from error
    except yaml.YAMLError as error:
        raise ConsultationError(f"{path}: not valid YAML, {error}") from error
    return Fields(str(path), loaded)


def _advocate(reader: Fields, environ: Mapping[str, str]) -> Advocate:
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


def _slack_id(reader: Fields) -> str:
    found = reader.optional("slack") or ""
    if found and not re.fullmatch(r"[UW][A-Z0-9]+", found):
        raise reader.wrong(
            "slack", f"is {found!r}, no id of a person in Slack; copy it from their profile (U…)"
        )
    return found


def _from_environment(reader: Fields, field_name: str, environ: Mapping[str, str]) -> str | None:
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


def _hours(reader: Fields) -> tuple[tuple[Span, ...], ...]:
    for day in reader.fields():
        if day not in WEEKDAYS:
            raise reader.wrong(day, f"is not a weekday; use {', '.join(WEEKDAYS)}")
    return tuple(_spans(reader, day) for day in WEEKDAYS)


def _spans(reader: Fields, day: str) -> tuple[Span, ...]:
    written = reader.fields().get(day, [])
    if not isinstance(written, list):
        raise reader.wrong(day, "is not a list; write [09:00-12:00, 13:00-17:00]")
    spans: list[Span] = []
    for one in written:
        match = _SPAN.fullmatch(one) if isinstance(one, str) else None
        if not match or int(match[1]) > 23 or (int(match[3]) > 23 and not one.endswith(_DAYS_END)):
            raise reader.wrong(day, f"holds {one!r}; write a span such as 09:00-12:00, at most until 24:00")
        # the end of a day is kept as midnight
        span = Span(time(int(match[1]), int(match[2])), time(int(match[3]) % 24, int(match[4])))
        early = span.start >= span.end and not one.endswith(_DAYS_END)
        if early or (spans and (spans[-1].end == time() or spans[-1].end > span.start)):
            raise reader.wrong(day, f"holds {one!r}, which ends too early or overlaps the one before")
        spans.append(span)
    return tuple(spans)


def _mail(reader: Fields, kind: str) -> MailText:
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
