"""A softmax regression tells classes apart, weighs them alike, and is the same each time."""

from __future__ import annotations

import numpy as np

from assistant.nlu.softmax import Softmax


def lines(seed: int = 0) -> tuple[np.ndarray, list[str]]:
    """Return 300 vectors of two common classes and a rare one, each around a corner of its own."""
    random = np.random.default_rng(seed)
    corners = np.eye(3, 8, dtype=np.float32)
    labels = ["a"] * 140 + ["b"] * 140 + ["rare"] * 20
    places = np.array(["abr".index(label[0]) for label in labels])
    return corners[places] + 0.2 * random.standard_normal((300, 8), dtype=np.float32), labels


def learnt() -> Softmax:
    softmax = Softmax()
    softmax.train(*lines(), rate=0.3, noise=0.02)
    return softmax


def test_new_vectors_find_their_class_also_the_rare_one() -> None:
    softmax = learnt()
    vectors, labels = lines(seed=1)
    found = [softmax.classes[int(softmax.log_shares(vector).argmax())] for vector in vectors]
    assert np.mean([one == other for one, other in zip(found, labels, strict=True)]) > 0.9
    assert found[-20:].count("rare") > 15


def test_shares_are_probabilities() -> None:
    assert abs(np.exp(learnt().log_shares(lines()[0][0])).sum() - 1) < 1e-5


def test_the_same_lines_give_the_same_weights() -> None:
    vector = lines()[0][0]
    assert np.array_equal(learnt().log_shares(vector), learnt().log_shares(vector))
