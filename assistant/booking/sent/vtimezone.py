"""VTIMEZONE: a zone's clock changes written out, so that a calendar needs no table of its own.

icalendar 7 can write one too, but puts the spring change an hour late (at 3:00 of the old time
instead of 2:00), which moves a call between 3 and 4 that morning; hence this file.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def vtimezone(zone: ZoneInfo, year: int) -> Timezone:
    """Return the component for calls in this year.

    A change that falls on the same weekday of the month ("second Sunday in March") in the years
    around is written as a yearly rule, as calendars expect; any other as single dates.
    """
    written = Timezone()
    written.add("tzid", str(zone))
    changes = [change for around in (year - 1, year, year + 1) for change in _changes(zone, around)]
    if not changes:
        start = datetime(1970, 1, 1, tzinfo=UTC)
        offset = datetime(year, 1, 1, tzinfo=zone).utcoffset() or timedelta(0)
        _observance(written, zone, datetime(year, 1, 1, tzinfo=UTC), start.replace(tzinfo=None), offset, None)
        return written
    of_first_year = [change for change in changes if change.year == year - 1]
    rules = [_nth_weekday(_wall_before(change, zone)) for change in of_first_year]
    yearly = all(
        [_nth_weekday(_wall_before(change, zone)) for change in changes if change.year == one] == rules
        for one in (year, year + 1)
    )
    for number, change in enumerate(of_first_year if yearly else changes):
        _observance(
            written,
            zone,
            change,
            _wall_before(change, zone),
            (change - timedelta(seconds=1)).astimezone(zone).utcoffset() or timedelta(0),
            rules[number] if yearly else None,
        )
    return written


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return the instants of this year at which the zone's offset changes."""
    found = []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        low, high = day, day + timedelta(days=1)
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high)
        day += timedelta(days=1)
    return found


def _wall_before(change: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clocks, still unchanged, show at the change: RFC 5545 counts from there."""
    before = (change - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None, fold=0)
    return before + timedelta(seconds=1)


def _nth_weekday(day: datetime) -> tuple[int, str]:
    """Return the month and such as ``2SU``; the last one of a month as ``-1SU``."""
    last = (day + timedelta(days=7)).month != day.month
    return day.month, f"{-1 if last else (day.day - 1) // 7 + 1}{_DAYS[day.weekday()]}"


def _observance(
    written: Timezone,
    zone: ZoneInfo,
    change: datetime,
    wall: datetime,
    offset_before: timedelta,
    rule: tuple[int, str] | None,
) -> None:
    local = change.astimezone(zone)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", wall)
    if rule:
        observance.add("rrule", vRecur(freq="YEARLY", bymonth=rule[0], byday=rule[1]))
    observance.add("tzoffsetfrom", offset_before)
    observance.add("tzoffsetto", local.utcoffset() or timedelta(0))
    observance.add("tzname", local.tzname() or str(zone))
    written.add_component(observance)
