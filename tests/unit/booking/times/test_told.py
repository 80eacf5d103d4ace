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
    ],
)  # fmt: skip
def test_the_wish_is_found_beside_what_else_is_told(text: str, words: str) -> None:
    assert said_back(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "i work until 5, tuesday",
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
    ],
)
def test_what_is_told_of_something_else_is_no_wish(text: str) -> None:
    told = time_told(text, understands)
    assert told.wish is None
    assert not told.unread
