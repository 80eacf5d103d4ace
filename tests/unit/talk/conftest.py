"""A small library of its own, so that a reworded answer breaks no test of the talk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.knowledge.answers import Answer, Text
from assistant.knowledge.library import Library, library
from assistant.knowledge.points import Point
from assistant.talk.turn import Memory, Named, Turn

REVIEWED, REVIEW_BY = date(2026, 11, 1), date(2027, 5, 1)
MakeTurn = Callable[..., Turn]


def make_answer(
    intent: str, plans: tuple[str, ...] = ("504", "iep", "either", "none"), **more: Any
) -> Answer:
    """Return an answer whose texts name intent and plan."""
    return Answer(
        intent=intent,
        title=f"Title of {intent}",
        texts={
            plan: Text(f"{intent} for {plan}.", f"Steps of {intent}.", f"Simple {intent}.") for plan in plans
        },
        facts={plan: () for plan in plans},
        by_state={},
        by_condition={},
        caveat="",
        contact={},
        **{"next": (), "offer_call": False, "reviewed": REVIEWED, "review_by": REVIEW_BY, **more},
    )


def make_point(name: str, plans: tuple[str, ...] = ("504", "iep", "either"), **more: Any) -> Point:
    """Return a point whose words name it and the plan."""
    return Point(
        name=name,
        asks=f"Question of {name}?",
        says={plan: f"{name} for {plan}." for plan in plans},
        facts={plan: () for plan in plans},
        **{
            "contact": {"iep": "case_manager"},
            "then": (),
            "status": "live",
            "approved_by": "editors",
            "approved_on": REVIEWED,
            "review_by": REVIEW_BY,
            **more,
        },
    )


@pytest.fixture
def small() -> Library:
    """Return a library of ten topics and five points; conditions, terms and the rest are the real ones."""
    answers = [
        make_answer("ask_difference", about="both_plans"),
        make_answer("ask_cost"),
        make_answer("ask_get_started", about="no_plan_yet"),
        make_answer("ask_not_followed"),
        make_answer("ask_privacy", ("either",), about="assistant"),
        make_answer("ask_capabilities", ("either",), about="assistant"),
        make_answer("ask_term", ("either",)),
        make_answer("ask_meeting_prep", next=("ask_team",)),
        make_answer("ask_team"),
        make_answer("ask_private_evaluation"),
    ]  # fmt: skip
    points = [
        make_point("ask_team/who_must_come", then=("ask_team/leave_early",)),
        make_point("ask_team/leave_early", ("either",)),
        make_point("ask_team/in_texas", ("either",), states=("recording",)),
        make_point("ask_team/being_checked", status="off"),
        make_point("ask_team/being_written", status="draft"),
    ]
    real = library()
    return Library(
        facts=real.facts,
        answers={answer.intent: answer for answer in answers},
        points={point.name: point for point in points},
        conditions=real.conditions,
        contacts=real.contacts,
        glossary=real.glossary,
        packs=real.packs,
        letters=real.letters,
        letter_parts=real.letter_parts,
        crisis=real.crisis,
        comparison=real.comparison,
        feelings=real.feelings,
        terms=real.terms,
        suggestions=real.suggestions,
    )


@pytest.fixture
def said() -> MakeTurn:
    """Return a maker of turns: said("can i record it", ask_privacy=0.5, ask_meeting_prep=0.3)."""

    def make(text: str, *entities: tuple[str, str], **confidences: float) -> Turn:
        ranking = tuple(sorted(confidences, key=lambda intent: -confidences[intent]))
        return Turn(
            text=text,
            intent=ranking[0],
            ranking=ranking,
            confidences=tuple(confidences[intent] for intent in ranking),
            entities=tuple(Named(kind, value) for kind, value in entities),
        )

    return make


@pytest.fixture
def talking_of() -> Callable[[str], Memory]:
    """Return a maker of memories: talking_of("ask_meeting_prep")."""
    return lambda topic: Memory(question=topic, limits_told=True)
