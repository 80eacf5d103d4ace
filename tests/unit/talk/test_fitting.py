from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.knowledge.library import Library
from assistant.talk.child import Child
from assistant.talk.fitting import fitting
from assistant.talk.turn import OneQuestion, Turn
from tests.unit.talk.conftest import make_answer, make_point

BABY, PRESCHOOL, PUPIL = Child(ages=(1, 1)), Child(ages=(4, 4)), Child(ages=(9, 9))


@pytest.fixture
def aged(small: Library) -> Library:
    """Return a library with one question for babies, its twin for preschoolers, and one for any age."""
    points = [
        make_point("ask_small/baby", ages=(0, 2), at_other_ages=("ask_small/preschool",)),
        make_point("ask_small/preschool", ages=(3, 5)),
        make_point("ask_small/waiting"),
        make_point("ask_whom/principal"),
    ]
    answers = {name: make_answer(name) for name in ("ask_small", "ask_whom")}
    return replace(
        small,
        answers={**small.answers, **answers},
        points={**small.points, **{point.name: point for point in points}},
    )


def turn(**shares: float) -> Turn:
    """Return a turn that surely asks ask_small, its points as likely as given; ask_whom/principal beside it."""
    points = tuple((f"ask_small/{name}", share) for name, share in shares.items())
    return Turn(
        "who do i call",
        "ask_small",
        ("ask_small", "ask_whom"),
        confidences=(0.7, 0.3),
        points=(*points, ("ask_whom/principal", 0.3)),
        rival="ask_whom/principal",
        unsure=True,
    )


def test_nothing_changes_where_no_age_is_known(aged: Library) -> None:
    said = turn(baby=0.6, waiting=0.4)
    assert fitting(said, Child(), aged) is said


def test_nothing_changes_where_the_point_fits(aged: Library) -> None:
    said = turn(baby=0.9, waiting=0.1)
    assert fitting(said, BABY, aged) is said


def test_the_same_question_for_the_childs_age_takes_the_share(aged: Library) -> None:
    fitted = fitting(turn(baby=0.9, waiting=0.1), PRESCHOOL, aged)
    assert fitted.point[0] == "ask_small/preschool"
    assert (fitted.rival, fitted.unsure) == ("", False)


def test_without_one_the_next_point_comes_first_also_of_another_topic(aged: Library) -> None:
    fitted = fitting(turn(baby=0.9, waiting=0.1), PUPIL, aged)
    assert (fitted.intent, fitted.point) == ("ask_whom", ("ask_whom/principal", 1.0))
    assert fitted.ranking[0] == "ask_whom"


def test_a_topic_without_a_point_among_the_first_may_be_meant(aged: Library) -> None:
    said = replace(turn(baby=1.0), points=(("ask_small/baby", 1.0),), rival="", unsure=False)
    aged = replace(
        aged,
        points={**aged.points, "ask_small/baby": replace(aged.points["ask_small/baby"], at_other_ages=())},
    )
    assert fitting(said, PUPIL, aged).point == ("ask_whom", 1.0)


def test_a_clear_question_on_another_age_is_still_heard(aged: Library) -> None:
    said = replace(turn(baby=1.0), points=(("ask_small/baby", 1.0),), rival="", unsure=False)
    said = replace(said, ranking=("ask_small",), confidences=(1.0,))
    assert fitting(said, PUPIL, aged).point[0] == "ask_small/baby"


def test_a_rival_for_another_age_is_no_rival(aged: Library) -> None:
    said = replace(turn(waiting=1.0), rival="ask_small/baby", unsure=True)
    fitted = fitting(said, PUPIL, aged)
    assert (fitted.point[0], fitted.rival, fitted.unsure) == ("ask_small/waiting", "", False)


def test_each_of_two_questions_is_asked_for_the_childs_age(aged: Library) -> None:
    both = (
        OneQuestion("ask_small", "ask_small/baby", 0.8),
        OneQuestion("ask_whom", "ask_whom/principal", 0.9),
    )
    fitted = fitting(replace(turn(baby=1.0), questions=both), PRESCHOOL, aged)
    assert [one.point for one in fitted.questions] == ["ask_small/preschool", "ask_whom/principal"]


def test_a_button_asks_what_it_says(aged: Library) -> None:
    said = replace(turn(baby=1.0), text='/ask_small{"point": "baby"}')
    assert fitting(said, PUPIL, aged) is said


def test_a_point_for_who_else_may_write_does_not_fit(aged: Library) -> None:
    points = {
        **aged.points,
        "ask_small/waiting": replace(aged.points["ask_small/waiting"], writers=("student",)),
    }
    aged = replace(aged, points=points)
    said = turn(waiting=0.9, preschool=0.1)
    assert fitting(said, Child(writer="grandparent"), aged).point[0] == "ask_whom/principal"
    assert fitting(said, Child(writer="student"), aged) is said


def test_what_holds_for_the_childs_own_parent_is_not_told_to_a_foster_parent(aged: Library) -> None:
    own = replace(aged.points["ask_small/waiting"], writers=("parent",))
    aged = replace(aged, points={**aged.points, "ask_small/waiting": own})
    said = turn(waiting=0.9, preschool=0.1)
    assert fitting(said, Child(writer="foster_parent"), aged).point[0] == "ask_whom/principal"
    assert fitting(said, Child(), aged) is said
