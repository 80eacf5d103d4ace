"""Folds the n-grams of a message into a short dense vector, so that a softmax over 1,700 classes can read them.

The directions are those in which the classes differ most: the first singular vectors of the classes' mean n-grams.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from assistant.nlu.encoder import Floats
from assistant.nlu.features import Row

DIRECTIONS = 512
"""Fewer lose (256: half a point), more gain nothing (768)."""
WORDS_WEIGH = 2.0
"""A word n-gram beside one of characters: words tell points apart, characters forgive typos."""
ROUNDS = 3


class NgramFold:
    """Turns the n-gram part of a row into a unit vector of DIRECTIONS numbers."""

    def __init__(self) -> None:
        # half the bytes, in the file and in memory: the last digits of a direction tell nothing
        self._fold: Floats = np.zeros((0, 0), np.float16)

    def fit(self, ngrams: sparse.csr_matrix, words: int, labels: Sequence[str]) -> Floats:
        """Learn the directions and return the lines folded, shape (lines, at most DIRECTIONS).

        Args:
            ngrams: Shape (lines, n-grams), the word n-grams first.
            words: How many of the columns are word n-grams.
            labels: One class a line.
        """
        weigh = np.where(np.arange(ngrams.shape[1]) < words, WORDS_WEIGH, 1.0).astype(np.float32)
        weighed = (ngrams @ sparse.diags(weigh)).tocsr()
        _, places = np.unique(np.asarray(labels, dtype=object).astype(str), return_inverse=True)
        belongs = sparse.csr_matrix((np.ones(len(places), np.float32), (places, np.arange(len(places)))))
        directions = min(DIRECTIONS, min(belongs.shape[0], weighed.shape[1]) - 1)
        svd = TruncatedSVD(directions, n_iter=ROUNDS, random_state=0).fit(normalize(belongs @ weighed))
        fold = np.ascontiguousarray(svd.components_.T * weigh[:, None], np.float32)
        self._fold = fold.astype(np.float16)
        folded: Floats = normalize(ngrams @ fold)
        return folded

    def fold(self, row: Row) -> Floats:
        """Return the n-grams of one message folded, shape (directions,); zeros where none is known."""
        found: Floats = row.values @ self._fold[row.places].astype(np.float32)
        length = float(np.linalg.norm(found))
        return found / np.float32(length) if length else found
