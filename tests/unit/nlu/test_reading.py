"""A message is read with the talk before it, but thanks stay thanks and a pasted page is read by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pytest

from assistant.nlu.leaning import Before
from assistant.nlu.question_model import Guess, QuestionModel
from assistant.nlu.reading import MOST_MESSAGES, Weighing, behind, read
from assistant.nlu.whole_talk import TalkWeights

THANKS = Guess((("thank", 0.9), ("ask_team", 0.1)), (("ask_team/late", 0.1),))
ASKED = Guess((("ask_team", 0.9), ("thank", 0.1)), (("ask_team/late", 0.6), ("ask_team/who", 0.3)))
BEFORE = Before(
    "who has to be at the meeting",
    ("ask_team/who",),
    said=("he is out of school since may", "who has to be at the meeting"),
)
PAGE = "\n".join(
    ["Goal 1: the student will read forty words a minute in four of five trials"] * 5 + ["is that goal ok?"]
)


class Asked:
    """A model that takes everything for one guess, and keeps what it was asked."""

    def __init__(self, guess: Guess) -> None:
        self._guess = guess
        self.texts: list[str] = []

    def guess(self, text: str, before: str = "", told: Sequence[str] = ()) -> Guess:
        self.texts.append(f"{before} > {text}" if before else text)
        return self._guess

    def guess_together(self, texts: Sequence[str]) -> Guess:
        self.texts.append(" > ".join(texts))
        return self._guess


def reading(text: str, guess: Guess, before: Before | None, **weights: float) -> tuple[Guess, list[str]]:
    model = Asked(guess)
    found = read(text, cast(QuestionModel, model), Weighing(talk=TalkWeights(**weights)), before)
    return found, model.texts


def test_thanks_are_thanks_whatever_was_said_before() -> None:
    found, texts = reading("thanks a lot", THANKS, BEFORE)
    assert found == THANKS
    assert texts == ["thanks a lot"]


@pytest.mark.parametrize(
    "text", ["what if one comes late", "and what if " + "one of them " * 12 + "comes late"]
)
def test_a_later_message_of_any_length_is_read_with_all_that_was_said(text: str) -> None:
    _, texts = reading(text, ASKED, BEFORE)
    assert " > ".join((*BEFORE.said, text)) in texts
    assert " > ".join(BEFORE.said) in texts, "what they ask without it was asked before"


def test_of_a_long_talk_the_last_messages_are_weighed() -> None:
    said = [f"message number {number} of this talk" for number in range(MOST_MESSAGES + 5)]
    before = behind(said[-1], said, ["ask_team/who"], cast(QuestionModel, Asked(ASKED)))
    assert before is not None and list(before.said) == said[5:]


def test_a_first_message_and_a_pasted_page_are_read_by_themselves() -> None:
    assert reading("what if one comes late", ASKED, None)[1] == ["what if one comes late"]
    assert not any(" > " in text for text in reading(PAGE, ASKED, BEFORE)[1])


def test_in_a_form_nothing_is_weighed_over_the_talk() -> None:
    in_form = Before(BEFORE.words, BEFORE.told, said=())
    assert reading("what if one comes late", ASKED, in_form, told=-9.0)[0].points[0][0] == "ask_team/late"
