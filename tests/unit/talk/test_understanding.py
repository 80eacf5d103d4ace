from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from assistant.knowledge.library import Library
from assistant.talk.acts import repeat
from assistant.talk.questions import out_of_scope
from assistant.talk.standing import named_plan
from assistant.talk.turn import Memory, Named, Turn
from assistant.talk.understanding import Question, asked
from tests.unit.talk.conftest import make_point

MakeTurn = Callable[..., Turn]
TalkingOf = Callable[[str], Memory]


def first(turn: Turn, memory: Memory, library: Library) -> Question:
    questions, _ = asked(turn, memory, library)
    assert len(questions) == 1, questions
    return questions[0]


def test_a_sure_question_leaves_the_topic(said: MakeTurn, talking_of: TalkingOf, small: Library) -> None:
    turn = said("is it private", ask_privacy=0.9, ask_meeting_prep=0.05)
    assert first(turn, talking_of("ask_meeting_prep"), small).intent == "ask_privacy"


def test_a_term_alone_in_what_is_not_understood_is_explained(said: MakeTurn, small: Library) -> None:
    turn = said("they said FAPE. what", ("term", "FAPE"), nlu_fallback=0.8, ask_team=0.2)
    assert first(turn, Memory(), small) == Question("ask_term", term="FAPE")


def test_had_a_504_now_an_iep_is_about_the_iep(said: MakeTurn) -> None:
    turn = said("he had a 504 but now it's an IEP", ("plan", "504"), ("plan", "iep"), ask_team=0.9)
    assert named_plan(turn) == ("iep", False)


def test_what_does_that_stand_for_explains_the_term_that_was_named(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    memory = talking_of("ask_private_evaluation").with_(term="IEE", plan="iep")
    day = date(2026, 12, 1)
    replies, after = repeat(said("what does that stand for again", ask_repeat=0.8), memory, small, day)
    assert after.question == "ask_private_evaluation"
    assert "ndependent educational evaluation" in replies[0].text
    replies, _ = repeat(said("say that again", ask_repeat=0.8), memory, small, day)
    assert replies[0].text == "Simple ask_private_evaluation."


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("he has no 504 and no iep", ("none", False)),
        ("she doesn't have a 504 or iep", ("none", False)),
        ("neither a 504 nor an iep yet", ("none", False)),
        ("is it a 504 or iep", (None, True)),
        ("no, a 504 and an iep", (None, True)),
    ],
)
def test_neither_plan_is_no_plan(text: str, plan: tuple[str | None, bool]) -> None:
    entities = tuple(
        Named("plan", word, text.index(word), text.index(word) + len(word)) for word in ("504", "iep")
    )
    assert named_plan(Turn(text, "inform", entities=entities)) == plan


def test_a_new_detail_understood_as_say_it_again_changes_the_answer(
    small: Library, talking_of: TalkingOf
) -> None:
    text = "sorry i meant an iep"
    turn = Turn(text, "ask_repeat", entities=(Named("plan", "iep", 17, 20),))
    replies, memory = repeat(turn, talking_of("ask_cost"), small, date(2026, 12, 1))
    assert memory.plan == "iep"
    assert "ask_cost for iep" in replies[0].text


def test_what_seems_a_strangers_still_offers_the_nearest_question(said: MakeTurn, small: Library) -> None:
    answers = {
        **small.answers,
        "ask_get_started": small.answers["ask_cost"],
        "ask_not_followed": small.answers["ask_cost"],
    }
    turn = said("who pays the tutor", out_of_scope=0.5, ask_cost=0.3, ask_team=0.1)
    replies, _ = out_of_scope(turn, Memory(), replace(small, answers=answers), date(2026, 11, 24))
    assert replies[0].buttons[0].payload == "/ask_cost"


def test_of_two_points_the_one_for_who_has_no_plan_is_not_told_to_who_has_one(small: Library) -> None:
    without, first = (
        make_point("ask_team/without_a_plan", ("none", "either")),
        make_point("ask_team/first_person"),
    )
    library = replace(small, points={**small.points, without.name: without, first.name: first})
    turn = Turn(
        "who do i call",
        "ask_team",
        ("ask_team",),
        confidences=(0.9,),
        points=((without.name, 0.5), (first.name, 0.4)),
        rival=first.name,
        unsure=True,
    )
    questions, _ = asked(turn, Memory(plan="iep"), library)
    assert [(one.point, one.unsure) for one in questions] == [(first.name, False)]
    questions, _ = asked(turn, Memory(), library)
    assert [one.point for one in questions] == [without.name, first.name]


def test_a_point_for_who_has_no_plan_is_its_topic_to_who_has_one(small: Library) -> None:
    without = make_point("ask_team/without_a_plan", ("none", "either"))
    without = replace(without, says=dict.fromkeys(without.says, "Ask for testing."))
    library = replace(small, points={**small.points, without.name: without})
    turn = Turn(
        "and who gets my email", "ask_team", ("ask_team",), confidences=(0.9,), points=((without.name, 0.9),)
    )
    for plan, told in (("504", ""), ("none", without.name), (None, without.name)):
        questions, _ = asked(turn, Memory(plan=plan), library)
        assert [one.point for one in questions] == [told]


@pytest.mark.parametrize(("less", "asked_for"), [(0.25, "ask_team/first"), (0.5, "ask_team/second")])
def test_asked_once_more_the_second_point_is_meant_unless_it_is_far_less_likely(
    less: float, asked_for: str, small: Library
) -> None:
    first, second = make_point("ask_team/first"), make_point("ask_team/second")
    library = replace(small, points={**small.points, first.name: first, second.name: second})
    turn = Turn(
        "what if he says no and i say yes",
        "ask_team",
        ("ask_team",),
        confidences=(0.9,),
        points=((first.name, 0.6), (second.name, less)),
        rival=second.name,
    )
    questions, _ = asked(turn, Memory(told=["ask_team/first@either"]), library)
    assert [one.point for one in questions] == [asked_for]
    assert questions[0].once_more is (asked_for == first.name)
