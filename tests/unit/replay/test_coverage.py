"""Every answer for every plan is held by a story of tests/conversations, whoever adds one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.knowledge.library import library
from assistant.replay.coverage import held, held_by_no_story
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


def test_every_answer_for_every_plan_is_held_by_a_story(stories: list[Case]) -> None:
    missing = held_by_no_story(library().answers, stories)
    assert not missing, (
        f"{len(missing)} answers are held by no story of tests/conversations: {', '.join(missing)}. "
        "Add a turn with `answer: {intent, plan}`: docs/how-to/replay.md."
    )


def test_a_new_answer_without_a_story_is_named(stories: list[Case]) -> None:
    answers = library().answers
    new = {**answers, "ask_tutoring": replace(answers["ask_review"], intent="ask_tutoring")}
    missing = held_by_no_story(new, stories)
    assert missing == [f"ask_tutoring for {plan}" for plan in ("504", "iep", "none", "either")]


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
