"""What counts at the second look is learnt from messages that stand alone, as the first look alone would see them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from assistant.nlu.encoder import NO_WORDS, Words
from assistant.nlu.question_model import Guess, QuestionModel
from assistant.nlu.word_bags import WordBags
from bench.talks import Turn
from training import fit_second_look
from training.fit_second_look import AS_BEFORE, NAMES, choices

LATE, NEW = "ask_bus/late", "ask_bus/new"


class Model:
    """Finds two points in everything; "and him" leans on what was said."""

    bags = WordBags()

    def guess(self, text: str, before: str = "", told: Sequence[str] = ()) -> Guess:
        return Guess((("ask_bus", 1.0),), ((LATE, 0.6), (NEW, 0.4)), 0.9 if text == "and him" else 0.1)

    def words(self, text: str) -> Words:
        return NO_WORDS


def test_a_message_that_leans_and_one_that_no_likely_point_answers_teach_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turn = Turn
    talk = [
        turn("the bus is late", (LATE,)),
        turn("and him", (NEW,)),
        turn("what does it cost", ("ask_cost/all",)),
        turn("thanks", ()),
    ]
    monkeypatch.setattr(fit_second_look, "talks", lambda path: [talk])
    found = list(choices(Path("any"), cast(QuestionModel, Model())))
    assert [one.right.tolist() for one in found] == [[True, False]]
    assert found[0].seen.shape == (2, len(NAMES))
    assert found[0].seen @ AS_BEFORE == pytest.approx(np.log([0.6, 0.4]))
