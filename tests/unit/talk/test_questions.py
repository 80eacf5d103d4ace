"""Turns that ask, or may ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistant.knowledge.library import Library
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import ANSWERED_AT_ONCE, answer, clarify, crisis, let_go, out_of_scope
from assistant.talk.turn import Memory, OneQuestion, Turn

MakeTurn = Callable[..., Turn]
DAY = date(2026, 12, 1)


def test_two_questions_are_answered_and_the_rest_are_buttons_of_the_last(small: Library) -> None:
    asked = ("ask_cost", "ask_team", "ask_difference")
    turn = Turn("what does it cost, who comes, what is different", asked[0], asked,
                questions=tuple(OneQuestion(intent) for intent in asked), confidences=(0.9, 0.05, 0.04))  # fmt: skip
    replies, after = answer(turn, Memory(plan="iep"), small, DAY)
    assert len(replies) == ANSWERED_AT_ONCE and after.question == "ask_team"
    assert "/ask_difference" in [button.payload for button in replies[-1].buttons]


def test_what_is_not_understood_twice_offers_a_person(said: MakeTurn, small: Library) -> None:
    turn = said("hm", nlu_fallback=0.9)
    first, memory = clarify(turn, Memory(), small, DAY)
    second, memory = clarify(turn, memory, small, DAY)
    assert (first[0].text, second[0].text) == (PHRASES.not_sure, PHRASES.person_offered[1])
    assert second[0].buttons[-1].payload == "/book_consultation" and memory.pending == "call"


def test_a_strangers_question_is_not_taken_and_says_what_we_do(said: MakeTurn, small: Library) -> None:
    replies, memory = out_of_scope(said("who wins the cup", out_of_scope=0.9), Memory(), small, DAY)
    assert (replies[0].text, replies[0].outcome, memory.failures) == (PHRASES.not_ours, "out_of_scope", 1)


def test_after_danger_nothing_is_sold_and_its_words_come_once(said: MakeTurn, small: Library) -> None:
    turn = said("he wants to kill himself", crisis=0.99)
    first, memory = crisis(turn, Memory(since_offer=5), small, DAY)
    assert (first[0].text, memory.since_offer, memory.pending) == (small.crisis["text"].strip(), 0, None)
    replies, memory = let_go(said("it's not that", deny=0.9), memory, small, DAY)
    assert replies[0].text == small.crisis["let_go"].strip() and not memory.after_crisis
