"""Openings: the free times for a consultation, on a fixed grid of instants.

The grid is laid out on the advocate's wall clock and then turned into instants, so a call at
three stays at three on both sides of a clock change.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from assistant.booking.consultation import Advocate, Consultation
from assistant.booking.zones import LocalTimeError, instant_of


@dataclass(frozen=True, order=True)
class Period:
    """Time from one instant to another, both in UTC; the end is not part of it."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Period") -> bool:
        """Tell whether both have a moment in common; one that begins when the other ends does not."""
        return self.start < other.end and other.start < self.end

    def widened(self, by: timedelta) -> "Period":
        """Return the period with this much added before and after it."""
        return Period(self.start - by, self.end + by)


@dataclass(frozen=True, order=True)
class Opening:
    """A free time with one advocate. ``start`` and ``end`` are instants in UTC."""

    start: datetime
    end: datetime
    advocate: str

    @property
    def id(self) -> str:
        """Return what a button carries, such as ``founder@20261201T2300Z``."""
        return f"{self.advocate}@{self.start:%Y%m%dT%H%MZ}"

    @property
    def period(self) -> Period:
        """The time that it takes."""
        return Period(self.start, self.end)


def opening_named(opening_id: str, length: timedelta) -> Opening | None:
    """Return the opening that :attr:`Opening.id` named, or None; whether it is free is not checked."""
    advocate, _, written = opening_id.partition("@")
    try:
        start = datetime.strptime(written, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Opening(start, start + length, advocate)


def grid(consultation: Consultation, advocate: Advocate, now: datetime) -> Iterator[Opening]:
    """Yield every opening of the advocate's hours that notice and horizon allow, earliest first.

    Calls already booked and busy times are not taken out. Wall-clock times that the clocks skip
    are left out; of times that they show twice only the first is used.
    """
    earliest, latest = now + consultation.notice, now + consultation.horizon
    day, last = (instant.astimezone(advocate.zone).date() for instant in (earliest, latest))
    seen = earliest - timedelta(microseconds=1)
    while day <= last:
        if day not in consultation.days_off | advocate.days_off:
            for opening in day_openings(consultation, advocate, day):
                if seen < opening.start <= latest:
                    seen = opening.start
                    yield opening
        day += timedelta(days=1)


def day_openings(consultation: Consultation, advocate: Advocate, day: date) -> Iterator[Opening]:
    """Yield every opening of a day, as if it were no day off."""
    for span in advocate.hours[day.weekday()]:
        clock = datetime.combine(day, span.start)
        close = span.close(day)
        while clock < close:
            try:
                start = instant_of(clock, advocate.zone)
            except LocalTimeError:
                start = None
            if start is not None:
                end = start + consultation.length
                if end.astimezone(advocate.zone).replace(tzinfo=None) <= close:
                    yield Opening(start, end, advocate.id)
            clock += consultation.every


def free_openings(
    consultation: Consultation,
    advocate: Advocate,
    now: datetime,
    *,
    calls: Sequence[Period],
    busy: Iterable[Period],
) -> list[Opening]:
    """Return the advocate's openings that neither a call, a hold nor a busy time touches.

    Args:
        consultation: Hours, buffer, cap and days off.
        advocate: Whose openings.
        now: The current instant.
        calls: Live calls and holds of this advocate, which also count towards the daily cap.
        busy: What else the advocate's calendar holds.
    """
    blocked = sorted(one.widened(consultation.buffer) for one in (*calls, *busy))
    full = full_days(consultation, advocate, calls)
    return [
        opening
        for opening in grid(consultation, advocate, now)
        if opening.start.astimezone(advocate.zone).date() not in full
        and not any(opening.period.overlaps(one) for one in blocked)
    ]


def full_days(consultation: Consultation, advocate: Advocate, calls: Iterable[Period]) -> set[date]:
    """Return the days, in the advocate's zone, on which the daily cap is reached."""
    count: dict[date, int] = {}
    for call in calls:
        day = call.start.astimezone(advocate.zone).date()
        count[day] = count.get(day, 0) + 1
    return {day for day, calls_then in count.items() if calls_then >= consultation.daily_cap}


def merged(openings: Iterable[Sequence[Opening]], load: dict[str, int]) -> list[Opening]:
    """Return one opening for each start, with the advocate who has the fewest calls ahead.

    Args:
        openings: For each advocate their free openings.
        load: How many calls each advocate has ahead.
    """
    best: dict[datetime, Opening] = {}
    for one in (opening for of_one in openings for opening in of_one):
        known = best.get(one.start)
        if known is None or _rank(one, load) < _rank(known, load):
            best[one.start] = one
    return sorted(best.values())


def _rank(opening: Opening, load: dict[str, int]) -> tuple[int, str]:
    return load.get(opening.advocate, 0), opening.advocate
