"""Unexplained letters, duties without a law and outdated words are found; their lawful neighbours are not."""

import pytest

from assistant.knowledge.checks import markup, wording
from assistant.knowledge.facts import Facts
from assistant.knowledge.glossary import load_glossary
from tests.unit.knowledge.conftest import Passages

GLOSSARY = load_glossary()
SHORT = "It is free. Ask the school in an email tonight."
WITH_A_LAW, WITHOUT = "[s504_legally_binding]", "[practice_contact_log]"


def problems(said: Passages, facts: Facts, *changes: tuple[str, str]) -> list[str]:
    return [finding.problem for finding in wording.find(said(*changes), GLOSSARY, facts)]


@pytest.mark.parametrize(
    "words", ["Ask for the FBA.", "The LRE counts.", "Two IEEs are free.", "Write to OCR."]
)
def test_letters_that_nobody_explains_are_found(said: Passages, facts: Facts, words: str) -> None:
    assert any("is not explained" in problem for problem in problems(said, facts, (SHORT, words)))


@pytest.mark.parametrize(
    "words",
    [
        "Ask for a functional behavioral assessment (FBA).",
        "A prior written notice comes first. The PWN is free.",
        "An IEP is free. So are the SAT and 504 plans. OK?",
        'Type "what is LRE?" here.',
        "See 34 CFR 300.301 in the U.S. rules.",
    ],
)
def test_letters_that_are_explained_or_known_pass(said: Passages, facts: Facts, words: str) -> None:
    assert problems(said, facts, (SHORT, words)) == []


def test_what_is_shown_right_before_explains_but_simple_words_stand_alone(
    said: Passages, facts: Facts
) -> None:
    short = (SHORT, "Ask for an independent educational evaluation (IEE).")
    assert problems(said, facts, short, ("ask for one.", "of the IEE.")) == []
    assert problems(said, facts, short, ("simple: It is free.", "simple: The IEE is free."))


@pytest.mark.parametrize(
    "words",
    [
        "The school must pay.",
        "The school has to pay.",
        "Teachers have to read it.",
        "The school may not say no.",
        "A teacher also may not drop it.",
        "That is illegal.",
    ],
)
def test_a_duty_needs_a_law(said: Passages, facts: Facts, words: str) -> None:
    assert any("cites a law" in p for p in problems(said, facts, (SHORT, words), (WITH_A_LAW, WITHOUT)))
    assert problems(said, facts, (SHORT, words), (WITH_A_LAW, "[s504_coordinator_required]")) == []


def test_what_a_parent_need_not_do_is_no_duty(said: Passages, facts: Facts) -> None:
    assert problems(said, facts, (SHORT, "You do not have to sign."), (WITH_A_LAW, WITHOUT)) == []


@pytest.mark.parametrize(
    "word", ["handicapped", "mentally retarded", "wheelchair-bound", "crippled", "suffers from"]
)
def test_outdated_words_are_found(said: Passages, facts: Facts, word: str) -> None:
    assert any("outdated" in p for p in problems(said, facts, (SHORT, f"A child who is {word} it.")))


@pytest.mark.parametrize(
    ("cite", "law"),
    [
        ("34 CFR 300.301(c)(1)", True),
        ("20 U.S.C. 1414", True),
        ("Honig v. Doe, 484 U.S. 305 (1988)", True),
        ("OCR FAQ (Protecting Students with Disabilities)", False),
        ("Practice", False),
    ],
)
def test_law_is_told_from_guidance(cite: str, law: bool) -> None:
    assert wording.is_law(cite) is law


@pytest.mark.parametrize(
    "words",
    [
        "It is *really* free.",
        "Ask **tonight.",
        "# Free",
        "Say `free`.",
        "<b>Free</b> it is.",
        "See [it] (https://x.gov).",
    ],
)
def test_markup_that_no_channel_shows_is_found(said: Passages, words: str) -> None:
    assert list(markup.find(said(("- **A copy:** ask for one.", words))))


def test_strong_words_lists_and_links_pass(said: Passages) -> None:
    assert (
        list(markup.find(said(("**A copy:** ask for one.", "**Ask** [here](https://www.ed.gov/), 2 < 3."))))
        == []
    )


@pytest.mark.parametrize(
    "words",
    [
        "People wrote and checked every answer.",
        "This was reviewed by a lawyer.",
        "An attorney has reviewed it.",
        "I can't make things up.",
    ],
)
def test_nobody_vouches_for_words_without_a_name(said: Passages, facts: Facts, words: str) -> None:
    assert any("`approved`" in p for p in problems(said, facts, (SHORT, words)))


@pytest.mark.parametrize("words", ["The team reviewed the plan.", "Ask a lawyer to read it first."])
def test_a_review_of_the_plan_is_no_assurance(said: Passages, facts: Facts, words: str) -> None:
    assert problems(said, facts, (SHORT, words)) == []
