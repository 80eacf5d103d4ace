"""Acts told in Spanish are read as their English words: lines of another hand than content/es/acts.yml."""

from __future__ import annotations

import pytest

from assistant.knowledge.spanish_acts import spanish_acts
from assistant.talk.form_words import (
    about_call,
    corrected_step,
    declines,
    goes_back,
    skips,
    stops,
    wants_more,
)
from assistant.talk.spanish_acts import act_in_spanish, with_act_in_english
from assistant.talk.turn import Turn

DONE = [
    ("si, por favor", "yes"),
    ("sí, está bien, gracias", "yes"),
    ("no", "plain_no"),
    ("no gracias", "no_thanks"),
    ("No, gracias.", "no_thanks"),
    ("mejor no, gracias", "no_thanks"),
    ("ya no, gracias", "no_thanks"),
    ("quiero salir de aquí", "leave"),
    ("ya no quiero la llamada, gracias", "cancel_call"),
    ("cancela la llamada por favor", "cancel_call"),
    ("por favor cancele mi cita", "cancel_call"),
    ("quisiera cambiar mi cita", "move_call"),
    ("necesito cambiar mi llamada", "move_call"),
    ("¿A qué hora es mi llamada?", "when_is_it"),
    ("¿cuándo es mi cita?", "when_is_it"),
    ("mejor déjela como está", "keep"),
    ("quisiera otra hora", "another_time"),
    ("ninguna me sirve, gracias", "more_times"),
    ("¿hay otras horas?", "more_times"),
    ("quiero regresar", "back"),
    ("me equivoqué de correo, perdón", "wrong_address"),
    ("yo no tengo correo", "no_email"),
    ("no me llegó el código", "new_code"),
    ("gracias!!", "thanks"),
    ("muchísimas gracias", "thanks"),
    ("no le entendí", "repeat"),
    ("¿y es gratis?", "whether_free"),
    ("¿cuánto va a durar la llamada?", "how_long"),
    ("¿quién me va a llamar?", "who_calls"),
    ("¿es por teléfono o por videollamada?", "phone_or_video"),
    ("¿la persona que llama habla español?", "speaks_spanish"),
]
NONE = [
    "mi nombre está mal, es Fernanda",
    "quiero una llamada",
    "quiero una cita el lunes",
    "Rosa",
    "Rosa Elena Prado",
    "la primera",
    "la segunda, gracias",
    "el viernes a las 5",
    "mañana por la tarde",
    "no puedo el lunes",
    "ana@example.org gracias",
    "es sobre la escuela de mi hijo",
    "cancelaron la junta del iep de mi hijo",
    "la escuela cambió la hora de la terapia",
    "necesito un intérprete por favor",
    "quiero cambiar a mi hijo de escuela",
    "mi hijo no quiere ir a la escuela",
    "what time is my call",
    "no thanks",
    "thursday after 4",
]


def test_most_acts_are_heard() -> None:
    wrong = [
        (text, act_in_spanish(text)) for text, name in DONE if (act_in_spanish(text) or ("",))[0] != name
    ]
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_act_is_taken_for_none(text: str) -> None:
    assert act_in_spanish(text) is None


@pytest.mark.parametrize(
    ("name", "hears"),
    [
        ("no_thanks", declines),
        ("leave", stops),
        ("goodbye", stops),
        ("cancel_call", stops),
        ("back", goes_back),
        ("skip", skips),
        ("more_times", lambda text: wants_more(Turn(text, "inform"))),
        ("another_time", lambda text: corrected_step(text) == "opening"),
        ("wrong_address", lambda text: corrected_step(text) == "contact_address"),
        ("wrong_name", lambda text: corrected_step(text) == "contact_name"),
        ("whether_free", lambda text: about_call(Turn(text, "inform")) == ["ask_cost"]),
        ("how_long", lambda text: about_call(Turn(text, "inform")) == ["ask_timeline"]),
        ("who_calls", lambda text: about_call(Turn(text, "inform")) == ["ask_who_leads"]),
        ("phone_or_video", lambda text: about_call(Turn(text, "inform")) == ["ask_services"]),
        ("what_to_bring", lambda text: about_call(Turn(text, "inform")) == ["ask_meeting_prep"]),
        ("why_ask", lambda text: about_call(Turn(text, "inform")) == ["ask_privacy"]),
    ],
)
def test_the_english_words_of_an_act_are_understood_by_the_forms(name: str, hears: object) -> None:
    assert callable(hears) and hears(spanish_acts().acts[name].english)


def test_a_turn_keeps_its_words_where_it_is_no_act() -> None:
    turn = Turn("el viernes a las 5", "out_of_scope")
    assert with_act_in_english(turn) is turn
    assert with_act_in_english(Turn("atrás", "out_of_scope")).text == "go back"
    pressed = Turn('/inform{"confirm": "no"}', "inform")
    assert with_act_in_english(pressed) is pressed
