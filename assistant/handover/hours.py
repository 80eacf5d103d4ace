"""Whether somebody is at their desk now, by the office hours of content/consultation.yml."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time

from assistant.booking.consultation import Advocate, Consultation, Span
from assistant.booking.consultation_file import WEEKDAYS
from assistant.booking.zones import zone_words


def at_desk(consultation: Consultation, moment: datetime, away: Collection[str] = ()) -> bool:
    """Say whether the hours of any advocate hold this instant, of those who are not away."""
    return bool(who_is_at_desk(consultation, moment, away))


def who_is_at_desk(
    consultation: Consultation, moment: datetime, away: Collection[str] = ()
) -> list[Advocate]:
    """Return the advocates whose desk hours hold this instant and who did not say that they are away."""
    return [
        one for one in consultation.advocates if one.id not in away and _hours_hold(consultation, one, moment)
    ]


def _hours_hold(consultation: Consultation, advocate: Advocate, moment: datetime) -> bool:
    there = moment.astimezone(advocate.zone)
    if there.date() in consultation.days_off | advocate.days_off:
        return False
    hours = advocate.desk or advocate.hours
    return any(span.holds(there.time()) for span in hours[there.weekday()])


def hours_words(consultation: Consultation) -> str:
    """Return when anybody is there, each hours once: "Monday and Friday 9 AM to 5 PM, … (Pacific Time)"."""
    return _each_once(_words(one, one.desk or one.hours) for one in consultation.advocates)


def call_hours_words(consultation: Consultation) -> str:
    """Return when calls take place, as :func:`hours_words` says it."""
    return _each_once(_words(one, one.hours) for one in consultation.advocates)


def _each_once(said: Iterable[str]) -> str:
    return "; or ".join(dict.fromkeys(filter(None, said)))


def _words(advocate: Advocate, hours: Sequence[tuple[Span, ...]]) -> str:
    days: dict[tuple[Span, ...], list[str]] = {}
    for name, spans in zip(WEEKDAYS, hours, strict=True):
        if spans:
            days.setdefault(spans, []).append(name.capitalize())
    parts = [f"{_listed(names)} {_listed([_span(one) for one in spans])}" for spans, names in days.items()]
    return f"{', '.join(parts)} ({zone_words(advocate.zone)})" if parts else ""


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _span(span: Span) -> str:
    return f"{_clock(span.start)} to {_clock(span.end)}"


def _clock(clock: time) -> str:
    return f"{clock:%I:%M %p}".lstrip("0").replace(":00", "") if clock != time() else "midnight"
