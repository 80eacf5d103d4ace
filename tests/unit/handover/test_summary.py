"""What an advocate reads first of a talk."""

from __future__ import annotations

from assistant.handover.summary import WORDS_OF_PARENT, plans_of, summary
from assistant.knowledge.library import library


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


def test_the_plan_is_the_last_one_that_an_answer_was_about() -> None:
    assert plans_of([answered("ask_cost", "504"), answered("ask_cost", "either")]) == ["504"]
    assert lines() == ""
