"""A wish for a letter is heard whatever the letter is about; a question on letters is no wish."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.nlu.encoder import Floats
from assistant.nlu.gates import Gates
from assistant.nlu.letter_wish import LetterWish
from assistant.nlu.question_model import LETTER, Guess

WISH, ABOUT_A, ABOUT_B = np.eye(3, dtype=np.float32)


def learnt() -> LetterWish:
    wish = LetterWish()
    rows = [(WISH + ABOUT_A, True), (WISH + ABOUT_B, True), (ABOUT_A, False), (ABOUT_B, False)] * 20
    wish.train(np.stack([row for row, _ in rows]), [wished for _, wished in rows])
    return wish


@pytest.mark.parametrize("about", [ABOUT_A, ABOUT_B])
def test_the_wish_counts_whatever_it_is_about(about: Floats) -> None:
    assert learnt().probability(WISH + about) > 0.65 > learnt().probability(about)


def test_without_examples_of_both_nothing_is_a_wish() -> None:
    wish = LetterWish()
    wish.train(np.stack([WISH]), [True])
    assert wish.probability(WISH) == 0.0


def test_a_sure_wish_is_acted_on_beside_any_subject_but_not_beside_danger_or_the_call() -> None:
    about = Guess((("ask_records", 0.95), (LETTER, 0.01)))
    assert Gates().heard(about, 0.7)[0] == LETTER
    assert Gates().heard(about, 0.5)[0] == "ask_records"
    for other in ("crisis", "book_consultation", "ask_repeat", "change_letter"):
        assert Gates().heard(Guess(((other, 0.99),)), 0.9)[0] == other
