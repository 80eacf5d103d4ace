"""Names and addresses in the form. Monday, November 23, 2026, noon in Chicago minus one hour."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.form_talk import FormTalk
from tests.unit.actions.book.test_form import at

Start = Callable[..., FormTalk]


async def test_a_wrong_email_is_asked_again_and_nothing_else(talk: Start) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says("wrong email")
    assert parent.step == "contact_address"
    await parent.says("dana.new@example.org")
    assert parent.step == "booking_confirmed"
    assert "dana.new@example.org" in parent.text


async def test_a_new_email_replaces_the_old_one_and_is_said_back(talk: Start) -> None:
    parent = await at(talk, "opening")
    await parent.says("oh sorry its dana.new@example.org")
    assert "I changed it to dana.new@example.org" in parent.text
    assert parent.step == "opening"


async def test_a_slip_in_the_email_is_asked_about(talk: Start) -> None:
    parent = await at(talk, "contact_address")
    await parent.says("dana@gmail.con")
    assert parent.text == "Did you mean dana@gmail.com?"
    await parent.says("yes", "affirm")
    assert parent.slots["contact_address"] == "dana@gmail.com"


async def test_a_rare_name_that_was_heard_as_a_greeting_is_a_name(talk: Start) -> None:
    parent = await at(talk, "contact_name")
    await parent.says("Dagmar", "greet", confidence=0.6)
    assert parent.step == "contact_address" and "Dagmar" in parent.text


@pytest.mark.parametrize("word", ["huh", "hmm", "wow", "bye"])
async def test_a_small_word_is_no_name(talk: Start, word: str) -> None:
    parent = await at(talk, "contact_name")
    await parent.says(word, "ask_repeat", confidence=0.6)
    assert parent.step == "contact_name"


@pytest.mark.parametrize("confidence", [0.6, 1.0])
@pytest.mark.parametrize("name", ["Ty Johnson", "Ty"])
async def test_who_is_called_ty_thanks_nobody(talk: Start, confidence: float, name: str) -> None:
    parent = await at(talk, "contact_name")
    await parent.says(name, "thank", confidence=confidence)
    assert parent.step == "contact_address" and parent.slots["contact_name"] == name


@pytest.mark.parametrize("confidence", [0.4, 1.0])
@pytest.mark.parametrize("again", ["karen good", "Karen good.", "my name is karen good", "i said karen good"])
async def test_the_same_answer_twice_is_a_name(talk: Start, again: str, confidence: float) -> None:
    """Some parents were asked for their name again and again, whatever they did."""
    parent = await at(talk, "contact_name")
    await parent.says("karen good", "feedback_positive", confidence=confidence)
    assert parent.step == "contact_name"
    await parent.says(again, "feedback_positive", confidence=confidence)
    assert parent.slots["contact_name"].casefold() == "karen good" and parent.step == "contact_address"
    assert parent.slots["meant_address"] is None
    await parent.says("yes", "affirm")
    assert parent.step == "contact_address"


@pytest.mark.parametrize(
    ("first", "second"), [("karen good", "not good"), ("hmm", "hmm"), ("i dont know", "i dont know"), ("sunday", "sunday")]
)  # fmt: skip
async def test_other_words_or_no_name_at_all_are_asked_again(talk: Start, first: str, second: str) -> None:
    parent = await at(talk, "contact_name")
    for words in (first, second):
        await parent.says(words, "nlu_fallback", confidence=0.4)
    assert parent.step == "contact_name"


async def test_words_around_a_new_email_are_no_new_name(talk: Start) -> None:
    parent = await at(talk, "booking_confirmed")
    await parent.says("sorry mistyped, marisol.vega@example.com", "feedback_negative")
    assert parent.slots["contact_name"] == "Dana"
    assert parent.slots["contact_address"] == "marisol.vega@example.com"
