"""In which language the booking form speaks."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker

from actions.tongue import buttons, said, speaks_spanish
from assistant.talk.spanish import BOOKING_TOLD


def talk(
    text: str, intent: str = "inform", told: list[str] | None = None, form: str = "booking_form"
) -> Tracker:
    message = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": []}
    return Tracker("talk", {"told": told}, message, [], False, None, {"name": form}, None)


@pytest.mark.parametrize(
    ("text", "intent", "told", "spanish"),
    [
        ("quiero una cita", "speak_spanish", None, True),
        ("la primera", "inform", [BOOKING_TOLD], True),
        ("entonces el lunes a las 2", "inform", [BOOKING_TOLD], True),
        ("mejor el jueves por la tarde", "inform", None, True),
        ("the first one", "inform", None, False),
        ("actually can we do it in english please", "inform", [BOOKING_TOLD], False),
        ("La Mesa, Maria Hernandez", "inform", None, False),
    ],
)
def test_the_form_speaks_as_the_parent_writes(
    text: str, intent: str, told: list[str] | None, spanish: bool
) -> None:
    assert speaks_spanish(talk(text, intent, told)) is spanish


def test_another_form_stays_english() -> None:
    assert not speaks_spanish(talk("la primera", told=[BOOKING_TOLD], form="letter_form"))


def test_what_has_no_spanish_twin_is_said_in_english() -> None:
    tracker = talk("la primera", told=[BOOKING_TOLD])
    assert said(tracker)["ask_only_name"] == "¿Cuál es su nombre?"
    assert said(tracker)["wrong_code"].startswith("That code")
    assert buttons(tracker)["yes_book"] == "Sí, resérvela"
