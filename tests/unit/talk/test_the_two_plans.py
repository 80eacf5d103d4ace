"""Questions about the two plans side by side, and which text they get."""

from datetime import date

import pytest

from assistant.knowledge.library import library
from assistant.talk.answering import compose
from assistant.talk.turn import Memory, Named, Turn
from assistant.talk.understanding import Question, asked


def plan_said(text: str, intent: str, *entities: tuple[str, str], known: str | None = None) -> str | None:
    """Return the plan whose text `text` gets, when the talk already knows the plan `known`."""
    named = tuple(Named(kind, value) for kind, value in entities)
    questions, _ = asked(Turn(text, intent, entities=named), Memory(plan=known), library())
    return questions[0].plan


def test_one_plan_named_gets_its_own_text() -> None:
    assert plan_said("is a 504 special ed", "ask_difference", ("plan", "504")) == "504"


@pytest.mark.parametrize("intent", ["ask_difference", "ask_which_plan", "ask_both_plans", "ask_switch_plan"])
def test_the_known_plan_does_not_narrow_a_comparison(intent: str) -> None:
    assert plan_said("what is the difference", intent, known="504") is None


def test_a_story_that_names_both_gets_the_text_for_both() -> None:
    entities = (("plan", "504"), ("plan", "iep"))
    assert plan_said("he had a 504 and now they offer an IEP", "ask_switch_plan", *entities) is None


def test_a_child_without_a_plan_hears_the_first_step() -> None:
    assert plan_said("no plan yet, which do I ask for", "ask_which_plan", ("no_plan", "none")) == "none"


def test_a_term_is_explained_before_its_plan_is_named() -> None:
    reply = compose(library(), Question("ask_term", "504", term="FAPE"), date(2026, 11, 24))
    assert reply.text.startswith("**Free Appropriate Public Education (FAPE)**")


def test_does_that_count_with_a_504_is_answered_first() -> None:
    turn = Turn("does that count with a 504 too", "ask_term", entities=(Named("plan", "504"),))
    questions, _ = asked(turn, Memory(question="ask_term", term="FAPE"), library())
    reply = compose(library(), questions[0], date(2026, 11, 24))
    assert reply.text.startswith(library().terms["uses"]["both_504"])
