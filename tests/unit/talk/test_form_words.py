"""The words that steer a form, and those that look like them."""

from __future__ import annotations

import pytest

from assistant.talk.form_words import (
    about_call,
    corrected_step,
    declines,
    goes_back,
    skips,
    stops,
    tells_reason,
)
from assistant.talk.turn import Named, Turn


@pytest.mark.parametrize(
    "text", ["back", "go back", "can we go back?", "take me back", "previous question please"]
)
def test_back(text: str) -> None:
    assert goes_back(text)


@pytest.mark.parametrize(
    "text",
    ["go back to the start", "he went back to school", "call me back", "back pain is why he needs a 504"],
)
def test_not_back(text: str) -> None:
    assert not goes_back(text)


@pytest.mark.parametrize(
    "text", ["skip", "skip this one", "can i skip the email", "pass", "i'd rather not say", "next question"]
)
def test_skip(text: str) -> None:
    assert skips(text)


@pytest.mark.parametrize("text", ["he skips school", "next tuesday", "they pass him every year", "next week"])
def test_not_skip(text: str) -> None:
    assert not skips(text)


@pytest.mark.parametrize(
    "text", ["no thanks", "not now", "actually i changed my mind", "i don't want a call", "maybe later"]
)
def test_decline(text: str) -> None:
    assert declines(text)


@pytest.mark.parametrize("text", ["no", "no, tuesday", "not before noon", "i don't want mornings"])
def test_not_decline(text: str) -> None:
    assert not declines(text)


def test_stop() -> None:
    assert stops("never mind") and stops("cancel the booking")
    assert not stops("stop the school from testing him")


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("wrong email", "contact_address"),
        ("oh that's the wrong number", "contact_address"),
        ("there is a typo in my email", "contact_address"),
        ("you have my name wrong", "contact_name"),
        ("can i change the time", "opening"),
        ("a different day", "opening"),
        ("yes", None),
    ],
)
def test_what_is_taken_back(text: str, step: str | None) -> None:
    assert corrected_step(text) == step


def said(text: str, *entities: Named) -> Turn:
    return Turn(text, "ask_cost", entities=entities)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("is it free", ["ask_cost"]),
        ("how long is the call", ["ask_timeline"]),
        ("who will call me", ["ask_who_leads"]),
        ("what do i need", ["ask_meeting_prep"]),
        ("what do you need my email for", ["ask_privacy"]),
        ("is it free? and how long is it?", ["ask_cost", "ask_timeline"]),
        ("how long does the school have to test him", []),
        ("who has to be at the meeting", []),
        ("Dana", []),
    ],
)
def test_questions_about_the_call(text: str, kinds: list[str]) -> None:
    assert about_call(said(text)) == kinds


def test_a_question_about_a_plan_is_not_about_the_call() -> None:
    assert about_call(said("is it free", Named("plan", "iep"))) == []


def test_what_the_call_is_about() -> None:
    assert tells_reason("its about my son who gets suspended")
    assert not tells_reason("what about my son")
    assert not tells_reason("i don't understand what my son needs")
