"""Which of many classes a message is of: all points of all topics in one choice, and all topics and acts in another.

Two softmax regressions, one that reads the sentence vector and one the folded n-grams, multiplied: what one of them is sure not to be, it is
not. docs/decisions/0033 tells what this was measured against for points, 0043 for topics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from assistant.nlu.encoder import Floats
from assistant.nlu.features import Row
from assistant.nlu.ngram_fold import NgramFold
from assistant.nlu.softmax import Softmax

VECTOR_RATE, VECTOR_NOISE = 0.04, 0.03
NGRAM_RATE, NGRAM_NOISE = 0.06, 0.02


@dataclass
class ClassModel:
    """Shares of all classes for a message.

    Attributes:
        ngrams: How much the reading of the n-grams counts beside that of the sentence vector.
    """

    ngrams: float = 0.5
    _by_vector: Softmax = field(default_factory=Softmax)
    _by_ngrams: Softmax = field(default_factory=Softmax)
    _fold: NgramFold = field(default_factory=NgramFold)

    def train(self, vectors: Floats, ngrams: sparse.csr_matrix, words: int, labels: Sequence[str]) -> None:
        """Learn from lines; the same data gives the same model.

        Args:
            vectors: Sentence vectors, shape (lines, dimensions).
            ngrams: Shape (lines, n-grams), the word n-grams first.
            words: How many of the columns are word n-grams.
            labels: The class of each line.
        """
        self._by_vector.train(vectors, labels, VECTOR_RATE, VECTOR_NOISE)
        self._by_ngrams.train(self._fold.fit(ngrams, words, labels), labels, NGRAM_RATE, NGRAM_NOISE)

    @property
    def classes(self) -> list[str]:
        """The classes, in the order of the shares."""
        return self._by_vector.classes

    def fold(self, row: Row) -> Floats:
        """Return a message's n-grams folded as this choice reads them, shape (directions,)."""
        return self._fold.fold(row)

    def shares(self, vector: Floats, folded: Floats) -> Floats:
        """Return the probability of each class, shape (classes,).

        Args:
            vector: The sentence vector.
            folded: The n-grams as `fold` gives them.
        """
        scores = self._by_vector.log_shares(vector)
        scores = scores + self.ngrams * self._by_ngrams.log_shares(folded)
        powers = np.exp(scores - scores.max())
        found: Floats = powers / powers.sum()
        return found
