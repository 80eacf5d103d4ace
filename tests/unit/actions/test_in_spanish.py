"""What is said in Spanish beside a form, and to small acts."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.in_spanish import asks_in_spanish, asks_more_in_spanish, say_beside_in_spanish, small_reply
from assistant.talk.turn import Turn

SPANISH = "¿Qué hora le conviene? Estas son las próximas libres."


def talk(text: str, before: str = SPANISH, form: str | None = "booking_form") -> Tracker:
    message = {"text": text, "intent": {"name": "inform", "confidence": 1.0}, "entities": []}
    events = [{"event": "bot", "text": before}, {"event": "user", "text": text}]
    return Tracker("talk", {}, message, events, False, None, {"name": form}, None)


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        ("thank", "De nada"),
        ("deny", "Está bien. Aquí estoy"),
        ("affirm", "Bien."),
        ("goodbye", "Hasta luego"),
    ],
)
def test_a_small_act_is_answered_in_spanish(intent: str, words: str) -> None:
    reply = small_reply(Turn("no gracias", intent), talk("no gracias", form=None))
    assert reply is not None and reply.text.startswith(words)
    # twice the same asking words are a wall (assistant/replay/circles.py); after "bye" and "thanks" nothing is asked
    assert (reply.outcome == "answered") == (intent in {"thank", "goodbye"})


def test_english_and_questions_get_no_small_reply() -> None:
    assert small_reply(Turn("no thanks", "deny"), talk("no thanks", "Hello.")) is None
    assert small_reply(Turn("cuánto cuesta", "ask_cost"), talk("cuánto cuesta")) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("¿la persona habla español?", "intérprete"),
        ("¿tengo derecho a un intérprete en la junta?", "intérprete gratis"),
        ("¿y si el camión llega tarde?", "solo en inglés"),
    ],
)
def test_a_question_in_the_middle_of_a_form_is_answered_in_spanish(text: str, words: str) -> None:
    said = CollectingDispatcher()
    assert say_beside_in_spanish(Turn(text, "out_of_scope"), talk(text), said) is not None
    assert words in said.messages[0]["text"]


def test_a_value_is_no_question() -> None:
    for text in ("el viernes a las 5", "la primera", "Rosa Elena"):
        assert not asks_in_spanish(Turn(text, "inform"), talk(text))
        assert say_beside_in_spanish(Turn(text, "inform"), talk(text), CollectingDispatcher()) is None


def test_a_wish_that_seems_an_act_to_a_classifier_of_english_is_a_wish() -> None:
    assert asks_more_in_spanish(Turn("quiero una cita", "stop"))
    assert not asks_more_in_spanish(Turn("ya no gracias", "stop"))
    assert not asks_more_in_spanish(Turn("quit", "stop"))
