from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.knowledge.library import Library
from assistant.talk.children import plan_of_child, told_plans
from assistant.talk.turn import Memory, Named, Turn
from assistant.talk.understanding import asked


def told(text: str) -> Turn:
    """Return a turn with the plans of its text as entities."""
    plans = {"504": "504", "iep": "iep"}
    found = [
        Named("plan", plans[word], text.find(word), text.find(word) + len(word))
        for word in plans
        if word in text
    ]
    return Turn(text, "inform", ("inform",), tuple(sorted(found, key=lambda e: e.start)), (), (0.9,))


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("my oldest has a 504 and my youngest has an iep", {"oldest": "504", "youngest": "iep"}),
        ("my son's on an iep, daughter has a 504", {"son": "iep", "daughter": "504"}),
        ("mia has a 504 and leo has an iep", {"mia": "504", "leo": "iep"}),
        ("he has a 504", {}),
    ],
)
def test_each_child_keeps_its_plan(text: str, plans: dict[str, str]) -> None:
    assert told_plans(told(text), {}) == plans


def test_a_child_named_later_brings_its_plan() -> None:
    known = {"oldest": "504", "youngest": "iep"}
    assert plan_of_child(told("and for my older one?"), known) == "504"
    assert plan_of_child(told("and for my oldest?"), {"oldest": "504"}) is None


def test_and_for_my_oldest_asks_the_last_question_again(
    said: Callable[..., Turn], talking_of: Callable[[str], Memory], small: Library
) -> None:
    memory = talking_of("ask_not_followed").with_(plan="iep", children={"oldest": "504", "youngest": "iep"})
    (question,), after = asked(said("and for my oldest?", inform=0.4), memory, small)
    assert (question.intent, question.plan, after.plan) == ("ask_not_followed", "504", "504")


def test_a_correction_without_a_child_changes_the_childs_plan(
    said: Callable[..., Turn], talking_of: Callable[[str], Memory], small: Library
) -> None:
    memory = talking_of("ask_not_followed").with_(plan="iep", children={"son": "iep"})
    _, after = asked(said("sorry it's a 504", ("plan", "504"), inform=0.9), memory, small)
    assert after.children == {"son": "504"}
