"""A logistic regression that keeps only the columns its lines use, and reads one message's few hundred of them.

It learns what scikit-learn's LogisticRegression learns (the tests hold both side by side), in a third of its time: there the sentence vectors
stand among the n-grams in one sparse matrix, although every line has all of their columns; here they are multiplied apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from assistant.nlu.encoder import DIMENSIONS, Floats
from assistant.nlu.features import Row

TOLERANCE = 1e-3
"""Where the regression stops: 20 rounds instead of 60 with scikit-learn's own 1e-4, and no figure that moved."""
MOST_ROUNDS = 200
KEPT_ROUNDS = 5
"""Rounds that the optimizer remembers: with ten it needs twice the memory and is no faster."""


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

    def __getstate__(self) -> dict[str, Any]:
        """Return what the file holds: weights in half the bytes, their last digits tell nothing."""
        return {**self.__dict__, "_weights": self._weights.astype(np.float16)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._weights = state["_weights"].astype(np.float32)

    def train(self, rows: sparse.csr_matrix, labels: Sequence[str], strength: float) -> None:
        """Learn from rows as `Featurizer.fit` gives them; the same data gives the same weights.

        Each class counts the same, however many lines it has.

        Args:
            rows: Shape (lines, columns).
            labels: One class a row.
            strength: Inverse regularization C.
        """
        vectors = np.ascontiguousarray(rows[:, :DIMENSIONS].todense(), np.float32)
        ngrams = rows[:, DIMENSIONS:]
        self._columns = np.unique(ngrams.indices).astype(np.int64)
        ngrams = ngrams[:, self._columns].astype(np.float32)
        self.classes, wanted = _numbered(labels)
        if len(self.classes) == 1:  # one class alone needs no regression
            self._columns = self._columns[:0]
            self._weights = np.zeros((DIMENSIONS, 1), np.float32)
            self._bias = np.zeros(1, np.float32)
            return
        found = _Loss(vectors, ngrams, wanted, len(self.classes), strength).least()
        self._weights = np.ascontiguousarray(found[:-1], np.float32)
        self._bias = found[-1].astype(np.float32)

    def probabilities(self, row: Row) -> Floats:
        """Return one probability a class, shape (classes,)."""
        scores = self._bias + row.vector @ self._weights[:DIMENSIONS]
        if len(self._columns):
            places = np.searchsorted(self._columns, row.places)
            known = self._columns[np.minimum(places, len(self._columns) - 1)] == row.places
            scores = scores + row.values[known] @ self._weights[DIMENSIONS + places[known]]
        powers = np.exp(scores - scores.max())
        shares: Floats = powers / powers.sum()
        return shares


class _Loss:
    """The mean cross entropy with every class counting the same, and the square of the weights."""

    def __init__(
        self, vectors: Floats, ngrams: sparse.csr_matrix, wanted: Floats, classes: int, strength: float
    ) -> None:
        self._vectors, self._ngrams = vectors, ngrams
        self._turned = ngrams.T.tocsr()
        self._wanted, self._classes = wanted, classes
        counts = np.bincount(wanted, minlength=classes)
        shares = len(wanted) / (classes * counts[wanted])
        self._shares = (shares / shares.sum()).astype(np.float32)[:, None]
        # two classes have two opposite rows of weights here and one in scikit-learn: each is half as long
        self._decay = (2.0 if classes == 2 else 1.0) / (strength * shares.sum())
        self._shape = (vectors.shape[1] + ngrams.shape[1] + 1, classes)

    def least(self) -> Floats:
        """Return the weights, one row a column, and last the bias; shape (columns + 1, classes)."""
        found = minimize(
            self._at,
            np.zeros(self._shape[0] * self._shape[1]),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": MOST_ROUNDS, "gtol": TOLERANCE, "maxcor": KEPT_ROUNDS, "maxls": 50},
        )
        weights: Floats = found.x.reshape(self._shape)
        return weights

    def _at(self, flat: Floats) -> tuple[float, Floats]:
        """Return the loss at some weights and its gradient."""
        weights = flat.reshape(self._shape).astype(np.float32)
        first, last = self._vectors.shape[1], self._shape[0] - 1
        scores = self._vectors @ weights[:first] + self._ngrams @ weights[first:last] + weights[last]
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        sums = powers.sum(axis=1, keepdims=True)
        lines = np.arange(len(scores))
        entropy = np.log(sums[:, 0]) - scores[lines, self._wanted]
        loss = float((self._shares[:, 0] * entropy).sum() + 0.5 * self._decay * (weights[:last] ** 2).sum())
        powers /= sums
        powers[lines, self._wanted] -= 1
        powers *= self._shares
        gradient = np.empty(self._shape, np.float64)
        gradient[:first] = self._vectors.T @ powers
        gradient[first:last] = self._turned @ powers
        gradient[:last] += self._decay * weights[:last]
        gradient[last] = powers.sum(axis=0)
        return loss, gradient.ravel()


def _numbered(labels: Sequence[str]) -> tuple[list[str], Any]:
    """Return the classes in order, and the number of each label's class."""
    classes, numbers = np.unique(np.asarray(labels, dtype=object).astype(str), return_inverse=True)
    return [str(name) for name in classes], numbers
