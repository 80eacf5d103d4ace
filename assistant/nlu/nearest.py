"""The training lines that lie nearest to a message: what was once said in nearly the same words means the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.nlu.encoder import Floats

NEIGHBOURS = 10
SPREAD = 0.03
"""How much nearer a line must be to count e times as much for its point."""
SAME_WORDS = 0.85
"""From this cosine on a line speaks more for its point the nearer it is; at 1 nothing else counts. So an editor's one new wording is heard."""

Classes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Near:
    """The nearest lines of one message.

    Attributes:
        lines: Their numbers, in no order.
        cosines: How near each is, at most 1.
    """

    lines: npt.NDArray[np.int64]
    cosines: Floats


@dataclass
class NearestLines:
    """Every training line's unit sentence vector, shape (lines, dimensions), its topic and its point (-1 where its topic has none)."""

    vectors: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    topics: Classes = field(default_factory=lambda: np.zeros(0, np.int32))
    points: Classes = field(default_factory=lambda: np.zeros(0, np.int32))

    def near(self, vector: Floats) -> Near:
        """Return the lines nearest to a unit vector, at most NEIGHBOURS."""
        cosines = self.vectors @ vector
        best = np.argpartition(-cosines, min(NEIGHBOURS, len(cosines) - 1))[:NEIGHBOURS]
        return Near(best, cosines[best])

    def topic_shares(self, near: Near, topics: int) -> Floats:
        """Return how many of the nearest lines are of each topic, shape (topics,), summing to 1."""
        found: Floats = np.bincount(self.topics[near.lines], minlength=topics) / len(near.lines)
        return found

    def among_points(self, near: Near, shares: Floats, weight: float, alone: float = 1.0) -> Floats:
        """Return the shares of points together with what the nearest lines are.

        Args:
            near: The nearest lines.
            shares: Probability of each point, shape (points,).
            weight: How much the lines count beside `shares`, 0 to 1 ...
            alone: ... and more where one has nearly the same words, as far as the message surely stands alone, 0 to 1: "what does the
                note have to say" means another note in each talk.
        """
        nearest = float(near.cosines.max(initial=-1.0))
        weight += (1 - weight) * alone * min(max((nearest - SAME_WORDS) / (1 - SAME_WORDS), 0.0), 1.0)
        counts = np.exp((near.cosines - nearest) / SPREAD)
        counts /= counts.sum() or 1.0
        theirs = self.points[near.lines]
        pointed = theirs >= 0
        counted: Floats = np.bincount(theirs[pointed], counts[pointed], minlength=len(shares))
        found: Floats = (
            1 - weight * counted.sum()
        ) * shares + weight * counted  # lines of talk tell nothing of points
        return found

    def __getstate__(self) -> dict[str, Any]:
        """Return what the file holds, in half the bytes."""
        return {"vectors": self.vectors.astype(np.float16), "topics": self.topics, "points": self.points}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.vectors = state["vectors"].astype(np.float32)
        self.topics, self.points = state["topics"], state["points"]
