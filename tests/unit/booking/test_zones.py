from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.booking import zones
from assistant.booking.zones import (
    LocalTimeError,
    iana_zones,
    instant_of,
    is_repeated,
    spoken,
    spoken_date,
    zone_in,
    zone_named,
    zone_words,
)

SEATTLE = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("pacific", "America/Los_Angeles"),
        ("Pacific time", "America/Los_Angeles"),
        ("PST", "America/Los_Angeles"),
        ("eastern", "America/New_York"),
        ("east coast", "America/New_York"),
        ("EST", "America/New_York"),
        ("EST.", "America/New_York"),
        ("central time zone", "America/Chicago"),
        ("im in texas", "America/Chicago"),
        ("I live in Chicago", "America/Chicago"),
        ("mountain", "America/Denver"),
        ("arizona time", "America/Phoenix"),
        ("we're in Phoenix", "America/Phoenix"),
        ("hawaii", "Pacific/Honolulu"),
        ("Puerto Rico", "America/Puerto_Rico"),
        ("alaska time", "America/Anchorage"),
        ("guam", "Pacific/Guam"),
        ("washington state", "America/Los_Angeles"),
        ("Washington, DC", "America/New_York"),
        ("America/Boise", "America/Boise"),
    ],
)
def test_a_zone_is_known_as_parents_call_it(typed: str, key: str) -> None:
    zone = zone_named(typed)
    assert zone is not None
    assert zone.key == key


@pytest.mark.parametrize("typed", ["", "mars", "yes", "what is a 504", "../etc/passwd"])
def test_what_names_no_zone_is_not_guessed(typed: str) -> None:
    assert zone_named(typed) is None


def test_the_files_of_all_zones_are_read_once_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    iana_zones.cache_clear()
    asked: list[int] = []
    monkeypatch.setattr(zones, "available_timezones", lambda: asked.append(1) or {"America/Boise"})
    for _ in range(3):
        assert str(zone_named("America/Boise")) == "America/Boise"
    assert zone_named("America/Nowhere") is None
    assert asked == [1]
    iana_zones.cache_clear()


def test_a_day_of_another_year_says_its_year_to_who_is_told_today() -> None:
    day = date(2027, 11, 25)
    assert spoken_date(day, today=date(2026, 11, 27)) == "Thursday, November 25, 2027"
    assert spoken_date(day, today=date(2027, 1, 1)) == spoken_date(day) == "Thursday, November 25"


def test_a_zone_inside_a_sentence_is_taken_out() -> None:
    zone, rest = zone_in("tuesday at 3 eastern time please")
    assert str(zone) == "America/New_York"
    assert rest == "tuesday at 3  please"


def test_every_time_is_printed_with_its_zone() -> None:
    instant = datetime(2026, 12, 1, 23, tzinfo=UTC)
    assert spoken(instant, SEATTLE) == "Tuesday, December 1 at 3:00 PM Pacific time"
    assert spoken(instant, ZoneInfo("America/Phoenix")) == "Tuesday, December 1 at 4:00 PM Arizona time"
    assert spoken(instant, ZoneInfo("America/Indiana/Knox")).endswith("Central time")
    assert zone_words(ZoneInfo("Europe/London")) == "London time"


def test_the_hour_that_comes_twice_says_which_it_is() -> None:
    first = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    second = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    assert spoken(first, SEATTLE).endswith("1:30 AM Pacific time (before the clocks change)")
    assert spoken(second, SEATTLE).endswith("1:30 AM Pacific time (after the clocks change)")
    assert is_repeated(datetime(2026, 11, 1, 1, 30), SEATTLE)
    assert not is_repeated(datetime(2026, 11, 1, 3, 30), SEATTLE)


def test_the_hour_that_does_not_exist_is_refused() -> None:
    with pytest.raises(LocalTimeError, match="does not exist in America/Los_Angeles"):
        instant_of(datetime(2026, 3, 8, 2, 30), SEATTLE)
    with pytest.raises(LocalTimeError):
        instant_of(datetime(2026, 3, 8, 2, 30, fold=1), SEATTLE)
    # no such hour is missing in Arizona
    assert instant_of(datetime(2026, 3, 8, 2, 30), ZoneInfo("America/Phoenix")).hour == 9
