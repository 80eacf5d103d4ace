from __future__ import annotations

import pytest

from assistant.talk.to_us import is_all, not_asked, stops_asking, wants_no_call
from assistant.talk.turn import Turn


def turn(text: str) -> Turn:
    return Turn(text, "nlu_fallback")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("i dont want a call", True),
        ("I don't want a call.", True),
        ("no call please", True),
        ("no calls", True),
        ("dont offer me a call again", True),
        ("stop offering me the call", True),
        ("i do not need an advocate", True),
        ("please stop suggesting a call", True),
        ("no i dont want to book anything", True),
        ("i dont want a call. how do i get a 504", False),
        ("i dont want a call, how long does the testing take", False),
    ],
)
def test_no_call(text: str, whole: bool) -> None:
    assert wants_no_call(turn(text))
    assert is_all(turn(text)) is whole


@pytest.mark.parametrize(
    "text",
    [
        "i dont want a call from the teacher every day",
        "they did not call me",
        "no one calls me back",
        "i dont want to call the school",
        "do i need an advocate",
        "book a call",
        "the school does not want an advocate there",
        "can i get a call without the principal",
    ],
)
def test_a_call_of_somebody_else_is_none_of_ours(text: str) -> None:
    assert not wants_no_call(turn(text))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("stop asking me that", True),
        ("stop asking me which plan it is", True),
        ("dont ask me that again", True),
        ("quit asking for my state", True),
        ("why do you keep asking me that", True),
        ("stop asking me that, we have no plan", False),
    ],
)
def test_stop_asking(text: str, whole: bool) -> None:
    assert stops_asking(turn(text))
    assert is_all(turn(text)) is whole


@pytest.mark.parametrize(
    "text",
    ["they keep asking him about our home", "stop asking my son that", "can i stop them from asking her"],
)
def test_others_ask(text: str) -> None:
    assert not stops_asking(turn(text))


@pytest.mark.parametrize(
    "text",
    [
        "that's not what i asked",
        "thats not what i asked",
        "no that's not what i asked either",
        "not my question",
        "u didnt answer my question",
        "thats still not it",
        "i didnt ask that",
        "you already said that",
        "no. thats not what i meant",
    ],
)
def test_not_what_was_asked(text: str) -> None:
    assert not_asked(turn(text))


@pytest.mark.parametrize(
    "text",
    [
        "thats not what i asked. can they change it after i sign",
        "they did not answer my email",
        "the school never asked me",
        "i didnt sign it",
        "he is not getting it",
        "no i mean the difference",
        "is it not allowed",
    ],
)
def test_what_says_more_is_no_mere_complaint(text: str) -> None:
    assert not not_asked(turn(text))


def test_a_button_says_nothing_to_us() -> None:
    pressed = Turn('/inform{"plan": "504"}', "inform")
    assert not (wants_no_call(pressed) or stops_asking(pressed) or not_asked(pressed))
