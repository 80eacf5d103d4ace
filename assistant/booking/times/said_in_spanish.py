"""Times as a parent who writes Spanish reads them: "el martes 17 de noviembre a las 11:00 AM, hora del Centro"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from assistant.booking.consultation import Consultation, Span
from assistant.booking.times.constraint import Days, TimeConstraint
from assistant.booking.times.wordlist import words_in
from assistant.booking.zones import spoken_time, zone_words

_DAYS = words_in("lunes martes miércoles jueves viernes sábado domingo")
_MONTHS = words_in("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
_ZONES = {
    "Eastern": "del Este",
    "Central": "del Centro",
    "Mountain": "de la Montaña",
    "Pacific": "del Pacífico",
}


def spanish_zone(zone: ZoneInfo) -> str:
    """Return "hora del Centro"; where Spanish has no name of its own, that of the place."""
    name = zone_words(zone).removesuffix(" time")
    return f"hora {_ZONES.get(name, f'de {name}')}"


def spanish_when(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant with its day, hour and zone."""
    local = instant.astimezone(zone)
    return f"{spanish_day(local.date())} {_at(local.time())}, {spanish_zone(zone)}"


def spanish_button(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as it stands on a button: "mar 17 nov, 11:00 AM"."""
    local = instant.astimezone(zone)
    return f"{_DAYS[local.weekday()][:3]} {local.day} {_MONTHS[local.month - 1][:3]}, {spoken_time(local.time())}"


def spanish_date(day: date, today: date | None = None) -> str:
    """Return "17 de noviembre"; given today, a day of another year with its year."""
    year = f" de {day.year}" if today and today.year != day.year else ""
    return f"{day.day} de {_MONTHS[day.month - 1]}{year}"


def spanish_hours(about: Consultation) -> str:
    """Return when calls take place, each hours once: "lunes y martes de 9:00 AM a 5:00 PM (hora del Pacífico)"."""
    said = []
    for advocate in about.advocates:
        days: dict[tuple[Span, ...], list[str]] = {}
        for name, spans in zip(_DAYS, advocate.hours, strict=True):
            if spans:
                days.setdefault(spans, []).append(name)
        parts = [
            f"{_listed(names)} {_listed([_from_to(one) for one in spans])}" for spans, names in days.items()
        ]
        if parts:
            said.append(f"{', '.join(parts)} ({spanish_zone(advocate.zone)})")
    return "; o ".join(dict.fromkeys(said))


def _from_to(span: Span) -> str:
    end = spoken_time(span.end) if span.end != time() else "medianoche"
    return f"de {spoken_time(span.start)} a {end}"


def _listed(words: list[str]) -> str:
    return " y ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def spanish_wish(wish: TimeConstraint, today: date | None = None) -> str:
    """Return a wish for a time as it is said back, always with the date; given today, with the year where it is another."""
    if wish.either:
        return ", o ".join(spanish_wish(one, today) for one in wish.either)
    parts = [" o ".join(_span(days, today) for days in wish.days)] if wish.days else []
    if wish.weekdays is not None and not (wish.days and all(one.first == one.last for one in wish.days)):
        parts.append(_weekdays(wish.weekdays))
    if wish.exact:
        parts.append(" o ".join(_at(one) for one in wish.exact))
    if wish.earliest and wish.latest:
        parts.append(f"entre {_the(wish.earliest)} y {_the(wish.latest)}")
    elif wish.earliest:
        parts.append(f"desde {_the(wish.earliest)}")
    elif wish.latest:
        parts.append(f"antes de {_the(wish.latest)}")
    return ", ".join(parts) or "a cualquier hora"


def spanish_day(day: date, today: date | None = None) -> str:
    """Return "el martes 17 de noviembre"; given today, a day of another year with its year."""
    return f"el {_DAYS[day.weekday()]} {spanish_date(day, today)}"


def _span(days: Days, today: date | None) -> str:
    if days.last is None:
        return f"desde {spanish_day(days.first, today)}"
    if days.first == days.last:
        return spanish_day(days.first, today)
    return f"del {spanish_date(days.first, today)} al {spanish_date(days.last, today)}"


def _weekdays(weekdays: Iterable[int]) -> str:
    days, none = sorted(weekdays), sorted(set(range(7)) - set(weekdays))
    if days == [0, 1, 2, 3, 4]:
        return "entre semana"
    named = " o ".join(f"{_DAYS[day]}{'s' if day > 4 else ''}" for day in (none if len(days) > 4 else days))
    return f"{'no los' if len(days) > 4 else 'los'} {named}"


def _the(clock: time) -> str:
    return f"{'la' if clock.hour % 12 == 1 else 'las'} {spoken_time(clock)}"


def _at(clock: time) -> str:
    return f"a {_the(clock)}"
