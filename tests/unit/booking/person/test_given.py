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
        ("i need this before my meeting on friday", None, None, "before friday"),
        ("can someone call me thurs after 4 pacific my number is 206 555 0142 its about my son. jen", "Jen", "+12065550142", "thursday after 4 pacific"),
        ("mornings b4 11. i dont do email so text me 303-555-0171 - Bri", "Bri", "+13035550171", "before 11"),
        ("book call 12/1 2:30 est dana@example.org dana", "Dana", "dana@example.org", "12/1 at 2:30 est"),
        ("can i get the call asap the meeting is tmrw at 9 its kayla 316-555-0128", "Kayla", "+13165550128", "asap"),
        ("her name is Elena her number is 806-555-0133 thursday at 6pm", "Elena", "+18065550133", "thursday at 6pm"),
        ("book me. ang@exmaple.com oops ang@example.com. thurs 3", None, "ang@example.com", "thursday at 3"),
        ("hola quiero la llamada gratis, mañana después de las 3. soy Lupe 956 555 0188", "Lupe", "+19565550188", "tomorrow after 3"),
        ("schedule: tue 12/1 @ 10a. backup wed 12/2 @ 1p. contact = jorge@example.net. -Jorge R.", "Jorge R", "jorge@example.net", "tuesday 12/1 at 10am or wednesday 12/2 at 1pm"),
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
        "i need this before my sister gets here on friday",
        "my son is 9, dana@example.org",
    ],
)
def test_half_a_sentence_about_time_is_no_time(text: str) -> None:
    assert read_given(text, understands, asked_name=False).wish is None


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("i work until 5, tuesday", True),
        ("he was suspended today. can i book a call", False),
        ("my son is 9, dana@example.org", False),
        ("never on the weekend of the dance", True),
        ("tuesday at 3", False),
    ],
)
def test_what_is_said_of_a_time_and_not_understood_is_known(text: str, unread: bool) -> None:
    assert read_given(text, understands, asked_name=False).unread is unread


def test_the_zone_of_the_place_where_a_parent_is_is_read() -> None:
    zone = read_given("wed at 1, I'm in arizona. he lost his pt", understands, asked_name=False).zone
    assert zone is not None
    assert zone.key == "America/Phoenix"


@pytest.mark.parametrize(
    "text", ["book a call", "i am so tired", "it's about my son", "hello", "school is refusing", "yes please"]
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert read_given(text, understands, asked_name=False).contact.name is None
