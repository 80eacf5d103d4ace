"""The wish for a time inside a message that tells of other things too."""

from __future__ import annotations

import pytest

from assistant.booking.times.told import time_told
from assistant.booking.times.words import understand
from tests.unit.booking.times.test_words import NOW, SEATTLE


def understands(words: str) -> bool:
    return understand(words, NOW, SEATTLE) is not None


def said_back(text: str) -> str | None:
    wish = time_told(text, understands).wish
    constraint = understand(wish, NOW, SEATTLE) if wish else None
    return constraint.words() if constraint else None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("we r meeting w the school on dec 4 so i need the call before that", "Tuesday, November 24 to Thursday, December 3"),
        ("i get home at 4 so after that", "from 4:00 PM on"),
        ("so i work nights at the hospital and sleep till 2, could we do 3 or 3:30 on a weekday", "on a weekday, at 3:00 PM or 3:30 PM"),
        ("can you call thursday? i have a dr appt at 1 so not then. before 12 or after 3 is ok", "Thursday, November 26, before 12:00 PM, or Thursday, November 26, from 3:00 PM on"),
        ("1st choice wed 12, 2nd choice wed 3:30", "Wednesday, November 25, at 12:00 PM, or Wednesday, November 25, at 3:30 PM"),
        ("anyone around 2ish on wed? if not thurs same time", "Wednesday, November 25 or Thursday, November 26, between 1:00 PM and 3:30 PM"),
        ("i cant do mornings, any day after 2", "from 2:00 PM on"),
        ("need help for my son - prefer week after thanksgiving, late mornings", "Monday, November 30 to Sunday, December 6, between 10:30 AM and 12:30 PM"),
        ("my son was suspended today. can i talk to someone tomorrow before noon", "Wednesday, November 25, before 12:00 PM"),
        ("after drop off so 9 or later", "from 9:00 AM on"),
        ("we have mediation on the 30th … can i talk to someone before that", "Tuesday, November 24 to Sunday, November 29"),
        ("we have mediation on the 30th, can i talk to someone beforehand", "Tuesday, November 24 to Sunday, November 29"),
        ("mediation monday the 30th at 9am, can i get a call before that?", "Tuesday, November 24 to Sunday, November 29"),
        ("can i talk to someone before mediation on the 30th", "Tuesday, November 24 to Sunday, November 29"),
        ("manifestation is friday can i get a call before that", "Tuesday, November 24 to Thursday, November 26"),
        ("we have mediation on the 30th … can i talk to someone thursday", "Thursday, November 26"),
        ("can i get a call friday to prep for mediation", "Friday, November 27"),
        ("due process hearing dec 4. anyone free tomorrow after 3?", "Wednesday, November 25, from 3:00 PM on"),
        ("conference call thursday at 2", "Thursday, November 26, at 2:00 PM"),
    ],
)  # fmt: skip
def test_the_wish_is_found_beside_what_else_is_told(text: str, words: str) -> None:
    assert said_back(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not available mon/tues. wed thurs fri ok after 11am", ["not on a Monday or Tuesday", "Wednesday, November 25 or Thursday, November 26 or Friday, November 27, from 11:00 AM on"]),
        ("cant do mon or tues, wed or thurs works", ["not on a Monday or Tuesday", "Wednesday, November 25 or Thursday, November 26"]),
        ("i am not available thursday. friday is fine", ["not on a Thursday", "Friday, November 27"]),
        ("im not available monday. tuesday", ["not on a Monday", "Tuesday, December 1"]),
        ("not available monday, tuesday, wednesday", ["on a Thursday or Friday or Saturday or Sunday"]),
        ("i cant do mon. tues. or wed.", ["on a Thursday or Friday or Saturday or Sunday"]),
    ],
)  # fmt: skip
def test_days_that_suit_are_none_of_those_that_do_not(text: str, words: list[str]) -> None:
    wish = time_told(text, understands).wish
    assert wish is not None
    read = [understand(line, NOW, SEATTLE) for line in wish.splitlines()]
    assert [one.words() if one else None for one in read] == words


@pytest.mark.parametrize(
    "text",
    [
        "i work until 5, tuesday",
        "friday works, thursday is bad",
        "we have mediation on the 24th … can i talk to someone before that",  # today: its day is not offered
        "tuesday, but not before my son's therapy at 2",
        "never before 10",
    ],
)
def test_a_wish_that_is_half_understood_is_none(text: str) -> None:
    told = time_told(text, understands)
    assert told.wish is None
    assert told.unread


@pytest.mark.parametrize(
    "text",
    [
        "they suspended him today",
        "my daughter sat in the hall for 3 days",
        "he is in 4th grade",
        "the iep meeting is on friday",
        "book a call please",
        "we have mediation on the 30th … can i talk to someone",
        "due process is on dec 4",
        "resolution session is thursday at 2",
    ],
)
def test_what_is_told_of_something_else_is_no_wish(text: str) -> None:
    told = time_told(text, understands)
    assert told.wish is None
    assert not told.unread
