"""One day in words, on Monday, November 23, 2026."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.booking.times.one_day import day_named, next_month

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("tomorrow", date(2026, 11, 24)),
        ("day after tomorrow", date(2026, 11, 25)),
        ("tuesday", date(2026, 11, 24)),
        ("monday", date(2026, 11, 30)),
        ("next friday", date(2026, 12, 4)),
        ("a week from friday", date(2026, 12, 4)),
        ("dec 3", date(2026, 12, 3)),
        ("3rd of december", date(2026, 12, 3)),
        ("12/3", date(2026, 12, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("the 5th", date(2026, 12, 5)),
        ("thursday the 3rd", date(2026, 12, 3)),
        ("thanksgiving", date(2026, 11, 26)),
        ("new years", date(2027, 1, 1)),
        ("tuesday the 3rd", None),
        ("someday", None),
    ],
)
def test_words_name_the_next_day_that_fits(written: str, day: date | None) -> None:
    assert day_named(written, MONDAY) == day


@pytest.mark.parametrize("written", ["june 31", "nov 20"])
def test_a_day_that_is_not_there_or_just_passed_is_no_day(written: str) -> None:
    with pytest.raises(ValueError, match=r"day"):
        day_named(written, MONDAY)


def test_after_december_comes_january() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
