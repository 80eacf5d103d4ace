"""The intent classifier: sentence vector beside word and character n-grams, then logistic regression."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.nlu.crisis_guard import readable
from assistant.nlu.emoji import in_words
from assistant.nlu.encoder import Floats, SentenceEncoder

TOLERANCE = 2e-4
"""Where the regression stops: half the time of scikit-learn's own 1e-4, and no figure that moved."""


@dataclass(frozen=True)
class Guess:
    """What a message may mean.

    Attributes:
        ranking: (intent, probability) of every intent, best first; the probabilities sum to 1.
    """

    ranking: tuple[tuple[str, float], ...]

    def probability(self, intent: str) -> float:
        """Return the probability of one intent, 0 if training never saw it."""
        return dict(self.ranking).get(intent, 0.0)


def plain(text: str) -> str:
    """Return `text` as the n-grams read it: lower case, plain quotes, single spaces."""
    return re.sub(r"\s+", " ", readable(text).lower()).strip()


class QuestionModel:
    """Turns a message into a Guess.

    Args:
        encoder: Gives the sentence vectors.
        ngram_weight: Length of the n-gram part beside the unit sentence vector.
        strength: Inverse regularization C of the logistic regression.
        sharpness: Exponent that makes the probabilities as sure as they are right: balanced classes and a strong
            regularization leave them too timid. Chosen on the held-out messages.
    """

    def __init__(
        self,
        encoder: SentenceEncoder,
        ngram_weight: float = 1.6,
        strength: float = 4.5,
        sharpness: float = 1.4,
    ) -> None:
        self._encoder = encoder
        self._weight = ngram_weight
        self._strength = strength
        self._sharpness = sharpness
        self._words = TfidfVectorizer(
            ngram_range=(1, 2),
            sublinear_tf=True,
            min_df=2,
            token_pattern=r"(?u)\b\w[\w']*\b",  # noqa: S106
            dtype=np.float32,
        )
        self._characters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2, dtype=np.float32
        )
        self._intents: list[str] = []
        # one row a feature, so that a message's few hundred features are read where they lie
        self._weights: Floats = np.zeros((0, 0), np.float32)
        self._bias: Floats = np.zeros(0, np.float32)

    def train(self, texts: list[str], intents: list[str]) -> None:
        """Learn from messages and their intents; the same data gives the same model."""
        vectors = self._encoder.encode_all(texts)
        plain_texts = [plain(text) for text in texts]
        self._words.fit(plain_texts)
        self._characters.fit(plain_texts)
        regression = LogisticRegression(
            C=self._strength, class_weight="balanced", max_iter=200, tol=TOLERANCE
        )
        regression.fit(self._features(vectors, plain_texts), intents)
        self._intents = [str(intent) for intent in regression.classes_]
        weights, bias = regression.coef_, regression.intercept_
        if len(weights) == 1:  # of two intents scikit-learn keeps the second one's weights alone
            weights, bias = np.vstack([0 * weights, weights]), np.hstack([0 * bias, bias])
        self._weights = np.ascontiguousarray(weights.T, np.float32)
        self._bias = bias.astype(np.float32)

    def _features(self, vectors: Floats, plain_texts: list[str]) -> sparse.csr_matrix:
        ngrams = sparse.hstack([self._words.transform(plain_texts), self._characters.transform(plain_texts)])
        return sparse.hstack([sparse.csr_matrix(vectors), ngrams * (self._weight / np.sqrt(2))]).tocsr()

    def guess(self, text: str) -> Guess:
        """Return what `text` may mean."""
        text = in_words(text)
        vector = self._encoder.encode(text)
        scores = self._bias + vector @ self._weights[: len(vector)]
        first = len(vector)
        for ngrams in (self._words, self._characters):
            row = ngrams.transform([plain(text)])
            scores += (row.data * (self._weight / np.sqrt(2))) @ self._weights[first + row.indices]
            first += row.shape[1]
        # the softmax of the scores, made sharper: (e^s)^sharpness, scaled to 1
        powers = np.exp(self._sharpness * (scores - scores.max()))
        probabilities = powers / powers.sum()
        order = np.argsort(-probabilities)
        return Guess(tuple((self._intents[i], float(probabilities[i])) for i in order))

    def save(self, path: Path) -> None:
        """Write everything but the encoder to `path`."""
        parts = (
            self._weight,
            self._strength,
            self._sharpness,
            self._words,
            self._characters,
            self._intents,
            self._weights,
            self._bias,
        )
        joblib.dump(parts, path)

    @classmethod
    def load(cls, path: Path, encoder: SentenceEncoder) -> QuestionModel:
        """Read what `save` wrote."""
        model = cls(encoder)
        (
            model._weight,
            model._strength,
            model._sharpness,
            model._words,
            model._characters,
            model._intents,
            model._weights,
            model._bias,
        ) = joblib.load(path)
        return model
