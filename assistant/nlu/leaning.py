"""Reads a short message together with what was said before it: "what if he says no", "how long do they get"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.nlu.question_model import Guess

LEAST_SHARE = 1e-3
"""What a reading gives at least to each meaning: the other reading may be sure of it."""


@dataclass(frozen=True)
class Weights:
    """How two readings and the talk are weighed; config.yml holds the numbers, docs/decisions/0020 how they were chosen.

    Attributes:
        alone, behind: Exponents of the reading of the message alone, and behind the parent's words before it.
        then: How much likelier a point is that parents ask next after the one told ...
        same: ... and one of the same topic.
    """

    alone: float = 0.6
    behind: float = 0.4
    then: float = 4.0
    same: float = 3.0


@dataclass(frozen=True)
class Before:
    """What a short message may lean on.

    Attributes:
        words: What the parent said before it.
        point: The point or topic that was told last.
        then: Points that parents ask next.
    """

    words: str = ""
    point: str = ""
    then: Collection[str] = ()


def together(alone: Guess, behind: Guess, before: Before, weights: Weights) -> Guess:
    """Return what both readings make of a message: their weighed geometric mean, led by what was told last.

    What one of them is sure not to be, it is not. The point just told is left out: nobody asks it again in other words so soon, and its own
    wording stands in the second reading. A topic's probability is the sum of its points'.
    """
    topic = before.point.partition("/")[0]
    points = _mean(dict(alone.points), dict(behind.points), weights)
    least = LEAST_SHARE ** (weights.alone + weights.behind)
    for name in before.then:
        points[name] = points.get(name, least) * weights.then
    points = {
        name: share * (weights.same if name.partition("/")[0] == topic else 1.0)
        for name, share in points.items()
        if name != before.point
    }
    with_points = {name.partition("/")[0] for name in points}
    intents = {
        name: share
        for name, share in _mean(dict(alone.ranking), dict(behind.ranking), weights).items()
        if name not in with_points
    }
    for name, share in points.items():
        own = name.partition("/")[0]
        intents[own] = intents.get(own, 0.0) + share
    whole = sum(intents.values())
    return Guess(_sorted(intents, whole), _sorted(points, whole))


def _mean(one: dict[str, float], other: dict[str, float], weights: Weights) -> dict[str, float]:
    return {
        name: max(one.get(name, 0.0), LEAST_SHARE) ** weights.alone
        * max(other.get(name, 0.0), LEAST_SHARE) ** weights.behind
        for name in {**one, **other}
    }


def _sorted(shares: dict[str, float], whole: float) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(((name, share / whole) for name, share in shares.items()), key=lambda row: -row[1]))
