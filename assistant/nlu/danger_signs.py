"""A sign of danger in one sentence of a message that asks about school ("asked what happens if he does not wake up").

Read as a whole, such a message is the question it asks, and no pattern knows all the words that children have for it. So each sentence is
weighed by itself, by a regression over sentence vectors. What it hears adds the lines to call below the answer; it never takes the answer's place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from assistant.nlu.encoder import Floats
from assistant.nlu.question_splitter import parts

FIRST, LAST = 8, 4
"""Sentences of a long message that are weighed: the first and the last."""
HARDEST, OTHERS = 4000, 2000
"""Lines without danger whose sentences are learnt: those that seem most like it, and others."""
STRENGTH, DANGER_WEIGHS, ROUNDS = 20.0, 3.0, 3
FEWEST_WORDS = 3

Encode = Callable[[list[str]], Floats]
"""Gives the unit sentence vectors of texts, shape (texts, dimensions)."""


class DangerSigns:
    """The probability that a message tells of danger, by its sentence that tells most of it."""

    def __init__(self) -> None:
        self._weights: Floats = np.zeros(0, np.float32)
        self._bias = -np.inf

    def train(self, texts: Sequence[str], vectors: Floats, dangerous: Sequence[bool], encode: Encode) -> None:
        """Learn from messages; the same data gives the same weights.

        Which sentence of a dangerous message tells of it is not known: in each round it is the one that the round before held for likeliest.

        Args:
            texts: The messages.
            vectors: Their sentence vectors, shape (messages, dimensions).
            dangerous: Whether each tells of danger.
            encode: For the sentences.
        """
        tells = np.asarray(dangerous, bool)
        if not tells.any() or tells.all():
            return
        self._learn(vectors, tells)
        calm = np.flatnonzero(~tells)
        hardest = calm[np.argsort(-self._scores(vectors[calm]), kind="stable")[:HARDEST]]
        others = calm[:: max(1, len(calm) // OTHERS)]
        chosen = sorted({*hardest.tolist(), *others.tolist()})
        of_calm = encode([part for number in chosen for part in sentences(texts[number])])
        of_danger = [encode(sentences(texts[number])) for number in np.flatnonzero(tells)]
        harmless = np.vstack([vectors[chosen], of_calm])
        for _ in range(ROUNDS):
            likeliest = np.stack([own[int(np.argmax(self._scores(own)))] for own in of_danger])
            told = np.vstack([vectors[tells], likeliest])
            self._learn(np.vstack([told, harmless]), np.arange(len(told) + len(harmless)) < len(told))

    def _learn(self, vectors: Floats, tells: Any) -> None:
        from sklearn.linear_model import LogisticRegression  # training alone needs it

        weigh = {False: 1.0, True: DANGER_WEIGHS}
        learnt = LogisticRegression(C=STRENGTH, class_weight=weigh, max_iter=500).fit(vectors, tells)
        self._weights, self._bias = learnt.coef_[0].astype(np.float32), float(learnt.intercept_[0])

    def _scores(self, vectors: Floats) -> Floats:
        scores: Floats = vectors @ self._weights + self._bias
        return scores

    def probability(self, text: str, whole: Floats, encode: Encode) -> float:
        """Return how likely a message tells of danger, 0 to 1.

        Args:
            text: The message.
            whole: Its sentence vector, shape (dimensions,).
            encode: For its sentences.
        """
        if not len(self._weights):
            return 0.0
        own = sentences(text)
        vectors = np.vstack([whole[None], encode(own)]) if len(own) > 1 else whole[None]
        return float(1 / (1 + np.exp(-self._scores(vectors).max())))


def sentences(text: str) -> list[str]:
    """Return the sentences of a message that are weighed; the whole text where it has no others.

    >>> sentences("He says he's a burden. Can we get an IEP? ok")
    ["He says he's a burden.", 'Can we get an IEP?']
    """
    found = [part for part in parts(text) if len(part.split()) >= FEWEST_WORDS]
    return (found if len(found) <= FIRST + LAST else [*found[:FIRST], *found[-LAST:]]) or [text]
