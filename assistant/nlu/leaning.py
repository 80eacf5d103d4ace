"""Reads a short message together with what was said before it: "what if he says no", "how long do they get"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.nlu.question_model import Guess

LEAST_SHARE = 1e-3
SURELY_HEARD = 0.8
"""From this share of its topic on, the point that words before were taken for is what they asked, however they are worded."""
LEAST_NEXT = 3e-4
"""The least share of a point where what parents ask next is weighed: some hundred such shares together may not outweigh a likely point."""
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
        next_point: How much what parents ask behind the point that was told counts, of 1 (`next_point.py`).
    """

    least: float = 0.1
    most: float = 0.6
    then: float = 4.0
    same: float = 4.0
    again: float = 0.1
    least_share: float = LEAST_SHARE
    next_point: float = 0.3


@dataclass(frozen=True)
class Before:
    """What a short message may lean on.

    Attributes:
        words: What the parent said right before it.
        said: What the parent said in the talk, oldest first: the last messages of it.
        told: The points and topics that were told, oldest first.
        asked: Whether these words asked something; a story alone asks nothing yet.
        then: Points that parents ask next.
    """

    words: str = ""
    told: Sequence[str] = ()
    then: Collection[str] = ()
    asked: bool = True
    said: Sequence[str] = ()

    @property
    def point(self) -> str:
        """The point or topic that was told last; empty where none was."""
        return self.told[-1] if self.told else ""


def surely_heard(parsed: Mapping[str, Any], told: str) -> bool:
    """Whether the words before were surely the point that was told: "now they want to move her" asks, though it has no question's form.

    Args:
        parsed: What was made of them, as Rasa keeps it; `points` are the points they may ask, the likeliest first.
        told: The point or topic that was told last.
    """
    points = parsed.get("points") or []
    return bool(points) and points[0]["name"] == told and points[0]["confidence"] >= SURELY_HEARD


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
    means = _mean(dict(alone.ranking), dict(behind.ranking), weight, weights.least_share)
    intents = with_topics(means, points)
    whole = sum(intents.values())
    return Guess(sorted_shares(intents, whole), sorted_shares(points, whole), alone.leans)


def asked_next(guess: Guess, following: Sequence[tuple[str, float]], weight: float) -> Guess:
    """Return a guess with what parents ask next counting `weight` of 1: the points share anew what they had together.

    Args:
        guess: What a message may mean.
        following: (`topic/point`, share) behind what was told, of the likeliest alone: `Guess.following`.
        weight: Of these shares, 0 to 1.
    """
    shares = dict(following)
    if not shares or not guess.points:
        return guess
    known = dict(guess.points)
    points = {
        name: max(known.get(name, 0.0), LEAST_NEXT) ** (1 - weight)
        * max(shares.get(name, 0.0), LEAST_NEXT) ** weight
        if "/" in name
        else known[name]  # a topic in general follows nothing
        for name in {**known, **shares}
    }
    topics = {name.partition("/")[0] for name in points}
    whole = sum(share for name, share in guess.ranking if name in topics) / sum(points.values())
    points = {name: share * whole for name, share in points.items()}
    intents = with_topics(dict(guess.ranking), points)
    return Guess(sorted_shares(intents), sorted_shares(points), guess.leans)


def mixed(one: Guess, other: Guess, weight: float) -> Guess:
    """Return the geometric mean of two readings of a message, `other` counting `weight` of 1."""
    intents = _mean(dict(one.ranking), dict(other.ranking), weight, LEAST_SHARE)
    whole = sum(intents.values())
    points = _mean(dict(one.points), dict(other.points), weight, LEAST_SHARE)
    in_play = {name.partition("/")[0] for name in points}
    shares = sum(share for name, share in intents.items() if name in in_play)
    return Guess(
        sorted_shares(intents, whole),
        sorted_shares(points, sum(points.values()) * whole / (shares or 1.0)),
        one.leans,
    )


def with_topics(intents: Mapping[str, float], points: Mapping[str, float]) -> dict[str, float]:
    """Return the shares of intents, a topic that has points in play as likely as they are together."""
    sums: dict[str, float] = {}
    for name, share in points.items():
        topic = name.partition("/")[0]
        sums[topic] = sums.get(topic, 0.0) + share
    return {name: share for name, share in intents.items() if name not in sums} | sums


def _mean(one: dict[str, float], other: dict[str, float], weight: float, least: float) -> dict[str, float]:
    """Return the geometric mean of two readings, `other` counting `weight` of 1.

    What neither reading holds for likely gets nothing: many such meanings together would outweigh a likely one.
    """
    means = {
        name: max(one.get(name, 0.0), least) ** (1 - weight) * max(other.get(name, 0.0), least) ** weight
        for name in {**one, **other}
    }
    return {name: max(share - least, NOTHING) for name, share in means.items()}


def sorted_shares(shares: Mapping[str, float], whole: float = 1.0) -> tuple[tuple[str, float], ...]:
    """Return the shares of `whole`, best first."""
    return tuple(sorted(((name, share / whole) for name, share in shares.items()), key=lambda row: -row[1]))
