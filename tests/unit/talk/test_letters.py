from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.knowledge.letters import for_plan
from assistant.knowledge.library import library
from assistant.talk.letters import (
    Draft,
    as_sentence,
    begun,
    can_be_shorter,
    clock_words,
    to_ask,
    written,
)

LIBRARY = library()
TODAY = date(2026, 11, 30)
LETTERS = sorted(name for name, letter in LIBRARY.letters.items() if not letter.is_checklist)
EVERY = [(name, plan) for name in LETTERS for plan in (None, "504", "iep", "none")]


@pytest.mark.parametrize(("name", "plan"), EVERY)
def test_an_empty_letter_has_only_marked_blanks(name: str, plan: str | None) -> None:
    letter = written(LIBRARY, Draft(name, plan), TODAY)
    assert "{" not in letter.body and "  " not in letter.body
    assert set(re.findall(r"\[[^\]]+\]", letter.body)) == set(letter.blanks)
    assert "[child's name]" in letter.blanks
    assert "November 30, 2026" in letter.body


@pytest.mark.parametrize(("name", "plan"), EVERY)
def test_each_thing_that_is_asked_stands_in_the_letter(name: str, plan: str | None) -> None:
    asks = [blank for blank in LIBRARY.letters[name].asks if blank not in ("plan", "state")]
    values = {blank: f"Given {place}." for place, blank in enumerate(asks)}
    body = written(LIBRARY, Draft(name, plan, values), TODAY).body
    assert all(value in body for value in values.values())


@pytest.mark.parametrize("name", LETTERS)
def test_at_most_four_things_are_asked_and_none_that_is_known(name: str) -> None:
    letter = LIBRARY.letters[name]
    assert len(to_ask(letter, begun(letter, None, {}))) <= 4
    known = begun(letter, "iep", {"child": "Sam", "grade": "4"})
    assert not {"plan", "child"} & set(to_ask(letter, known))


@pytest.mark.parametrize(("name", "plan"), EVERY)
def test_a_plan_is_named_only_where_it_was_told(name: str, plan: str | None) -> None:
    body = written(LIBRARY, Draft(name, plan), TODAY).body
    assert ("My child has an IEP." in body) <= (plan == "iep")
    assert ("My child has a 504 plan." in body) <= (plan == "504")


def test_a_line_without_its_blank_is_left_out() -> None:
    without = written(LIBRARY, Draft("records", "iep"), TODAY).body
    given = written(LIBRARY, Draft("records", "iep", {"meeting_day": "2026-12-10"}), TODAY).body
    assert "We have a meeting" not in without
    assert "We have a meeting on December 10, 2026." in given


def test_a_shorter_letter_says_less_and_keeps_what_was_given() -> None:
    draft = Draft("meeting", "504", {"topics": "Reading."}, added=("She has asthma.",))
    assert can_be_shorter(LIBRARY, draft)
    long = written(LIBRARY, draft, TODAY).body
    short = written(LIBRARY, Draft("meeting", "504", draft.values, draft.added, short=True), TODAY).body
    assert len(short) < len(long) and "Reading." in short and "She has asthma." in short


def test_a_draft_survives_as_a_slot() -> None:
    draft = Draft("independent_evaluation", "iep", {"areas": "Reading."}, ("One more.",), True)
    assert Draft.from_json(draft.to_json()) == draft


def test_words_become_a_sentence() -> None:
    assert as_sentence(" he cries  every\nmorning") == "He cries every morning."
    assert as_sentence("is that so?") == "Is that so?"
    assert as_sentence("   ") == ""


def test_a_states_own_clock_comes_first() -> None:
    words = clock_words(LIBRARY, Draft("evaluation"), "Texas", TODAY)
    assert words.startswith("Texas: After your written request the school has 15 school days")


def test_a_states_days_for_a_first_evaluation_hold_for_a_child_with_a_504_plan_and_not_for_testing_again() -> (
    None
):
    asked_first = clock_words(LIBRARY, Draft("evaluation", "504"), "Texas", TODAY)
    again = clock_words(LIBRARY, Draft("evaluation", "iep"), "Texas", TODAY)
    assert "15 school days" in asked_first and "15 school days" not in again
    assert "once a year" in again and "once a year" not in asked_first


@pytest.mark.parametrize("name", [name for name in LETTERS if "504" not in LIBRARY.letters[name].not_for])
def test_beside_a_504_letter_no_rule_of_the_iep_is_told(name: str) -> None:
    letter = LIBRARY.letters[name]
    notes = " ".join(for_plan(part, "504") for part in (letter.expect, letter.avoid, letter.clock.says))
    assert not re.search(r"\ban? (?:old )?IEP stays|state complaint|list of evaluators|stay put", notes)
    assert "independent" not in written(LIBRARY, Draft(name, "504"), TODAY).subject.lower()


@pytest.mark.parametrize("name", ["due_process", "revoke_consent", "not_followed"])
def test_what_is_for_an_iep_or_a_plan_says_so_to_others(name: str) -> None:
    assert LIBRARY.letters[name].not_for


def test_the_notice_before_a_private_school_counts_ten_business_days_back() -> None:
    draft = Draft("private_school_notice", "iep", {"start": "2027-01-11"})
    assert "by December 28, 2026 at the latest" in clock_words(LIBRARY, draft, None, TODAY)
    assert "{" not in clock_words(LIBRARY, Draft("private_school_notice", "iep"), None, TODAY)


def test_the_records_letter_says_day_45() -> None:
    assert "January 14, 2027" in clock_words(LIBRARY, Draft("records"), None, TODAY)


@pytest.mark.parametrize("name", ["due_process", "revoke_consent", "settlement"])
def test_what_needs_a_lawyer_is_a_checklist_with_a_warning(name: str) -> None:
    letter = LIBRARY.letters[name]
    assert letter.is_checklist and "I do not write" in letter.warning and not letter.asks
