"""What the school's lawyer would answer to a letter, and what a tired parent would stumble over: each was found by reading all of them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.knowledge.letters import for_plan
from assistant.knowledge.library import library
from assistant.talk.letters import Draft, clock_words, written

LIBRARY = library()
TODAY = date(2026, 11, 30)
PLANS = (None, "504", "iep", "none")
LETTERS = {name: letter for name, letter in LIBRARY.letters.items() if not letter.is_checklist}


def short(name: str, plan: str | None, **values: str) -> str:
    """Return the shortest letter that a parent can send."""
    return written(LIBRARY, Draft(name, plan, values, short=True), TODAY).body


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("name", [name for name, letter in LETTERS.items() if letter.answer_in is not None])
def test_an_answer_is_asked_for_in_writing_and_by_a_day(name: str, plan: str | None) -> None:
    body = short(name, plan)
    days = "by federal law" if name == "records" else "please answer in writing by"
    assert days in body.lower()
    assert "2026." in body


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("name", LETTERS)
def test_who_writes_is_said(name: str, plan: str | None) -> None:
    assert "I am the parent of [child's name]" in short(name, plan)


@pytest.mark.parametrize(
    ("name", "plan", "asked"),
    [
        ("evaluation", None, "do not wait for other help to be tried first"),
        ("evaluation", "504", "do not wait for other help to be tried first"),
        ("evaluation", "iep", "each area where a disability may play a part"),
        ("sent_home", "none", "send me the consent form"),
        ("sent_home", None, "send me the consent form"),
        ("bullying", None, "send me your rules on bullying"),
        ("bullying", None, "meet with me this week"),
        ("restraint", None, "I ask for an evaluation for special education and for a 504 plan"),
        ("restraint", "504", "I am writing about what happened on"),
        ("disagree", "504", "take no help away until this is settled"),
        ("disagree", "iep", "before you change it (34 CFR 300.503)"),
        ("restraint", None, "I ask to see it, and the records of that day about my child (34 CFR 99.10)"),
        ("restraint", "iep", "I ask to see it, and the records of that day about my child (34 CFR 99.10)"),
        ("private_school_notice", "iep", "I do not accept the IEP and the placement"),
        ("civil_rights_complaint", "504", "My child's disability: [disability or health condition]"),
    ],
)
def test_the_short_letter_leaves_no_you_did_not_ask(name: str, plan: str | None, asked: str) -> None:
    assert asked in short(name, plan)


def test_a_name_that_nobody_knows_at_night_may_be_a_job() -> None:
    assert short("refusal", "iep").split("\n\n")[1] == "Dear [name or job],"


def test_a_call_for_a_hearing_is_left_to_the_school() -> None:
    body = short("independent_evaluation", "iep")
    assert "please file for a hearing" not in body
    assert "tell me in writing which you will do" in body
    assert "10 days to answer" in for_plan(LETTERS["independent_evaluation"].expect, "iep")


def test_a_meeting_without_a_plan_is_told_to_start_no_clock() -> None:
    said = clock_words(LIBRARY, Draft("meeting", "none"), "California", TODAY)
    assert "starts no time limit" in said and "IEP" not in said
    assert "the team" not in short("meeting", "none")


def test_the_time_for_a_civil_rights_complaint_is_counted_from_the_last_day() -> None:
    dated = Draft("civil_rights_complaint", "504", {"last": "2026-11-20"})
    assert "May 19, 2027" in clock_words(LIBRARY, dated, None, TODAY)
    undated = clock_words(LIBRARY, Draft("civil_rights_complaint", "504"), None, TODAY)
    assert "180 days" in undated and "{" not in undated


@pytest.mark.parametrize("name", LETTERS)
def test_a_day_that_must_be_looked_up_can_be_skipped(name: str) -> None:
    letter = LETTERS[name]
    days = [letter.blanks[ask].ask for ask in letter.asks if letter.blanks[ask].kind.endswith("_day")]
    assert all("skip" in ask for ask in days)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("name", LETTERS)
def test_a_term_of_the_law_is_explained_where_it_stands(name: str, plan: str | None) -> None:
    body = short(name, plan)
    for term, plain in (
        ("functional behavioral assessment", " (why the behavior happens)"),
        ("rules on restraint and seclusion", " (holding a child down, shutting a child in)"),
    ):
        assert term not in body or f"{term}{plain}" in body
