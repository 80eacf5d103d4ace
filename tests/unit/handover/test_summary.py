"""What an advocate reads first of a talk."""

from __future__ import annotations

import pytest

from assistant.handover.summary import WORDS_OF_PARENT, plans_of, summary
from assistant.knowledge.library import library
from assistant.talk.phrases import PHRASES


def parent(text: str, **more: object) -> dict:
    return {"from": "parent", "text": text, "chosen": False} | more


def answered(intent: str, plan: str, **more: object) -> dict:
    about = {"intent": intent, "plan": plan, "reviewed": "2026-11-24"}
    return {"from": "assistant", "text": "…", "outcome": "answered", "answer": about | more}


def lines(*said: dict) -> str:
    return "\n".join(summary(said))


def test_it_masks_what_the_parent_wrote() -> None:
    assert "pat@example.org" not in lines(parent("I'm Pat, pat@example.org"))


def test_it_names_plan_state_what_was_answered_and_how_often_nothing_was() -> None:
    lost = {"from": "assistant", "text": "…", "outcome": "out_of_scope"}
    said = lines(answered("ask_cost", "504"), answered("ask_timeline", "iep", state="Texas"), lost, lost)
    assert "Plan: IEP" in said
    assert "State: Texas" in said
    assert library().answers["ask_timeline"].title in said
    assert "Not answered: 2 times" in said


def test_it_says_where_the_parent_writes_and_in_which_time_zone_as_far_as_that_is_known() -> None:
    page = "https://www.school.example/"
    assert list(summary([], page, "America/Denver")) == [f"Writes on {page}, Mountain time"]
    assert list(summary([], page)) == [f"Writes on {page}"]
    assert list(summary([])) == []


def test_it_holds_the_last_typed_words_and_neither_presses_nor_what_was_given_for_a_letter() -> None:
    asked = {"from": "assistant", "text": "What is hard?", "outcome": "letter", "expects": "letter"}
    typed = [parent(f"line {number}") for number in range(WORDS_OF_PARENT + 1)]
    said = lines(*typed[:2], parent("a press", chosen=True), *typed[2:], asked, parent("he can't read yet"))
    assert "line 0" not in said
    assert all(f"line {number}" in said for number in range(1, WORDS_OF_PARENT + 1))
    assert "a press" not in said
    assert "he can't read" not in said


@pytest.mark.parametrize("expects", ["name", "address", "email", "code"])
def test_what_was_given_where_somebody_was_asked_who_they_are_is_left_out(expects: str) -> None:
    asked = {"from": "assistant", "text": "Whom do we call?", "outcome": "asked", "expects": expects}
    between = {"from": "assistant", "text": "May I keep it?", "outcome": "asked"}
    said = lines(
        parent("we wait for testing"), asked, between, parent("kyrielle oyelaran"), parent("he is 9")
    )
    assert "kyrielle" not in said
    assert "we wait for testing" in said
    assert "he is 9" in said


def test_a_name_that_was_given_for_a_call_is_masked_in_every_other_line() -> None:
    asked = {"from": "assistant", "text": "Whom do we call?", "outcome": "asked", "expects": "name"}
    said = lines(asked, parent("hope park"), parent("the teacher wrote to Hope, why"))
    assert "[name], why" in said
    assert "Hope" not in said


def test_what_is_promised_before_a_summary_or_a_question_is_kept_is_no_more_than_the_mask_does() -> None:
    promised = [PHRASES.handover["offer"], PHRASES.unanswered["may_i"], PHRASES.unanswered["may_i_slack"]]
    assert all("as far as I recognize them" in text for text in promised)
    assert "as far as recognized" in PHRASES.handover["summary_said"]


def test_the_plan_is_the_last_one_that_an_answer_was_about() -> None:
    assert plans_of([answered("ask_cost", "504"), answered("ask_cost", "either")]) == ["504"]
    assert lines() == ""
