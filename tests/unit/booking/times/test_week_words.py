"""Weeks and months in words, on Monday, November 23, 2026."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.booking.times.constraint import Days
from assistant.booking.times.sentence import Sentence
from assistant.booking.times.week_words import WeekWords

MONDAY = date(2026, 11, 23)


def read(text: str) -> tuple[WeekWords, Sentence]:
    sentence = Sentence(text)
    words = WeekWords(sentence, MONDAY)
    words.read_bounds()
    words.read_spans()
    words.read_months()
    return words, sentence


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("this week", [Days(MONDAY, date(2026, 11, 29))]),
        ("next week", [Days(date(2026, 11, 30), date(2026, 12, 6))]),
        ("week after next", [Days(date(2026, 12, 7), date(2026, 12, 13))]),
        ("end of next week", [Days(date(2026, 12, 3), date(2026, 12, 4))]),
        ("after this week", [Days(date(2026, 11, 30), None)]),
        ("in early december", [Days(date(2026, 12, 1), date(2026, 12, 10))]),
        ("week of dec 9", [Days(date(2026, 12, 7), date(2026, 12, 13))]),
    ],
)
def test_a_week_is_its_days_from_today_on(text: str, weeks: list[Days]) -> None:
    words, sentence = read(text)
    assert words.weeks == weeks and not sentence.wrong


def test_weekends_are_weekdays_and_a_week_that_does_not_suit_is_left_out() -> None:
    assert read("weekends")[0].weekdays == {5, 6}
    assert read("not this week")[0].left_out == [Days(MONDAY, date(2026, 11, 29))]


def test_a_week_that_is_over_is_not_understood() -> None:
    assert read("before this week")[1].wrong
