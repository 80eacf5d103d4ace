"""A text whose first word would answer another question too is refused; one that names its subject passes."""

import pytest

from assistant.knowledge.checks import openings
from assistant.knowledge.checks.passages import everything
from tests.unit.knowledge.conftest import Passages

SHORT = "short: It is free. Ask the school in an email tonight."
NAMED = ("simple: It is free.", "simple: A plan is free.")


def problems(said: Passages, words: str) -> list[str]:
    return [str(finding) for finding in openings.find(said((SHORT, f'short: "{words}"'), NAMED))]


@pytest.mark.parametrize(
    "words",
    [
        "Yes. Good grades do not rule out a plan.",
        "No, you do not need one.",
        "Nothing. The plan is free.",
        "Nothing you write leaves this chat.",
        "Most often yes, with help.",
        "As a rule, yes.",
        "It depends on the kind of school.",
        "It can, if it is strong.",
        "Usually it can.",
        "Not without an evaluation.",
        "Maybe yes.",
        "They may not keep the records from you.",
        "That is allowed.",
        "**Yes,** and it is free.",
        "Up to 10 school days in a row.",
    ],
)
def test_a_verdict_without_its_subject_is_refused(said: Passages, words: str) -> None:
    (found,) = problems(said, words)
    assert "topic.yml:4" in found and "Name the subject" in found


@pytest.mark.parametrize(
    "words",
    [
        "The school may not keep your child from recess.",
        "You do not have to sign at the table.",
        "Your child may stay in honors class.",
        "Noise in class counts. Yes, that too.",
        "This kind of meeting is about a child who struggles.",
        "Yesterday's suspension counts as a day.",
    ],
)
def test_a_text_that_names_its_subject_passes(said: Passages, words: str) -> None:
    assert problems(said, words) == []


def test_small_words_may_say_no_call_but_not_a_bare_no() -> None:
    assert {finding.path.name for finding in openings.find(everything())} == set()
