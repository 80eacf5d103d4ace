"""When a parent would like the call, as days and times on their own clock."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from assistant.booking.openings import Opening
from assistant.booking.zones import spoken_date, spoken_time

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Days:
    """Days from the first to the last, both included; ``last`` None has no end."""

    first: date
    last: date | None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class TimeConstraint:
    """When a parent would like the call. What is not said is not restricted.

    Attributes:
        days: Any of these.
        weekdays: Any of these, Monday is 0.
        earliest: Local time at or after which the call begins.
        latest: Local time by which the call is over.
        exact: Local times at which the call may begin.
        zone: Zone named in the sentence; else the parent's zone is meant.
        either: Any of these, where each day has a time of its own; the other attributes are then empty.
    """

    days: tuple[Days, ...] = ()
    weekdays: frozenset[int] | None = None
    earliest: time | None = None
    latest: time | None = None
    exact: tuple[time, ...] = ()
    zone: ZoneInfo | None = None
    either: tuple["TimeConstraint", ...] = ()

    def admits(self, opening: Opening, zone: ZoneInfo) -> bool:
        """Tell whether the opening, on the parent's clock, is what was asked for."""
        if self.either:
            return any(one.admits(opening, self.zone or zone) for one in self.either)
        start = opening.start.astimezone(self.zone or zone)
        end = opening.end.astimezone(self.zone or zone)
        day, clock = start.date(), start.time().replace(tzinfo=None, fold=0)
        return (
            (not self.days or any(day in days for days in self.days))
            and (self.weekdays is None or day.weekday() in self.weekdays)
            and (self.earliest is None or clock >= self.earliest)
            and (self.latest is None or (end.date() == day and end.time() <= self.latest))
            and (not self.exact or clock in self.exact)
        )

    @property
    def any_time(self) -> bool:
        """Tell whether nothing is restricted ("whenever")."""
        return replace(self, zone=None) == TimeConstraint()

    def refined_by(self, later: "TimeConstraint") -> "TimeConstraint":
        """Return both as one wish; what was said later goes before.

        A time of day that was a range holds for the new day too ("thursday afternoon", "no, friday"), one that was a
        certain minute does not.
        """
        if self.either and not (
            later.either or later.any_time or later.earliest or later.latest or later.exact
        ):
            # "tuesday or thursday evening", then "thursday": that one's hours
            kept = [
                one
                for one in self.either
                if one.days and any(day.first in span for day in later.days for span in one.days)
            ]
            if len(kept) == 1:
                return replace(kept[0], days=later.days, zone=later.zone or self.zone)
        if later.any_time or self.either or later.either:
            return later
        merged, timed = later, later.earliest or later.latest or later.exact
        if not timed:
            merged = replace(merged, earliest=self.earliest, latest=self.latest)
            if not (later.days or later.weekdays):
                merged = replace(merged, exact=self.exact)
        elif not later.exact and not self.exact:
            both = later.earliest or self.earliest, later.latest or self.latest
            if both[0] is None or both[1] is None or both[0] < both[1]:
                merged = replace(merged, earliest=both[0], latest=both[1])
        if not later.days:
            weekdays = later.weekdays
            if weekdays is not None and self.weekdays is not None:
                weekdays = weekdays & self.weekdays or weekdays
            # "sunday", then "any weekday": none of the days of before is one of these
            days = () if weekdays is not None and not _on(self.days, weekdays) else self.days
            merged = replace(merged, days=days, weekdays=self.weekdays if weekdays is None else weekdays)
        return replace(merged, days=_within(self.days, merged.days), zone=later.zone or self.zone)

    def words(self, today: date | None = None) -> str:
        """Return it as it is said back, always with the date: "Tuesday, December 1, after 3:00 PM".

        Args:
            today: Given, a day of another year is said with its year ("thanksgiving", on the day after it).
        """
        if self.either:
            return ", or ".join(one.words(today) for one in self.either)
        parts = [" or ".join(_days_words(days, today) for days in self.days)] if self.days else []
        if self.weekdays is not None and not (self.days and all(one.first == one.last for one in self.days)):
            parts.append(_weekdays_words(self.weekdays))
        if self.exact:
            parts.append("at " + " or ".join(spoken_time(one) for one in self.exact))
        if self.earliest and self.latest:
            parts.append(f"between {spoken_time(self.earliest)} and {spoken_time(self.latest)}")
        elif self.earliest:
            parts.append(f"from {spoken_time(self.earliest)} on")
        elif self.latest:
            parts.append(f"before {spoken_time(self.latest)}")
        return ", ".join(parts) or "any time"


def _within(spans: tuple[Days, ...], days: tuple[Days, ...]) -> tuple[Days, ...]:
    """Return the days, or the same weekdays within the week that was named before: "next week", then "tuesday"."""
    weeks = [
        span
        for span in spans
        if span.last is not None and timedelta(1) < span.last - span.first < timedelta(14)
    ]
    single = all(one.first == one.last for one in days)
    if len(weeks) != 1 or not single or not days or any(one.first in weeks[0] for one in days):
        return days
    week = [weeks[0].first + timedelta(n) for n in range(7) if weeks[0].first + timedelta(n) in weeks[0]]
    moved = [day for day in week if day.weekday() in {one.first.weekday() for one in days}]
    near = all(abs((one.first - weeks[0].first).days) <= 7 for one in days)
    return tuple(Days(day, day) for day in moved) if moved and near else days


def _days_words(days: Days, today: date | None) -> str:
    first = spoken_date(days.first, today)
    if days.last is None:
        return f"from {first} on"
    return first if days.first == days.last else f"{first} to {spoken_date(days.last, today)}"


def _weekdays_words(weekdays: Iterable[int]) -> str:
    days = set(weekdays)
    if days == {0, 1, 2, 3, 4}:
        return "on a weekday"
    if len(days) > 4:
        return "not on a " + " or ".join(_WEEKDAYS[day] for day in sorted(set(range(7)) - days))
    return "on a " + " or ".join(_WEEKDAYS[day] for day in sorted(days))


@dataclass(frozen=True)
class Office:
    """Between which local times, on the parent's clock, calls take place at all."""

    opens: time = time(9)
    closes: time = time(17)

    def holds(self, clock: time) -> bool:
        """Tell whether it is open at this time of the day."""
        return self.opens <= clock < self.closes


def _on(spans: tuple[Days, ...], weekdays: frozenset[int]) -> bool:
    """Tell whether any day of the spans is one of the weekdays; without spans every day may be."""
    if not spans:
        return True
    week = [timedelta(number) for number in range(7)]
    return any(
        (span.first + step).weekday() in weekdays
        for span in spans
        for step in week
        if span.last is None or span.first + step <= span.last
    )
