"""In which language the booking form speaks."""

from __future__ import annotations

from datetime import date

import pytest
from rasa_sdk import Tracker

from actions.tongue import buttons, said, speaks_spanish, wish_words
from assistant.booking.times.constraint import Days, TimeConstraint
from assistant.clock import now

SPANISH = "¿Qué hora le conviene? Estas son las próximas libres."
ENGLISH = "Which time suits you? These are the next free ones."


def talk(
    text: str, intent: str = "inform", before: str = ENGLISH, form: str | None = "booking_form"
) -> Tracker:
    """Return a talk in which `before` was said, and `text` written then."""
    message = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": []}
    events = [{"event": "bot", "text": before}, {"event": "user", "text": text}]
    return Tracker("talk", {}, message, events, False, None, {"name": form}, None)


@pytest.mark.parametrize(
    ("text", "intent", "before", "spanish"),
    [
        ("quiero una cita", "speak_spanish", ENGLISH, True),
        ("la primera", "inform", SPANISH, True),
        ("entonces el lunes a las 2", "inform", SPANISH, True),
        ("mejor el jueves por la tarde", "inform", ENGLISH, True),
        ("no, gracias", "deny", "", True),
        ("no, gracias", "deny", ENGLISH, False),
        ("cancela la llamada por favor", "change_booking", ENGLISH, True),
        ("no", "deny", ENGLISH, False),
        ("no", "deny", SPANISH, True),
        ("cancel it", "change_booking", ENGLISH, False),
        ("the first one", "inform", ENGLISH, False),
        ("actually can we do it in english please", "inform", SPANISH, False),
        ("La Mesa, Maria Hernandez", "inform", ENGLISH, False),
    ],
)
def test_the_form_speaks_as_the_parent_writes(text: str, intent: str, before: str, spanish: bool) -> None:
    assert speaks_spanish(talk(text, intent, before)) is spanish


def test_a_wish_for_a_day_of_next_year_says_its_year() -> None:
    day = date(now().year + 1, 6, 1)
    wish = TimeConstraint(days=(Days(day, day),))
    assert str(day.year) in wish_words(talk("in june please"), wish)


def test_another_form_stays_english() -> None:
    assert not speaks_spanish(talk("la primera", before=SPANISH, form="letter_form"))


def test_a_change_of_a_call_speaks_spanish_too() -> None:
    assert speaks_spanish(talk("cancela la llamada", "change_booking", form="change_form"))
    assert speaks_spanish(talk("ya no", "deny", form=None))


def test_sentences_and_buttons_are_spanish() -> None:
    tracker = talk("la primera", before=SPANISH)
    assert said(tracker)["ask_only_name"] == "¿Cuál es su nombre?"
    assert said(tracker)["wrong_code"].startswith("Ese código")
    assert buttons(tracker)["yes_book"] == "Sí, resérvela"
