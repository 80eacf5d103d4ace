"""What is too hard or too long to read on a phone is found, with its line."""

import pytest

from assistant.knowledge.checks import reading
from tests.unit.knowledge.conftest import Passages

HARD = "Notwithstanding contractual considerations, administrative determinations necessitate documentation."
LONG = " ".join(["You can ask the school for it in a short email"] * 5) + "."


def problems(said: Passages, *changes: tuple[str, str]) -> list[str]:
    return [str(finding) for finding in reading.find(said(*changes))]


def test_plain_words_pass(said: Passages) -> None:
    assert problems(said) == []


def test_hard_words_are_found_with_grade_and_line(said: Passages) -> None:
    found = problems(said, ("It is free. Ask the school in an email tonight.", HARD))
    assert any("ask_cost/topic.yml:4: ask_cost, either, short: reading grade" in problem for problem in found)


def test_simple_words_have_to_be_simpler_still(said: Passages) -> None:
    sentence = "Accommodations and services cost families nothing, whatever their income or district."
    assert any(
        "simple: reading grade" in problem
        for problem in problems(said, ("simple: It is free.", f"simple: {sentence}"))
    )


def test_a_short_text_has_at_most_45_words(said: Passages) -> None:
    short = "It is free. " * 16
    found = problems(said, ("It is free. Ask the school in an email tonight.", short))
    assert any("48 words, 45 at most" in problem for problem in found)


def test_a_long_sentence_is_found_in_its_own_line(said: Passages) -> None:
    found = problems(said, ("**A copy:** ask for one.", LONG))
    assert any(
        "ask_cost/topic.yml:7: " in problem and "a sentence of 55 words" in problem for problem in found
    )


def test_a_wall_of_words_is_found(said: Passages) -> None:
    wall = "Ask for it. " * 25
    assert any("a paragraph of" in problem for problem in problems(said, ("**A copy:** ask for one.", wall)))


def test_a_letter_to_copy_is_no_wall_of_words(said: Passages) -> None:
    letter = "Dear (principal), " + "Please write to me. " * 20
    assert not any(
        "paragraph" in problem for problem in problems(said, ("- **A copy:** ask for one.", letter))
    )


def test_the_mean_counts_too(said: Passages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "HIGHEST_MEAN", -5.0)
    assert any("the mean reading grade is" in problem for problem in problems(said))
