from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.knowledge.library import Library
from assistant.talk.context import in_topic, topic_itself
from assistant.talk.conversation import TURNS, answer, clarify, deny, not_helpful, repeat, stop
from assistant.talk.phrases import PHRASES
from assistant.talk.turn import Memory, Turn
from assistant.talk.understanding import asked

MakeTurn = Callable[..., Turn]
TalkingOf = Callable[[str], Memory]
DAY = date(2026, 11, 23)


def test_and_who_comes_leans_on_the_meeting_without_a_pronoun(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("who comes with me", ask_privacy=0.4, ask_team=0.3)
    assert in_topic(turn, talking_of("ask_meeting_prep"), small) == "ask_team"
    assert in_topic(turn, Memory(), small) is None


def test_a_mere_detail_that_goes_on_asking_is_a_question(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("what about the fees", inform=0.6, ask_cost=0.25, ask_privacy=0.05)
    assert in_topic(turn, talking_of("ask_meeting_prep"), small) == "ask_cost"
    told = said("his mom is in another state", inform=0.6, ask_cost=0.25)
    assert in_topic(told, talking_of("ask_meeting_prep"), small) is None


def test_how_do_i_do_that_is_not_about_the_assistant(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("how do i do that", ask_capabilities=0.94, ask_meeting_prep=0.02)
    (question,), _ = asked(turn, talking_of("ask_meeting_prep"), small)
    assert (question.intent, question.again) == ("ask_meeting_prep", True)
    (question,), _ = asked(
        said("what can you do", ask_capabilities=0.94), talking_of("ask_meeting_prep"), small
    )
    assert question.intent == "ask_capabilities"


def test_what_now_is_about_the_topic(said: MakeTurn, talking_of: TalkingOf, small: Library) -> None:
    turn = said("what do i do now", ask_get_started=0.71)
    assert in_topic(turn, talking_of("ask_not_followed"), small) == "ask_not_followed"
    assert in_topic(turn, talking_of("ask_difference"), small) is None


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("can they do that", "nlu_fallback"),
        ("can the school really do this?", "ask_capabilities"),
        ("is that legal", "ask_law"),
        ("is that even allowed", "out_of_scope"),
        ("ok is that true", "affirm"),
        ("isnt that illegal", "feedback_negative"),
        ("are they allowed to do that", "ask_discipline"),
        ("is that normal", "ask_repeat"),
        ("is this allowed", "ask_privacy"),
    ],
)
@pytest.mark.parametrize("kind", sorted({*TURNS} - {"crisis", "human"}))
def test_whether_that_is_legal_is_never_answered_by_the_topics_text(
    said: MakeTurn, talking_of: TalkingOf, small: Library, words: str, intent: str, kind: str
) -> None:
    turn, memory = said(words, **{intent: 0.9, "ask_cost": 0.05}), talking_of("ask_meeting_prep")
    assert in_topic(turn, memory, small) is None
    (reply,), after = TURNS[kind](turn, memory, small, DAY)
    assert (reply.text, reply.outcome, reply.answer) == (PHRASES.whether, "clarify", None)
    assert [button.payload for button in reply.buttons] == ["/ask_team"]
    (again,), _ = TURNS[kind](turn, after, small, DAY)
    assert again.answer is None and again.text != reply.text


def test_whether_something_that_is_named_is_legal_is_a_question(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("is it legal to charge us", ask_cost=0.9)
    (question,), _ = asked(turn, talking_of("ask_meeting_prep"), small)
    assert question.intent == "ask_cost"


def test_what_points_back_gets_the_heart_of_the_topic_and_then_a_choice(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("what if it goes over 10", nlu_fallback=0.9, ask_cost=0.1)
    memory = talking_of("ask_not_followed").with_(said_plan="iep", plan="iep", plan_asked=True)
    assert topic_itself(turn, memory, small) == "ask_not_followed"
    (reply,), memory = clarify(turn, memory, small, DAY)
    assert reply.text == f"{PHRASES.nearest} Simple ask_not_followed."
    (reply,), memory = clarify(turn, memory, small, DAY)
    assert reply.outcome == "clarify"


def test_a_strangers_topic_stays_one(said: MakeTurn, talking_of: TalkingOf, small: Library) -> None:
    turn = said("is it raining there", out_of_scope=0.9, ask_cost=0.05)
    assert topic_itself(turn, talking_of("ask_not_followed"), small) is None


def test_that_is_wrong_offers_a_person(said: MakeTurn, talking_of: TalkingOf, small: Library) -> None:
    (reply,), _ = deny(said("that is wrong", deny=0.6), talking_of("ask_cost"), small, DAY)
    assert "/book_consultation" in [button.payload for button in reply.buttons]


def test_back_to_the_topic_says_it_again(said: MakeTurn, talking_of: TalkingOf, small: Library) -> None:
    turn = said("can we go back to the meeting thing", stop=0.7)
    (reply,), _ = stop(turn, talking_of("ask_meeting_prep"), small, DAY)
    assert reply.answer is not None and reply.answer.intent == "ask_meeting_prep"


def test_what_did_you_say_about_it_finds_the_topic_named(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("what did you say about the meeting", ask_repeat=0.6, ask_meeting_prep=0.2)
    (reply,), _ = repeat(turn, talking_of("ask_cost"), small, DAY)
    assert reply.answer is not None and reply.answer.intent == "ask_meeting_prep"


def test_the_other_one_is_the_other_plan(said: MakeTurn, talking_of: TalkingOf, small: Library) -> None:
    memory = talking_of("ask_not_followed").with_(plan="iep", said_plan="iep")
    (reply,), after = answer(said("and the other one?", ask_difference=0.8), memory, small, DAY)
    assert reply.answer is not None and (reply.answer.intent, reply.answer.plan) == (
        "ask_not_followed",
        "504",
    )
    assert after.plan == "504"


def test_a_term_in_a_question_that_was_understood_is_no_question_of_its_own(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("does he qualify", ("term", "eligibility"), ask_cost=0.85)
    (question,), _ = asked(turn, talking_of("ask_difference"), small)
    assert question.intent == "ask_cost"


def test_whats_an_iep_is_asked_anew_in_the_middle_of_a_topic(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("whats in an iep then", ("plan", "iep"), ask_explain_plan=0.8)
    questions, _ = asked(turn, talking_of("ask_cost"), small)
    assert [question.intent for question in questions] != ["ask_cost"]


def test_what_is_said_after_danger_keeps_help_in_reach(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    memory = talking_of("ask_not_followed").with_(after_crisis=True)
    (reply,), _ = clarify(said("he is safe now", nlu_fallback=0.8, ask_cost=0.1), memory, small, DAY)
    assert reply.outcome == "crisis"


def test_how_long_is_a_plain_key_in_words_that_are_hardly_understood(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("and how much is that", inform=0.4, ask_team=0.2, ask_cost=0.15)
    assert in_topic(turn, talking_of("ask_not_followed"), small) == "ask_cost"


def test_a_plan_in_a_complaint_takes_the_answer_back(
    said: MakeTurn, talking_of: TalkingOf, small: Library
) -> None:
    turn = said("no wait they want an iep for her", ("plan", "iep"), feedback_negative=0.6)
    (reply,), memory = not_helpful(turn, talking_of("ask_not_followed").with_(plan="504"), small, DAY)
    assert reply.answer is not None and (reply.answer.plan, memory.plan) == ("iep", "iep")
