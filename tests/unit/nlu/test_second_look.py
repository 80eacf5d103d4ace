"""The likeliest points are weighed anew by how many of the message's words each knows; the others stay as they were."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from assistant.nlu.encoder import Floats, Words
from assistant.nlu.second_look import LOOKED_AT, Weights, looked_at_again, seen
from assistant.nlu.word_bags import WordBags

LATE, NEW, TOPIC = "ask_bus/late", "ask_bus/new", "ask_bus"
WORDS = Words(np.eye(60, dtype=np.float32)[:2], np.arange(2))


class Bags(WordBags):
    """Words of which one point knows all, the other half."""

    def covered(self, words: Words, points: Sequence[str]) -> Floats:
        return np.array([{LATE: 0.5, NEW: 1.0}.get(name, 0.0) for name in points], np.float32)

    def sizes(self, points: Sequence[str]) -> npt.NDArray[np.int64]:
        return np.array([{LATE: 10, NEW: 10}.get(name, 0) for name in points], np.int64)


POINTS = ((LATE, 0.5), (NEW, 0.3), (TOPIC, 0.1))


def test_who_knows_more_of_the_words_comes_first_and_all_stay_as_likely_together() -> None:
    found = looked_at_again(POINTS, WORDS, Bags(), Weights(words=5.0))
    assert found[0][0] == NEW
    assert sum(share for _, share in found) == pytest.approx(0.9)
    assert [share for _, share in found] == sorted((share for _, share in found), reverse=True)


def test_without_weights_nothing_changes() -> None:
    assert looked_at_again(POINTS, WORDS, Bags(), Weights()) == POINTS
    assert looked_at_again(POINTS[:1], WORDS, Bags(), Weights(words=5.0)) == POINTS[:1]


def test_the_number_of_kept_words_is_seen() -> None:
    rows = seen(POINTS, WORDS, Bags())
    assert rows[:, 2] == pytest.approx([np.log(10), np.log(10), 0.0])
    assert looked_at_again(POINTS, WORDS, Bags(), Weights(words=0.1, size=5.0))[-1][0] == TOPIC


def test_what_is_far_down_stays_where_it_is() -> None:
    many = (*((f"ask_bus/{number}", 0.1 / (number + 1)) for number in range(LOOKED_AT)), (NEW, 0.001))
    assert looked_at_again(many, WORDS, Bags(), Weights(words=50.0))[-1] == (NEW, 0.001)
