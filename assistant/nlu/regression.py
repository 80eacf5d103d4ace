"""A logistic regression that keeps only the columns its lines use, and reads one message's few hundred of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from assistant.nlu.encoder import DIMENSIONS, Floats
from assistant.nlu.features import Row

TOLERANCE = 1e-3
"""Where the regression stops: 20 rounds instead of 60 with scikit-learn's own 1e-4, and no figure that moved."""


class Regression:
    """Scores of some classes for a message.

    Attributes:
        classes: The names, in the order of the scores.
    """

    def __init__(self) -> None:
        self.classes: list[str] = []
        self._columns = np.zeros(0, np.int64)
        # one row a feature, so that a message's features are read where they lie
        self._weights: Floats = np.zeros((0, 0), np.float32)
        self._bias: Floats = np.zeros(0, np.float32)

    def train(self, rows: sparse.csr_matrix, labels: Sequence[str], strength: float) -> None:
        """Learn from rows as `Featurizer.fit` gives them; the same data gives the same weights.

        Args:
            rows: Shape (lines, columns).
            labels: One class a row.
            strength: Inverse regularization C.
        """
        used = np.unique(rows.indices)
        self._columns = used[used >= DIMENSIONS] - DIMENSIONS
        kept = rows[:, np.concatenate([np.arange(DIMENSIONS), self._columns + DIMENSIONS])]
        if len(set(labels)) == 1:  # one class alone needs no regression
            self.classes = [labels[0]]
            self._columns = self._columns[:0]
            self._weights = np.zeros((DIMENSIONS, 1), np.float32)
            self._bias = np.zeros(1, np.float32)
            return
        regression = LogisticRegression(C=strength, class_weight="balanced", max_iter=200, tol=TOLERANCE)
        regression.fit(kept, labels)
        self.classes = [str(name) for name in regression.classes_]
        weights, bias = regression.coef_, regression.intercept_
        if len(weights) == 1:  # of two classes scikit-learn keeps the second one's weights alone
            weights, bias = np.vstack([0 * weights, weights]), np.hstack([0 * bias, bias])
        self._weights = np.ascontiguousarray(weights.T, np.float32)
        self._bias = bias.astype(np.float32)

    def probabilities(self, row: Row, sharpness: float = 1.0) -> Floats:
        """Return one probability a class, shape (classes,); `sharpness` is the exponent before they are scaled to 1."""
        scores = self._bias + row.vector @ self._weights[:DIMENSIONS]
        if len(self._columns):
            places = np.searchsorted(self._columns, row.places)
            known = self._columns[np.minimum(places, len(self._columns) - 1)] == row.places
            scores = scores + row.values[known] @ self._weights[DIMENSIONS + places[known]]
        powers = np.exp(sharpness * (scores - scores.max()))
        shares: Floats = powers / powers.sum()
        return shares


def trained(rows: sparse.csr_matrix, labels: Sequence[str], strength: float) -> Regression:
    """Return a regression that has learnt: a function of its own, for a process of its own."""
    regression = Regression()
    regression.train(rows, labels, strength)
    return regression
