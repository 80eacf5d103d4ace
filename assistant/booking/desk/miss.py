"""Why nothing fits what a parent asked for: taken, too soon, too far off, or never at that hour."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from assistant.booking.consultation import Consultation
from assistant.booking.openings import grid
from assistant.booking.times.constraint import TimeConstraint

_FURTHER = timedelta(days=120)


class Miss(Enum):
    """Why, for the one who words it."""

    TAKEN = "calls take place then, but none is free"
    SOON = "it is nearer than the notice that an advocate needs"
    FAR = "it is further off than calls are booked"
    BETWEEN = "calls take place then, but begin at other minutes"
    CLOSED = "no calls take place then"


def why_none(consultation: Consultation, constraint: TimeConstraint, zone: ZoneInfo, now: datetime) -> Miss:
    """Return the reason, the one first that another time would heal best.

    Args:
        consultation: Hours, notice, horizon.
        constraint: What was asked for.
        zone: The parent's zone.
        now: The current instant.
    """
    if _ever(consultation, constraint, zone, now):
        return Miss.TAKEN
    if _ever(replace(consultation, notice=timedelta()), constraint, zone, now):
        return Miss.SOON
    if _ever(replace(consultation, horizon=consultation.horizon + _FURTHER), constraint, zone, now):
        return Miss.FAR
    every = int(consultation.every.total_seconds() // 60)
    wider = [_around(constraint, direction, every) for direction in (-1, 1)] if constraint.exact else []
    if any(_ever(consultation, one, zone, now) for one in wider):
        return Miss.BETWEEN
    return Miss.CLOSED


def _ever(consultation: Consultation, constraint: TimeConstraint, zone: ZoneInfo, now: datetime) -> bool:
    """Tell whether any time of the advocates' hours is what was asked for, whether or not it is free."""
    return any(
        constraint.admits(opening, zone)
        for advocate in consultation.advocates
        for opening in grid(consultation, advocate, now)
    )


def _around(constraint: TimeConstraint, direction: int, every: int) -> TimeConstraint:
    """Return the same wish for calls that begin before or after, nearer than `every` minutes: an hour at which none begins is no minute between two."""
    moments = [datetime.combine(date(2000, 1, 2), one) for one in constraint.exact]
    spread = [moment + direction * timedelta(minutes=step) for moment in moments for step in range(1, every)]
    return replace(constraint, exact=tuple(one.time() for one in spread))
