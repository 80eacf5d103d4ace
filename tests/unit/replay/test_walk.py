import random
from typing import Any

import pytest

from assistant.replay.circles import circles, told_twice
from assistant.replay.seen import Inside, Seen
from assistant.replay.walk import draw


def said(text: str, outcome: str = "asked", buttons: tuple[str, ...] = (), **inside: Any) -> Seen:
    return Seen("x", [{"text": text, "outcome": outcome, "buttons": [{"title": b} for b in buttons]}], inside=Inside(**inside))  # fmt: skip


@pytest.mark.parametrize(
    ("before", "seen", "wrong"),
    [
        (said("Which time?", "booking"), said("Which time?", "booking"), "the same prompt twice in a row"),
        (said("A", "clarify"), said("B", "out_of_scope"), "no person offered"),
    ],
)
def test_what_must_not_happen_is_found(before: Seen, seen: Seen, wrong: str) -> None:
    assert any(wrong in text for text in circles(before, seen))


@pytest.mark.parametrize(
    ("before", "seen"),
    [
        (said("Which time?", "booking"), said("Which time?", "booking", slots=(("opening", None),))),
        (said("A", "clarify"), said("B", "clarify", ("Book a free call",))),
        (said("The principal.", "answered"), said("The principal.", "answered")),
    ],
)
def test_what_may_happen_is_left_alone(before: Seen, seen: Seen) -> None:
    assert circles(before, seen) == []


def told(*bodies: str) -> Seen:
    return Seen("x", [{"text": f"**Heading**\n\n{body}", "body": body, "answer": {"intent": "ask_aide"}} for body in bodies])  # fmt: skip


def test_an_answer_told_twice_in_a_talk_is_found() -> None:
    once, other, small = told("The aide stays."), told("Ask tonight."), said("All right.")
    assert told_twice([once, other, small], told("The aide stays.")) == [
        "the same answer twice in a talk: The aide stays."
    ]
    assert told_twice([small], told("The aide stays.", "The aide stays."))
    assert told_twice([once, small], other) == []
    assert told_twice([small], small) == []  # no answer


def test_the_same_seed_draws_the_same_walk() -> None:
    steps = [[draw(random.Random(7), [{"title": "IEP"}]) for _ in range(3)] for _ in range(2)]
    assert steps[0] == steps[1]
