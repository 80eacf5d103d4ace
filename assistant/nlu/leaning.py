"""Reads a short message together with what was said before it: "what if he says no", "how long do they get"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.nlu.question_model import Guess

LEAST_SHARE = 1e-3
NOTHING = 1e-9
"""The share of a meaning that neither reading holds for likely; no share is 0, so that each can be weighed."""


@dataclass(frozen=True)
class Weights:
    """How two readings and the talk are weighed; config.yml holds the numbers, docs/decisions/0022 how they were chosen.

    Attributes:
        least, most: Weight of the reading behind what was said before, for a message that stands alone and for one that surely leans.
        then: How much likelier a point is that parents ask next after the one told, for a message that surely leans ...
        same: ... and one of the same topic.
        again: How much likelier the point just told is, for a message that surely leans: its own words stand in the second reading, so
            it would always win. One that stands alone may ask it again.
        least_share: What a reading gives at least to each meaning: the other reading may be sure of it.
    """

    least: float = 0.1
    most: float = 0.6
    then: float = 4.0
    same: float = 4.0
    again: float = 0.1
    least_share: float = LEAST_SHARE


@dataclass(frozen=True)
class Before:
    """What a short message may lean on.

    Attributes:
        words: What the parent said before it.
        asked: Whether these words asked something; a story alone asks nothing yet.
        point: The point or topic that was told last.
        then: Points that parents ask next.
    """

    words: str = ""
    point: str = ""
    then: Collection[str] = ()
    asked: bool = True


def together(alone: Guess, behind: Guess, before: Before, weights: Weights) -> Guess:
    """Return what both readings make of a message: their geometric mean, weighed by how surely it leans on the talk.

    What one of them is sure not to be, it is not. A topic's probability is the sum of its points'.
    """
    topic = before.point.partition("/")[0]
    weight = weights.least + (weights.most - weights.least) * alone.leans
    points = _mean(dict(alone.points), dict(behind.points), weight, weights.least_share)
    for name in before.then:
        points[name] = points.get(name, weights.least_share) * (1 + (weights.then - 1) * alone.leans)
    same = 1 + (weights.same - 1) * alone.leans
    points = {
        name: share * (same if name.partition("/")[0] == topic else 1.0) for name, share in points.items()
    }
    if before.point in points:
        points[before.point] *= weights.again ** (weight / weights.most)
    with_points = {name.partition("/")[0] for name in points}
    intents = {
        name: share
        for name, share in _mean(
            dict(alone.ranking), dict(behind.ranking), weight, weights.least_share
        ).items()
        if name not in with_points
    }
    for name, share in points.items():
        own = name.partition("/")[0]
        intents[own] = intents.get(own, 0.0) + share
    whole = sum(intents.values())
    return Guess(_sorted(intents, whole), _sorted(points, whole), alone.leans)


def _mean(one: dict[str, float], other: dict[str, float], weight: float, least: float) -> dict[str, float]:
    """Return the geometric mean of two readings, `other` counting `weight` of 1.

    What neither reading holds for likely gets nothing: many such meanings together would outweigh a likely one.
    """
    means = {
        name: max(one.get(name, 0.0), least) ** (1 - weight) * max(other.get(name, 0.0), least) ** weight
        for name in {**one, **other}
    }
    return {name: max(share - least, NOTHING) for name, share in means.items()}


def _sorted(shares: dict[str, float], whole: float) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(((name, share / whole) for name, share in shares.items()), key=lambda row: -row[1]))
