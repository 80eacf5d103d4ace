"""Which topics, for which plans, and which points the stories of tests/conversations hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.knowledge.library import library
from assistant.replay.coverage import PLANS, held, held_by_no_story, points_held
from assistant.replay.reader import read_stories
from assistant.replay.story import Assertion, Case, Step
from assistant.settings import TOP


@pytest.fixture(scope="module")
def stories() -> list[Case]:
    files = sorted((TOP / "tests/conversations").glob("test_*.yml"))
    return [case for file in files for case in read_stories(file)]


def expects(expected: object, expected_failure: str = "") -> Case:
    step = Step("user", "how often is it reviewed", (Assertion("answer", expected),))
    return Case("a story", (step,), expected_failure=expected_failure)


TOPICS_HELD = 212
"""How many texts of topics, one a plan, stories hold: 212 before the points, and again once the stories marked `expected_failure` are judged.
A new topic needs no story; a story that goes needs another."""
POINTS_HELD = 90


def test_stories_hold_no_fewer_answers_than_before(stories: list[Case]) -> None:
    answers = library().answers
    missing = held_by_no_story(answers, stories)
    texts = sum(plan in answer.texts for answer in answers.values() for plan in PLANS)
    assert texts - len(missing) >= TOPICS_HELD, (
        f"Stories of tests/conversations hold {texts - len(missing)} answers, {TOPICS_HELD} before. Not held: {', '.join(missing)}. "
        "Add a turn with `answer: {intent, plan}` or `answer: {point, plan}`: docs/use/replay.md."
    )


def test_a_point_that_a_story_holds_exists_and_no_fewer_are_held_than_before(stories: list[Case]) -> None:
    found = points_held(stories)
    letters = {f"write_letter/{name}" for name in library().letters}
    assert found - set(library().points) - letters == set()
    assert len(found) >= POINTS_HELD


def test_a_new_answer_without_a_story_is_named(stories: list[Case]) -> None:
    answers = library().answers
    new = {**answers, "ask_tutoring": replace(answers["ask_review"], intent="ask_tutoring")}
    missing = set(held_by_no_story(new, stories)) - set(held_by_no_story(answers, stories))
    assert missing == {f"ask_tutoring for {plan}" for plan in ("504", "iep", "none", "either")}


def test_a_point_holds_itself_and_its_topic() -> None:
    case = expects({"point": "ask_aide/taken_away", "plan": "iep"})
    assert held([case]) == {("ask_aide", "iep")} and points_held([case]) == {"ask_aide/taken_away"}
    in_general = expects({"intent": "ask_aide", "point": "none", "plan": "iep"})
    assert held([in_general]) == {("ask_aide", "iep")} and points_held([in_general]) == set()


@pytest.mark.parametrize(
    "case",
    [
        expects({"intent": ["ask_review", "ask_timeline"], "plan": "iep"}),
        expects({"intent": "ask_review", "plan": ["iep", "either"]}),
        expects({"intent": "ask_review"}),
        expects("none"),
        expects({"intent": "ask_review", "plan": "iep"}, expected_failure="is not understood today"),
    ],
)
def test_one_of_several_or_a_story_that_fails_holds_no_answer(case: Case) -> None:
    assert held([case]) == set()
    assert held([expects({"intent": "ask_review", "plan": "iep"})]) == {("ask_review", "iep")}
