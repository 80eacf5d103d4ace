from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.talk.days import SCHOOL, after, read_count, read_day, spelled

TODAY = date(2026, 11, 30)  # a Monday
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_180_days_from_november_3_is_may_2() -> None:
    assert spelled(after(date(2026, 11, 3), 180)) == "May 2, 2027"


@pytest.mark.parametrize(
    ("asked", "end"),
    [
        ("what is 60 days from oct 3", "December 2, 2026"),
        ("180 days from November 3, 2026", "May 2, 2027"),
        ("if they got my letter on the 4th when is 45 days", "December 19, 2026"),
        ("when is 10 business days before dec 1", "November 17, 2026"),
        ("when do the 60 days end if i signed on sept 12th", "November 11, 2026"),
        ("1 year from feb 29 2028", "February 28, 2029"),
        ("60 days from jan 1 2028", "March 1, 2028"),  # a leap year
        ("60 days from jan 1 2027", "March 2, 2027"),
        ("1 month from january 31", "February 28, 2026"),
        ("90 days ago", "September 1, 2026"),
        ("two weeks from last tuesday", "December 8, 2026"),
        ("45 days from today", "January 14, 2027"),
    ],
)
def test_a_question_about_days_is_counted(asked: str, end: str) -> None:
    count = read_count(asked, TODAY)
    assert count is not None and count.end is not None and spelled(count.end) == end


def test_school_days_are_left_to_the_schools_calendar() -> None:
    count = read_count("what is 15 school days from monday", TODAY)
    assert count is not None and count.counts == SCHOOL and count.end is None


@pytest.mark.parametrize("text", ["how long does it take", "99999 days from today", "he is ten"])
def test_what_counts_nothing_is_nothing(text: str) -> None:
    assert read_count(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "past", "day"),
    [
        ("it was the 4th", True, date(2026, 11, 4)),
        ("the 31st", True, date(2026, 10, 31)),
        ("oct 3", True, date(2026, 10, 3)),
        ("dec 12", True, date(2025, 12, 12)),
        ("dec 12", False, date(2026, 12, 12)),
        ("9/30/26", True, date(2026, 9, 30)),
        ("3 of november", True, date(2026, 11, 3)),
        ("last tuesday", True, date(2026, 11, 24)),
        ("yesterday", True, date(2026, 11, 29)),
        ("february 30", True, None),
        ("some time in october", True, None),
        ("i dont know", True, None),
    ],
)
def test_a_day_is_read(text: str, past: bool, day: date | None) -> None:
    assert read_day(text, TODAY, past=past) == day


@given(DAYS, st.integers(1, 400))
def test_business_days_end_on_a_business_day_and_count_back_again(start: date, days: int) -> None:
    end = after(start, days, "business")
    assert end.weekday() < 5
    if start.weekday() < 5:
        assert after(end, -days, "business") == start


@given(DAYS, st.integers(-400, 400))
def test_a_written_day_is_read_again(start: date, days: int) -> None:
    day = after(start, days)
    assert read_day(spelled(day), TODAY, past=True) == day
