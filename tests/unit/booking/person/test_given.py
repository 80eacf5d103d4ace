"""Everything at once: name, address and time in one message."""

from __future__ import annotations

import pytest

from assistant.booking import read_given
from assistant.booking.times.words import understand
from tests.booking_world import MONDAY_MORNING, SEATTLE


def understands(words: str) -> bool:
    return understand(words, MONDAY_MORNING, SEATTLE) is not None


def _meant(words: str | None) -> object:
    return understand(words, MONDAY_MORNING, SEATTLE) if words else None


@pytest.mark.parametrize(
    ("text", "name", "address", "wish"),
    [
        ("book me for tuesday at 3, dana@example.org", None, "dana@example.org", "tuesday at 3"),
        ("Dana, dana@example.org, next tuesday after 3", "Dana", "dana@example.org", "next tuesday after 3"),
        ("book a call, my name is dana reyes, 206 555 0143, tomorrow morning", "Dana Reyes", "+12065550143", "tomorrow morning"),
        ("can you book me in for thursday afternoon? dana@example.org", None, "dana@example.org", "thursday afternoon"),
        ("move my call to friday", None, None, "friday"),
        ("tuesday 12/1 10-11", None, None, "tuesday 12/1 10-11"),
        ("this is dana and my email is dana@example.org", "Dana", "dana@example.org", None),
        ("book a call", None, None, None),
        ("set up a call for wednesday between 10am and noon pls, kim@example.org", None, "kim@example.org", "wednesday between 10am and noon"),
        ("i want a consultation next week any day but friday", None, None, "next week any day but friday"),
        ("call booking: Priya / priya@example.org / fri afternoon", "Priya", "priya@example.org", "friday afternoon"),
        ("i work nights so book me a call between 1 and 3", None, None, "between 1 and 3"),
        ("need to book a call this week after school", None, None, "this week after school"),
        ("monday at 9, or tuesday at 3", None, None, "monday at 9, or tuesday at 3"),
    ],
)  # fmt: skip
def test_a_message_gives_all_that_it_holds(
    text: str, name: str | None, address: str | None, wish: str | None
) -> None:
    given = read_given(text, understands, asked_name=False)
    assert given.contact.name == name
    assert (given.contact.email or given.contact.phone) == address
    assert _meant(given.wish) == _meant(wish)


@pytest.mark.parametrize(
    "text",
    [
        "i work until 5, tuesday",
        "dana@example.org, tuesday, but not before my son's therapy at 2",
        "i need this before my meeting on friday",
        "my son is 9, dana@example.org",
    ],
)
def test_half_a_sentence_about_time_is_no_time(text: str) -> None:
    assert read_given(text, understands, asked_name=False).wish is None


@pytest.mark.parametrize(
    "text", ["book a call", "i am so tired", "it's about my son", "hello", "school is refusing", "yes please"]
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert read_given(text, understands, asked_name=False).contact.name is None
