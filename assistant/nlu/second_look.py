"""A second look at the likeliest points: which of them knows most of the message's words.

The first look weighs a message as a whole; among the eight points that it holds for likeliest, the right one is in 98 of 100. The second
look weighs three things that it sees of each of them, as much as `make second-look` has learnt (docs/decisions/0045).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from assistant.nlu.encoder import Floats, Words
from assistant.nlu.word_bags import WordBags

LOOKED_AT = 8
"""Points that are looked at again."""
LEAST = 1e-9
"""The least share of a point whose logarithm is taken."""

Shares = tuple[tuple[str, float], ...]
"""(`topic/point`, probability) of points, best first."""


@dataclass(frozen=True)
class Weights:
    """How much each thing counts that is seen of a point; without `words` nothing is weighed anew.

    Attributes:
        share: The logarithm of its share at the first look.
        words: How much of the message its own words know, about 0 to 1.
        size: The logarithm of how many words are kept of it: more words know more of any message.
    """

    share: float = 1.0
    words: float = 0.0
    size: float = 0.0


def seen(points: Sequence[tuple[str, float]], words: Words, bags: WordBags) -> Floats:
    """Return what is seen of each point, shape (points, 3), in the order of the fields of `Weights`."""
    names = [name for name, _ in points]
    columns = [
        np.log([max(share, LEAST) for _, share in points]),
        bags.covered(words, names),
        np.log(np.maximum(bags.sizes(names), 1)),
    ]
    found: Floats = np.stack(columns, axis=1).astype(np.float32)
    return found


def looked_at_again(points: Shares, words: Words, bags: WordBags, weights: Weights) -> Shares:
    """Return the points with the likeliest of them weighed anew, best first; together they stay as likely as they were."""
    likeliest, others = points[:LOOKED_AT], points[LOOKED_AT:]
    if len(likeliest) < 2 or not weights.words:
        return points
    scores = seen(likeliest, words, bags) @ np.array(astuple(weights), np.float32)
    powers = np.exp(scores - scores.max())
    powers *= sum(share for _, share in likeliest) / powers.sum()
    best = np.argsort(-powers, kind="stable")
    return (*((likeliest[place][0], float(powers[place])) for place in best), *others)
