from __future__ import annotations

import pytest

from assistant.talk.turn import Turn
from assistant.talk.writer import told_writer


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        ("i am his foster mom, he has an iep", "foster_parent"),
        ("we are foster parents of a boy with adhd", "foster_parent"),
        ("my foster son has a 504", "foster_parent"),
        ("I'm the grandma and guardian", "grandparent"),
        ("i'm raising my grandson, he has no 504", "grandparent"),
        ("my 6 year old granddaughter has autism", "grandparent"),
        ("as her stepdad can i come", "stepparent"),
        ("my stepson has a 504", "stepparent"),
        ("my nephew lives with me", "relative"),
        ("im his aunt", "relative"),
        ("im a teacher and one of my students has a 504", "teacher"),
        ("i'm a special ed teacher", "teacher"),
        ("im 17 and have an iep", "student"),
        ("I am a senior and the school ended my 504", "student"),
        ("im in 10th grade and have adhd", "student"),
        ("my son has an iep", None),
        ("his grandma signed it", None),
        ("im a teacher myself and my son has an iep", None),
        ("i am 100 percent sure", None),
        ("im 20 minutes away", None),
        ("the foster mom of another kid says so", None),
        ("my daughter's aunt is a teacher", None),
        ("i have an iep meeting tomorrow", None),
    ],
)
def test_who_writes(text: str, writer: str | None) -> None:
    assert told_writer(Turn(text, "inform")) == writer


def test_a_button_tells_nobody() -> None:
    assert told_writer(Turn('/ask_consent{"point": "who_may_sign"}', "ask_consent")) is None
