"""What the models see of a message: its sentence vector beside word and character n-grams."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu.encoder import DIMENSIONS, NO_WORDS, Floats, SentenceEncoder, Words
from assistant.nlu.word_bags import Turned

Places = npt.NDArray[np.int64]
LEAST_LINES = 5
"""N-grams of fewer lines are left out: no figure moves with them, and they are half of all."""


def lowered(text: str) -> str:
    """Return `text` as the n-grams read it: lower case, single spaces."""
    return " ".join(text.lower().split())


@dataclass(frozen=True)
class Row:
    """One message.

    Attributes:
        vector: The unit sentence vector, shape (dimensions,), float32.
        places: Columns of the n-grams that occur, counted after the vector's, rising.
        values: Their weights, same length as `places`.
        words: Its words, each as it is read in its sentence.
    """

    vector: Floats
    places: Places
    values: Floats
    words: Words = NO_WORDS


class Featurizer:
    """Turns messages into rows: the vector first, then word n-grams, then character n-grams.

    Args:
        ngram_weight: Length of the n-gram part beside the unit sentence vector.
    """

    def __init__(self, encoder: SentenceEncoder, ngram_weight: float) -> None:
        self.encoder = encoder
        self._scale = ngram_weight / np.sqrt(2)
        self._words = TfidfVectorizer(
            ngram_range=(1, 2),
            sublinear_tf=True,
            min_df=LEAST_LINES,
            token_pattern=r"(?u)\b\w[\w']*\b",  # noqa: S106
            dtype=np.float32,
        )
        self._characters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=LEAST_LINES, dtype=np.float32
        )

    @property
    def dimensions(self) -> int:
        """Columns of the sentence vector, the first of a row."""
        return DIMENSIONS

    @property
    def words(self) -> int:
        """How many of the n-grams are of words; they stand before those of characters."""
        return len(self._words.vocabulary_)

    def fit(
        self, texts: Sequence[str], kept: Callable[[Words], Turned]
    ) -> tuple[sparse.csr_matrix, list[Turned]]:
        """Learn the n-grams of `texts`; return their rows, shape (texts, columns), and what `kept` makes of the words of each."""
        vectors, turned = self.encoder.read_all(list(texts), kept)
        bare = [lowered(text) for text in texts]
        ngrams = sparse.hstack([self._words.fit_transform(bare), self._characters.fit_transform(bare)])
        return sparse.hstack([sparse.csr_matrix(vectors), ngrams * self._scale]).tocsr(), turned

    def rows(self, texts: Sequence[str], known: Mapping[str, Floats] | None = None) -> sparse.csr_matrix:
        """Return the rows of further messages, shape (texts, columns); their n-grams are those that `fit` learnt.

        Args:
            texts: The messages.
            known: Sentence vectors of some of them: encoding is the longest part of training.
        """
        vectors = dict(known or {})
        unknown = [text for text in dict.fromkeys(texts) if text not in vectors]
        vectors.update(zip(unknown, self.encoder.encode_all(unknown), strict=True))
        bare = [lowered(text) for text in texts]
        ngrams = sparse.hstack([self._words.transform(bare), self._characters.transform(bare)])
        dense = np.array([vectors[text] for text in texts], np.float32).reshape(len(texts), self.dimensions)
        return sparse.hstack([sparse.csr_matrix(dense), ngrams * np.float32(self._scale)]).tocsr()

    def row(self, text: str) -> Row:
        """Return one message's row."""
        bare = [lowered(text)]
        words, characters = self._words.transform(bare), self._characters.transform(bare)
        vector, read = self.encoder.read(text)
        return Row(
            vector,
            np.concatenate([words.indices, characters.indices + words.shape[1]]),
            np.concatenate([words.data, characters.data]) * np.float32(self._scale),
            read,
        )

    def state(self) -> tuple[Any, ...]:
        """Return what `restore` needs: everything but the encoder."""
        return self._scale, self._words, self._characters

    def restore(self, state: tuple[Any, ...]) -> None:
        """Take what `state` gave."""
        self._scale, self._words, self._characters = state
