from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.knowledge.library import library
from assistant.talk.conversation import TURNS
from assistant.talk.noting import noted
from assistant.talk.turn import Memory, Turn

TODAY = date(2026, 11, 30)
POINT = "ask_placement/who_decides"


def heard(kind: str, turn: Turn, memory: Memory | None = None):
    replies, after = TURNS[kind](turn, memory or Memory(), library(), TODAY)
    return noted(kind, turn, replies, after, library()), after


def asks(text: str, share: float) -> Turn:
    return Turn(text, "ask_placement", ("ask_placement",), confidences=(0.9,), points=((POINT, share),))


@pytest.mark.parametrize("kind", ["clarify", "out_of_scope"])
def test_no_checked_answer_is_noted_with_what_came_near(kind) -> None:
    turn = Turn(
        "who paints the bus", "nlu_fallback", ("ask_bus",), confidences=(0.1,), points=((POINT, 0.1),)
    )
    about, _ = heard(kind, turn)
    assert about["why"] == "no_answer"
    assert about["near"] == [POINT]
    assert about["version"] == library().digest


def test_a_topic_without_its_point_is_a_choice_and_a_point_is_an_answer() -> None:
    assert heard("answer", asks("who says which room", 0.1))[0]["why"] == "choice"
    assert heard("answer", asks("who decides the placement", 0.9))[0] is None


def test_the_same_again_and_not_what_i_asked_name_what_was_told() -> None:
    turn = asks("who decides the placement", 0.9)
    _, memory = heard("answer", turn)
    again, memory = heard("answer", turn, memory)
    assert (again["why"], again["point"]) == ("repeat", POINT)
    wrong, _ = heard("not_helpful", Turn("thats not what i asked", "not_helpful"), memory)
    assert (wrong["why"], wrong["point"], wrong["topic"]) == ("not_it", POINT, "ask_placement")
    assert wrong["near"][0] == POINT, "near to what was told, not to the complaint"


def test_danger_and_buttons_are_never_noted() -> None:
    assert heard("crisis", Turn("i want to die", "crisis"))[0] is None
    assert heard("clarify", replace(asks("", 0.1), text="/ask_placement"))[0] is None
