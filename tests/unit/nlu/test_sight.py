"""Several messages are seen as one: the longer one counts for more, by the root of its words."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.nlu.sight import Sight


def sight(place: int, words: int) -> Sight:
    corner = np.eye(3, dtype=np.float32)[place]
    return Sight(corner, corner, np.zeros(2, np.float32), words)


def test_a_message_of_four_times_the_words_counts_twice_and_the_length_is_one() -> None:
    found = Sight.together([sight(0, 16), sight(1, 4)])
    assert found.vector == pytest.approx([2 / 5**0.5, 1 / 5**0.5, 0])
    assert found.points == pytest.approx(found.vector)
    assert found.words == 20


def test_ngrams_that_nobody_knows_stay_nothing() -> None:
    assert Sight.together([sight(0, 3), sight(2, 3)]).topics.tolist() == [0.0, 0.0]


def test_one_message_is_seen_as_it_is() -> None:
    assert Sight.together([sight(1, 7)]).vector == pytest.approx(sight(1, 7).vector)
