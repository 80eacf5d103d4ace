"""Which of a message's words the wordings of a point know: each word, as it is read in its sentence, beside the nearest one of the point's.

A sentence vector is a mean: in a long story the words that tell two neighbours apart ("a substitute", "confidential") are outweighed by all
others. Here every word counts by itself, the rare ones for more, and a point is the likelier the more of them it knows ("late interaction",
Khattab and Zaharia 2020, over all wordings of a point at once). What it brings is in docs/decisions/0045.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.nlu.encoder import Floats, Words

DIRECTIONS = 48
"""Numbers kept of each word's 384. 32 lose half a point; 128 gain nothing."""
KEPT = 256
"""Words kept of a point: its own where it has no more, else as many centers of them. All of them gain nothing, 128 lose half a point."""
ROUNDS = 4
"""In which the centers are found."""
WHOLE = 127
"""A unit vector's numbers are kept as whole numbers up to this."""

Bytes = npt.NDArray[np.int8]
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Turned:
    """The words of one wording in the kept directions: unit vectors times WHOLE, shape (pieces, DIRECTIONS), and which pieces they are."""

    vectors: Bytes
    ids: Ids


class WordBags:
    """The words of each point, and how rare each word is."""

    def __init__(self) -> None:
        self._directions: Floats = np.zeros((0, 0), np.float32)
        self._rarity: Floats = np.zeros(0, np.float16)
        self._bags: dict[str, Bytes] = {}

    def learn_directions(self, some: Sequence[Words]) -> None:
        """Find the directions in which words differ most, from the words of some wordings."""
        states = np.concatenate([words.states for words in some]).astype(np.float32)
        states /= np.maximum(np.linalg.norm(states, axis=1, keepdims=True), 1e-6)
        _, turned = np.linalg.eigh(states.T @ states)
        self._directions = np.ascontiguousarray(turned[:, ::-1][:, :DIRECTIONS], np.float32)

    def turned(self, words: Words) -> Turned:
        """Return the words of one wording as they are kept."""
        return Turned(np.rint(self._unit(words) * WHOLE).astype(np.int8), words.ids)

    def train(self, wordings: Sequence[Turned], labels: Sequence[str], pieces: int) -> None:
        """Learn from wordings; the same data gives the same bags.

        Args:
            wordings: The words of each, as `turned` gives them.
            labels: The point of each.
            pieces: How many word pieces the encoder knows.
        """
        seen_in = np.zeros(pieces, np.int64)
        own: dict[str, list[Bytes]] = {}
        for wording, label in zip(wordings, labels, strict=True):
            seen_in[np.unique(wording.ids)] += 1
            own.setdefault(label, []).append(wording.vectors)
        self._rarity = np.log((len(wordings) + 1) / (seen_in + 1)).astype(np.float16)
        self._bags = {name: _centers(parts) for name, parts in own.items()}

    def covered(self, words: Words, points: Sequence[str]) -> Floats:
        """Return how much of a message each point knows, at most about 1, shape (points,): the mean over its words of the nearest one's cosine.

        A rare word counts for more. A point without wordings, and a message without words, give 0.
        """
        found = np.zeros(len(points), np.float32)
        weights = self._rarity[words.ids].astype(np.float32) if len(self._rarity) else np.zeros(0, np.float32)
        if not weights.sum():
            return found
        ours = self._unit(words).T / np.float32(WHOLE)
        for number, name in enumerate(points):
            if name in self._bags:
                nearest = (self._bags[name].astype(np.float32) @ ours).max(axis=0)
                found[number] = nearest @ weights / weights.sum()
        return found

    def sizes(self, points: Sequence[str]) -> Ids:
        """Return how many words are kept of each point, shape (points,)."""
        return np.array([len(self._bags.get(name, ())) for name in points], np.int64)

    def _unit(self, words: Words) -> Floats:
        turned = words.states @ self._directions
        found: Floats = turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), np.float32(1e-6))
        return found


def _centers(wordings: Sequence[Bytes]) -> Bytes:
    """Return the words of a point, at most KEPT: else centers around which they lie, found by k-means over directions."""
    words = np.concatenate(wordings)
    if len(words) <= KEPT:
        return words
    vectors = words.astype(np.float32) / WHOLE
    centers = vectors[np.random.default_rng(0).choice(len(vectors), KEPT, replace=False)]
    for _ in range(ROUNDS):
        nearest = (vectors @ centers.T).argmax(axis=1)
        sums = np.zeros_like(centers)
        np.add.at(sums, nearest, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centers = np.where(lengths > 1e-6, sums / np.maximum(lengths, 1e-6), centers)
    found: Bytes = np.rint(centers * WHOLE).astype(np.int8)
    return found
