"""Which point a few words ask right behind a point that was told: "and who signs it then", "how long do they have".

What the words ask for and what was told are read apart, and their scores are added: "how long" raises every deadline, an answer on
suspensions raises what parents ask behind it. Read as one text with what was said before, the few words are outweighed by it
(docs/decisions/0040).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from assistant.nlu.encoder import Floats
from assistant.nlu.softmax import Softmax

RATE, NOISE = 0.04, 0.03
PAIRED = 15_000
"""Wordings that lean on nothing, learnt behind a point of their topic or one that they may follow: at most so many."""
LIKELIEST = 30


class NextPoint:
    """Shares of points for a few words and the point told before them."""

    def __init__(self) -> None:
        self._choice = Softmax()
        self._places: dict[str, int] = {}
        self._told: Floats = np.zeros((0, 0), np.float32)

    def train(
        self,
        vectors: Floats,
        intents: Sequence[str],
        follows: Sequence[str | None],
        told: Mapping[str, Floats],
    ) -> None:
        """Learn from short messages; the same data gives the same model.

        Args:
            vectors: Their sentence vectors, without what was said before; shape (messages, dimensions).
            intents: What each asks, `topic/point`; those that ask no point are left out.
            follows: The point or topic told before it, or None where it leans on nothing.
            told: The direction of each point and topic, shape (dimensions,): `directions` gives it.
        """
        self._places = {name: number for number, name in enumerate(sorted(told))}
        self._told = np.array([told[name] for name in sorted(told)], np.float32)
        rows = [
            (number, self._places[before])
            for number, before in _pairs(intents, follows)
            if before in self._places
        ]
        if not rows:
            return
        numbers, places = (np.array(column, np.int64) for column in zip(*rows, strict=True))
        seen = np.hstack([vectors[numbers], self._told[places]]).astype(np.float32)
        self._choice.train(seen, [intents[number] for number in numbers], RATE, NOISE)

    def likeliest(self, vector: Floats, told: str) -> tuple[tuple[str, float], ...]:
        """Return (point, share) of the likeliest points behind `told`, a point or topic, best first; none where it is unknown."""
        place = self._places.get(told)
        if place is None or not self._choice.classes:
            return ()
        shares = np.exp(self._choice.log_shares(np.concatenate([vector, self._told[place]])))
        best = np.argsort(-shares, kind="stable")[:LIKELIEST]
        return tuple((self._choice.classes[number], float(shares[number])) for number in best)


def directions(vectors: Floats, intents: Sequence[str]) -> dict[str, Floats]:
    """Return the mean direction of the wordings of each point and of each topic.

    Args:
        vectors: Unit sentence vectors, shape (messages, dimensions).
        intents: `topic` or `topic/point` of each.
    """
    sums: dict[str, Floats] = {}
    for vector, intent in zip(vectors, intents, strict=True):
        for name in {intent, intent.partition("/")[0]}:
            sums[name] = sums[name] + vector if name in sums else vector.astype(np.float32)
    return {name: total / (float(np.linalg.norm(total)) or 1.0) for name, total in sums.items()}


def _pairs(intents: Sequence[str], follows: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    """Yield (message, what was told before it): those that lean on a point, and of the others some, behind points that fit."""
    fitting: dict[str, list[str]] = defaultdict(list)
    siblings: dict[str, list[str]] = defaultdict(list)
    for intent in sorted({intent for intent in intents if "/" in intent}):
        siblings[intent.partition("/")[0]].append(intent)
    alone = []
    for number, (intent, before) in enumerate(zip(intents, follows, strict=True)):
        if "/" not in intent:
            continue
        if before is None:
            alone.append(number)
        else:
            fitting[intent].append(before)
            yield number, before
    every = max(1, -(-len(alone) // PAIRED))
    for turn, number in enumerate(alone[::every]):
        own = siblings[intents[number].partition("/")[0]]
        led = fitting.get(intents[number]) if turn % 2 else None
        yield number, (led or own)[turn // 2 % len(led or own)]
