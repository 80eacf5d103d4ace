from __future__ import annotations

from datetime import date

import pytest

from assistant.knowledge.letters import Blank
from assistant.talk.letter_words import (
    added_in,
    child_in,
    is_aside,
    is_finished,
    name_in,
    says_none,
    values_in,
)
from assistant.talk.turn import Turn

TODAY = date(2026, 11, 30)


def turn(text: str, intent: str, sure: float = 0.9) -> Turn:
    return Turn(text, intent, (intent,), confidences=(sure,))


@pytest.mark.parametrize(
    ("text", "intent", "sure", "aside"),
    [
        ("how often is an iep reviewed?", "ask_review", 0.9, True),
        ("how often is it reviewed", "ask_review", 0.9, True),
        (
            "when it is loud he hides and nobody comes to him for the whole lesson",
            "ask_behavior_plan",
            0.9,
            False,
        ),
        ("he can't read", "ask_services", 0.9, False),
        ("thank you", "thank", 0.95, True),
        ("they thanked me and did nothing at all about it for months", "thank", 0.9, False),
        ("huh", "ask_repeat", 0.9, True),
        ("book a call", "book_consultation", 0.95, True),
        ("whats the weather?", "out_of_scope", 0.9, True),
        ("his bike was taken", "out_of_scope", 0.9, False),
        ("who do i send it to", "write_letter", 0.2, True),
        ("do i have to sign it", "write_letter", 0.2, True),
        ("what happens after i send it", "inform", 0.9, True),
        ("when he reads he cries", "write_letter", 0.2, False),
        ("how he is treated at lunch", "inform", 0.9, False),
    ],
)
def test_what_is_told_is_apart_from_what_is_asked(text: str, intent: str, sure: float, aside: bool) -> None:
    assert is_aside(turn(text, intent, sure)) is aside


@pytest.mark.parametrize(
    "text",
    ["no", "None.", "nothing", "not yet", "i don't know", "nobody", "none of it", "nobody saw it", "i dont think so", "not that i know of",
     "i dont remember", "no, i can't remember the date", "dont know exactly", "not decided yet"],
)  # fmt: skip
def test_a_bare_no_leaves_a_blank(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize(
    "text",
    ["no aide since october", "nobody helped her", "i don't think so many tests help", "none of it was done in may", "not that i know of a plan"],
)  # fmt: skip
def test_no_with_more_is_told(text: str) -> None:
    assert not says_none(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("done", "inform"), ("looks good", "feedback_positive"), ("no changes", "deny"), ("thanks", "thank"), ("no", "deny"), ("it's fine like that", "inform")],
)  # fmt: skip
def test_a_letter_that_is_fine_is_done(text: str, intent: str) -> None:
    assert is_finished(turn(text, intent))


@pytest.mark.parametrize(("text", "found"), [("Sam, 4th grade", {"child": "Sam", "grade": "4"}), ("third grade", {"grade": "3"}),
    ("her name is mia, she's in kindergarten", {"child": "Mia", "grade": "kindergarten"}), ("Jo-Anne", {"child": "Jo-Anne"}), ("??", {})])  # fmt: skip
def test_a_child_is_a_name_and_a_grade(text: str, found: dict[str, str]) -> None:
    assert child_in(text) == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("add that she has asthma", "She has asthma."),
        ("can you add that he cries every morning please", "He cries every morning."),
        ("also say we need an answer by friday", "We need an answer by friday."),
        ("include the fact that his dad agrees", "His dad agrees."),
        ("add: he was diagnosed in may", "He was diagnosed in may."),
        ("add something about the bus", ""),
        ("please mention the bus", ""),
        ("add a sentence", ""),
    ],
)
def test_only_whole_sentences_are_added(text: str, sentence: str) -> None:
    assert added_in(text) == sentence


@pytest.mark.parametrize(("text", "name"), [("my name is dana lee", "Dana Lee"), ("the school is oak hill elementary", "Oak Hill Elementary"), ("his name is Sam not Sal", "Sam")])  # fmt: skip
def test_names_are_cut_out(text: str, name: str) -> None:
    assert name_in(text) == name


def test_days_are_read_by_what_they_are_for() -> None:
    assert values_in("day", Blank("date", "past_day"), "the 4th", TODAY) == {"day": "2026-11-04"}
    assert values_in("day", Blank("date", "coming_day"), "the 4th", TODAY) == {"day": "2026-12-04"}
    assert values_in("day", Blank("date", "past_day"), "some time in fall", TODAY) == {
        "day": "some time in fall"
    }
    assert values_in("what", Blank("words"), "!!", TODAY) == {}
