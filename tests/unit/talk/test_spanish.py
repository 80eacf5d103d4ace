"""Which Spanish answer a message gets: lines of another hand than content/es/answers.yml."""

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
    ("quiero cambiarlo de escuela", "not_yet"),
    ("le pegan en el recreo", "not_yet"),
    ("donde firmo", "not_yet"),
]


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
