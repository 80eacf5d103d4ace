"""N-grams are folded into few directions in which classes differ."""

from __future__ import annotations

import pickle

import numpy as np
from scipy import sparse

from assistant.nlu.features import Row
from assistant.nlu.ngram_fold import NgramFold

LINES = sparse.csr_matrix(
    np.array([[1, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 0]], np.float32)
)
LABELS = ["aide", "aide", "bus", "bus", "cost", "cost"]


def row(*places: int) -> Row:
    return Row(np.zeros(2, np.float32), np.array(places, np.int64), np.ones(len(places), np.float32))


def folded() -> NgramFold:
    fold = NgramFold()
    fold.fit(LINES, words=3, labels=LABELS)
    return fold


def test_a_message_is_folded_as_its_line_was() -> None:
    fold = NgramFold()
    lines = fold.fit(LINES, words=3, labels=LABELS)
    assert np.allclose(fold.fold(row(0)), lines[1], atol=1e-5)
    assert lines[1] @ lines[0] > lines[1] @ lines[2], "lines of one class lie nearer"


def test_nothing_known_is_folded_to_zeros() -> None:
    assert not folded().fold(row()).any()


def test_the_file_holds_half_the_bytes_and_tells_the_same() -> None:
    fold = folded()
    again = pickle.loads(pickle.dumps(fold))
    assert np.array_equal(again.fold(row(1, 3)), fold.fold(row(1, 3)))
    assert len(pickle.dumps(fold)) < len(pickle.dumps(np.zeros((4, 2), np.float16))) + 200
