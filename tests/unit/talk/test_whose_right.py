from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.knowledge.library import Library
from assistant.talk.child import Child
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.talk.telling import Told
from assistant.talk.turn import Memory
from assistant.talk.understanding import Question
from assistant.talk.whose_right import for_the_writer
from tests.unit.talk.conftest import make_answer, make_point

SIGNING = Question("ask_signing")
TOLD = Told(Reply("You may sign."), "ask_signing/today@either", "ask_signing/today")


@pytest.fixture
def rights(small: Library) -> Library:
    """Return a library with a topic on a parent's right, another topic, and two points for grandparents."""
    points = [
        make_point("ask_other/grandparent", writers=("grandparent",)),
        make_point("ask_signing/grandparent", writers=("grandparent",)),
    ]
    answers = {
        "ask_signing": make_answer("ask_signing", parents_right=True),
        "ask_other": make_answer("ask_other"),
    }
    return replace(
        small,
        answers={**small.answers, **answers},
        points={**small.points, **{point.name: point for point in points}},
    )


def by(writer: str | None) -> Memory:
    return Memory(children=(Child(writer=writer),), told=["ask_signing/today@either"])


def test_a_parent_is_told_nothing(rights: Library) -> None:
    memory = by(None)
    assert for_the_writer(TOLD, SIGNING, memory, rights) == ("", [], memory)


def test_a_grandparent_finds_the_point_of_the_same_topic_once(rights: Library) -> None:
    note, buttons, after = for_the_writer(TOLD, SIGNING, by("grandparent"), rights)
    assert note == PHRASES.writer["grandparent"]
    assert [button.title for button in buttons] == ["Question of ask_signing/grandparent?"]
    assert after.last == "ask_signing/today"
    assert for_the_writer(TOLD, SIGNING, after, rights) == ("", [], after)


def test_nothing_where_no_right_of_a_parent_is_told(rights: Library) -> None:
    memory = by("grandparent")
    assert for_the_writer(TOLD, Question("ask_other"), memory, rights) == ("", [], memory)


def test_nothing_more_where_just_that_was_answered(rights: Library) -> None:
    told = replace(TOLD, point="ask_signing/grandparent")
    note, buttons, after = for_the_writer(told, SIGNING, by("grandparent"), rights)
    assert (note, buttons) == ("", [])
    assert for_the_writer(TOLD, SIGNING, after, rights)[0] == ""


@pytest.mark.parametrize("writer", ["student", "teacher"])
def test_your_child_is_explained(writer: str, rights: Library) -> None:
    note, buttons, _ = for_the_writer(TOLD, Question("ask_other"), by(writer), rights)
    assert (note, buttons) == (PHRASES.writer[writer], [])
