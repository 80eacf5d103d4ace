"""Which Spanish answer a message gets, and which asks for the call: lines of another hand than content/es/answers.yml."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.knowledge.library import Library
from assistant.talk.spanish import answer_in_spanish, asked_in_spanish
from assistant.talk.turn import Memory, Named, Turn

ASKED = [
    ("buenas, ¿hablan español?", "hello"),
    ("necesito que me atiendan en español", "hello"),
    ("¿qué quiere decir IEP?", "what_is"),
    ("no entiendo la diferencia entre esos dos planes, 504 e iep", "what_is"),
    ("¿con quién hablo del plan 504 en la escuela?", "contact"),
    ("a quien le mando un correo si no cumplen", "contact"),
    ("la maestra no sigue el plan", "contact"),
    ("como le pido a la escuela que evaluen a mi hija", "first_step"),
    ("mi niño va mal en la escuela y no sé qué hacer", "first_step"),
    ("¿cuánto tiempo tiene la escuela para evaluarlo?", "time"),
    ("cuantos dias se tardan", "time"),
    ("en la reunión hablan puro inglés, ¿me ponen intérprete?", "interpreter"),
    ("mi hija mayor traduce en las juntas", "interpreter"),
    ("todos los papeles vienen en inglés", "interpreter"),
    ("no tenemos papeles y nos da miedo", "papers"),
    ("¿le avisan a migración?", "papers"),
    ("quién ayuda gratis a los padres", "helpers"),
    ("suspendieron a mi niño tres dias", "suspended"),
    ("la escuela dijo que no lo va a evaluar", "no_from_school"),
    ("muchísimas gracias", "thanks"),
    ("quiero hablar con una persona que hable español", "book"),
    ("me pueden llamar el jueves", "book"),
    ("quisiera hacer una cita", "book"),
    ("el camión escolar llega muy tarde", "not_yet"),
    ("¿puede graduarse con sus compañeros?", "not_yet"),
    ("el camión escolar llega muy tarde todos los días", "not_yet"),
    ("¿puede mi hermana venir a la reunión?", "not_yet"),
    ("mi hija es alérgica al cacahuate", "not_yet"),
    ("me pueden dar una copia del expediente", "not_yet"),
    ("quiero que vaya a otra escuela", "not_yet"),
    ("le pegan en el recreo", "not_yet"),
    ("donde firmo", "not_yet"),
]


CALL = [
    "buenas tardes disculpe quiero hablar con alguien de mi niño, trabajo hasta las 4, puedo el viernes a las 5. Marta Núñez 720 555 0142",
    "me pueden llamar después de las 4 menos el viernes? soy Juan Pérez García, juan@example.org",
    "me urge hablar con alguien antes de la junta del viernes, soy Yolanda 210 555 0161",
    "el maestro suspendió a mi hijo el martes y quiero que me llamen el jueves o el viernes en la mañana. Paty paty@example.org",
    "puedo los martes de 12 a 1 y los jueves de 5 a 6, soy Olga, olga@example.org, quiero una cita",
    "quiero una cita mañana a las 8 y media de la mañana, hora del centro. Raúl raul@example.org",
    "quiero una cita entre las 3 y las 5 el miércoles, Dulce María O'Farrill, 305 555 0120",
    "quiero una cita, Meche, meche@example.org, cualquier día menos el lunes",
    "quiero cita",
    "necesito una cita para el lunes",
    "me puede llamar alguien hoy en la tarde",
    "hola, quisiera agendar una llamada para mañana después de las 6, me llamo Silvia",
    "necesito que me llamen, mi cel es 303 555 0104",
    "no entiendo nada del iep, quiero hablar con una persona el jueves por favor",
    "podemos hablar el viernes a las 10",
    "me gustaría reservar la llamada gratis el martes a mediodía",
    "hola soy Rosa y quiero la llamada gratis",
    "llámeme al 303 555 0198 después de las 5",
]
NO_CALL = [
    "la escuela me llamó el lunes",
    "quiero una cita con el director",
    "la maestra me llama todos los días a las 2",
    "pedí una cita con la psicóloga el martes",
    "necesito hablar con la maestra",
    "puedo hablar con el director el lunes",
    "tengo una cita con el doctor a las 4",
    "la directora quiere que hable con alguien",
    "me llaman de la escuela todos los días",
    "quiero hablar con el maestro de mi hijo",
    "la cita del iep es el martes",
    "la llamada de la escuela fue ayer",
    "puedo pedir una cita con el case manager",
    "me pueden negar la reunión del iep",
    "quiero una evaluación el lunes",
    "mi hijo tiene cita con el terapeuta a las 5",
    "me dieron cita hasta diciembre, eso es legal",
    "la escuela no me quiere dar una cita",
    "no me contestan las llamadas de la escuela",
    "quiero hablar con una maestra que hable español",
    "me citaron el jueves para la junta, tengo que ir",
    "le pueden dar una cita con el psicólogo",
    "quiero un intérprete para la llamada con la escuela",
    "mi hijo necesita hablar con alguien en la escuela",
]


@pytest.mark.parametrize("text", CALL)
def test_a_wish_for_the_call_is_heard_beside_a_name_a_time_and_a_story(text: str) -> None:
    assert asked_in_spanish(text) == "book"


def test_a_call_or_appointment_of_somebody_else_is_no_wish_for_ours() -> None:
    """Measured: 2 of 24, "la cita del iep es el martes" and "mi hijo necesita hablar con alguien en la escuela"; 13 before such lines were learnt."""
    wrong = [text for text in NO_CALL if asked_in_spanish(text) == "book"]
    assert len(wrong) <= 2, wrong


def test_most_lines_get_their_answer() -> None:
    wrong = [(text, asked_in_spanish(text)) for text, name in ASKED if asked_in_spanish(text) != name]
    assert len(wrong) <= 5, wrong  # of 32; three of them are sent to what says less, one to another answer


@pytest.mark.parametrize(
    ("plan", "who"), [("504", "principal"), ("iep", "case manager"), ("none", "evalúen")]
)
def test_whom_to_write_to_follows_the_plan(plan: str, who: str, small: Library) -> None:
    turn = Turn("a quien le escribo", "speak_spanish")
    (reply,), _ = answer_in_spanish(turn, Memory(plan=plan), small, date(2026, 12, 1))
    assert who in reply.text and reply.sources


def test_a_plan_told_in_spanish_is_kept(small: Library) -> None:
    turn = Turn("a quien le escribo por el iep", "speak_spanish", entities=(Named("plan", "iep", 26, 29),))
    (reply,), memory = answer_in_spanish(turn, Memory(), small, date(2026, 12, 1))
    assert "case manager" in reply.text and memory.plan == "iep"


def test_nothing_is_said_twice_in_spanish_either(small: Library) -> None:
    memory, said = Memory(), []
    for _ in range(3):
        (reply,), memory = answer_in_spanish(
            Turn("cuanto tiempo tengo", "speak_spanish"), memory, small, date(2026, 12, 1)
        )
        said.append(reply.text)
    assert len(set(said)) == 3
