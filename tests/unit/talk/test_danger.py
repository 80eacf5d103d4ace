"""Danger is answered by its words; then the talk goes on at once, and what is told of the school gets its answer too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from assistant.knowledge.library import Library, library
from assistant.talk.conversation import TURNS
from assistant.talk.reply import Reply
from assistant.talk.turn import Memory, Turn

MakeTurn = Callable[..., Turn]
TODAY = date(2026, 11, 29)
PATTERN = "he wants to kill himself"
CALM = "he has leukemia and just needs school from home"


def says(turn: Turn, memory: Memory, books: Library) -> tuple[list[Reply], Memory]:
    """Return what a turn is answered with: by its intent, as data/rules.yml leads it."""
    kinds = {
        "crisis": "crisis",
        "nlu_fallback": "clarify",
        "share_feelings": "feelings",
        "feedback_negative": "not_helpful",
    }
    kind = kinds.get(turn.intent, "answer" if turn.intent.startswith("ask_") else turn.intent)
    return TURNS["human" if turn.intent == "ask_human" else kind](turn, memory, books, TODAY)


@pytest.fixture
def alarmed(said: MakeTurn, small: Library) -> Memory:
    """Return the memory after a message that sounded like danger and asked something beside it."""
    replies, memory = says(said(CALM, crisis=0.85, ask_team=0.1, ask_cost=0.01), Memory(), small)
    assert [(reply.outcome, reply.text) for reply in replies] == [("crisis", small.crisis["text"].strip())]
    assert not replies[0].buttons
    assert (memory.after_crisis, memory.danger_told, memory.beside_danger) == (True, "said", "ask_team")
    return memory


@pytest.mark.parametrize("intent", ["deny", "feedback_negative"])
def test_its_not_that_answers_what_was_asked_beside_it(
    said: MakeTurn, small: Library, alarmed: Memory, intent: str
) -> None:
    replies, memory = says(said("no, it's not that", **{intent: 0.9}), alarmed, small)
    assert replies[0].text == small.crisis["let_go"].strip()
    assert "ask_team for" in replies[1].text
    assert not memory.after_crisis


def test_its_not_that_without_a_question_leads_on(said: MakeTurn, small: Library) -> None:
    replies, memory = says(said(PATTERN, crisis=1.0), Memory(), small)
    assert memory.beside_danger is None
    replies, memory = says(said("it's not that", deny=0.9), memory, small)
    assert (replies[0].outcome, len(replies[0].buttons)) == ("asked", 3)
    assert not memory.after_crisis


def test_the_next_question_is_answered_at_once(said: MakeTurn, small: Library, alarmed: Memory) -> None:
    replies, memory = says(said("what does it cost", ask_cost=0.9), alarmed, small)
    assert [reply.outcome for reply in replies] == ["answered"]
    assert not memory.after_crisis


def test_what_asks_nothing_keeps_988_in_reach_once(said: MakeTurn, small: Library, alarmed: Memory) -> None:
    replies, memory = says(said("he is safe now", nlu_fallback=0.9), alarmed, small)
    assert [reply.text for reply in replies] == [small.crisis["still_here"].strip()]
    replies, memory = says(said("hm", nlu_fallback=0.9), memory, small)
    assert [reply.outcome for reply in replies] == ["clarify"]


def test_a_second_alarm_of_the_classifier_alone_is_short_and_answered(
    said: MakeTurn, small: Library, alarmed: Memory
) -> None:
    replies, memory = says(said("it is his third chemo", crisis=0.85, ask_cost=0.1), alarmed, small)
    assert [reply.outcome for reply in replies] == ["crisis", "answered"]
    assert replies[0].text == small.crisis["still_here"].strip()
    assert not memory.after_crisis


def test_a_question_behind_the_alarm_is_answered_first_and_the_lines_stand_below(
    said: MakeTurn, small: Library, alarmed: Memory
) -> None:
    replies, memory = says(said("he is home. what does it cost", crisis=0.85, ask_cost=0.1), alarmed, small)
    assert [reply.outcome for reply in replies] == ["answered"]
    assert replies[0].text.index("ask_cost") < replies[0].text.index("988")
    assert not memory.after_crisis


def test_danger_in_words_gets_the_whole_words_each_time(
    said: MakeTurn, small: Library, alarmed: Memory
) -> None:
    replies, memory = says(said(PATTERN, crisis=1.0, ask_cost=0.9), alarmed, small)
    assert [reply.text for reply in replies] == [small.crisis["text"].strip()]
    assert memory.after_crisis


def test_who_asks_for_a_person_after_danger_reads_the_lines_first(
    said: MakeTurn, small: Library, alarmed: Memory
) -> None:
    replies, _ = TURNS["human"](said("can i talk to someone", ask_human=0.9), alarmed, library(), TODAY)
    assert [reply.outcome for reply in replies] == ["crisis", "answered"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the aide locked him in a closet and he is bleeding", "ask_restraint"),
        ("they restrained my son at school and he has a broken arm", "ask_restraint"),
        ("his teacher slapped him", "ask_restraint/staff_hit_child"),
        ("she came home from school with bruises, the aide says she fell", "ask_restraint/bruises_tonight"),
    ],
)
def test_danger_told_of_the_school_gets_the_lines_and_then_what_to_do(
    said: MakeTurn, text: str, named: str
) -> None:
    replies, memory = says(said(text, crisis=1.0), Memory(), library())
    assert [reply.outcome for reply in replies] == ["crisis", "answered"]
    assert replies[0].text == library().crisis["text"].strip()
    told = replies[1].answer
    assert told and (told.point or told.intent) == named
    assert "free call" not in replies[1].text
    assert (memory.question, memory.after_crisis, memory.plan_asked) == ("ask_restraint", True, False)


def test_a_topic_whose_subject_is_danger_is_answered_after_the_lines(said: MakeTurn) -> None:
    turn = said("he said i will kill you in a meltdown, what now", crisis=1.0, ask_threats_weapons=0.7)
    replies, memory = says(turn, Memory(), library())
    assert [reply.outcome for reply in replies] == ["crisis", "answered"]
    assert replies[1].answer and replies[1].answer.intent == "ask_threats_weapons"
    assert memory.after_crisis
    replies, _ = says(said("he wants to die", crisis=1.0, ask_threats_weapons=0.2), Memory(), library())
    assert [reply.outcome for reply in replies] == ["crisis"]


@pytest.mark.parametrize(
    "text",
    [
        "her dad hits her and the teacher saw bruises",
        "i want to kill myself",
        "a boy brought a gun to school",
        "he cut his wrist in the school bathroom",
        "my husband pushed our son down the stairs",
    ],
)
def test_danger_told_of_others_gets_the_lines_alone(said: MakeTurn, text: str) -> None:
    replies, _ = says(said(text, crisis=1.0), Memory(), library())
    assert [reply.outcome for reply in replies] == ["crisis"]


def test_danger_heard_but_not_surely_is_named_below_the_answer_once(said: MakeTurn, small: Library) -> None:
    turn = replace(
        said("her sugar is 300 and she is dizzy", out_of_scope=0.3, crisis=0.6), intent="out_of_scope"
    )
    replies, memory = says(turn, Memory(), small)
    assert replies[-1].outcome == "out_of_scope"
    assert replies[-1].text.endswith(small.crisis["in_doubt"].strip())
    assert memory.danger_told == "named"
    replies, memory = says(turn, memory, small)
    assert "988" not in replies[-1].text
    replies, _ = says(said(CALM, crisis=0.9), memory, small)
    assert [reply.text for reply in replies] == [small.crisis["text"].strip()]
