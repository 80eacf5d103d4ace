"""A softmax regression over many classes, learnt in small batches.

1,700 classes are too many for the batch optimizer of `regression.py` (minutes and gigabytes); this takes seconds. scikit-learn's
SGDClassifier learns one class against the rest, and its MLPClassifier weighs no class: both were no way here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.nlu.encoder import Floats

EPOCHS, BATCH = 6, 512
SLOW, SQUARES, TINY = 0.9, 0.99, 1e-8
"""Adam's shares of the last mean and the last mean square, and what keeps it from dividing by 0."""


class Softmax:
    """Log probabilities of classes for a dense vector.

    Attributes:
        classes: The names, in the order of the probabilities.
    """

    def __init__(self) -> None:
        self.classes: list[str] = []
        self._weights: Floats = np.zeros((0, 0), np.float32)
        self._bias: Floats = np.zeros(0, np.float32)

    def train(self, vectors: Floats, labels: Sequence[str], rate: float, noise: float) -> None:
        """Learn from vectors; the same data gives the same weights. Each class counts the same, however many lines it has.

        Args:
            vectors: Shape (lines, dimensions), float32.
            labels: One class a line.
            rate: Adam's first step; it falls to 0 in a straight line.
            noise: Standard deviation of what is added to each number of a vector: training lines lie too near to what the encoder was tuned on.
        """
        names, wanted = np.unique(np.asarray(labels, dtype=object).astype(str), return_inverse=True)
        self.classes = [str(name) for name in names]
        counts = np.bincount(wanted)
        shares = (len(wanted) / (len(names) * counts)).astype(np.float32)
        random = np.random.default_rng(0)
        rising = _Adam((vectors.shape[1] + 1, len(names)), rate, EPOCHS * -(-len(wanted) // BATCH))
        for _ in range(EPOCHS):
            order = random.permutation(len(wanted))
            for start in range(0, len(order), BATCH):
                batch = order[start : start + BATCH]
                seen = vectors[batch]
                seen = seen + noise * random.standard_normal(seen.shape, dtype=np.float32)
                wrong = np.exp(_log_shares(seen @ rising.weights[:-1] + rising.weights[-1]))
                wrong[np.arange(len(batch)), wanted[batch]] -= 1
                wrong *= shares[wanted[batch]][:, None] / len(batch)
                rising.step(np.vstack([seen.T @ wrong, wrong.sum(axis=0)]))
        self._weights, self._bias = rising.weights[:-1], rising.weights[-1]

    def log_shares(self, vector: Floats) -> Floats:
        """Return the log probability of each class, shape (classes,)."""
        return _log_shares(vector @ self._weights + self._bias)


class _Adam:
    """The optimizer of Kingma and Ba (2015), whose step falls to 0."""

    def __init__(self, shape: tuple[int, int], rate: float, steps: int) -> None:
        self.weights: Floats = np.zeros(shape, np.float32)
        self._mean, self._square = np.zeros_like(self.weights), np.zeros_like(self.weights)
        self._rate, self._steps, self._done = rate, steps, 0

    def step(self, gradient: Floats) -> None:
        rate = self._rate * (1 - self._done / self._steps)
        self._done += 1
        self._mean += (1 - SLOW) * (gradient - self._mean)
        self._square += (1 - SQUARES) * (gradient**2 - self._square)
        mean = self._mean / (1 - SLOW**self._done)
        square = self._square / (1 - SQUARES**self._done)
        self.weights -= np.float32(rate) * mean / (np.sqrt(square) + np.float32(TINY))


def _log_shares(scores: Floats) -> Floats:
    scores = scores - scores.max(axis=-1, keepdims=True)
    found: Floats = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return found
