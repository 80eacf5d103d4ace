"""What a turn may ask, weighed by what the talk knows: a question for babies is hardly that of a child of nine, a foster parent's no student's."""

from __future__ import annotations

from dataclasses import replace

from assistant.knowledge.library import Library
from assistant.talk.child import Child
from assistant.talk.turn import OneQuestion, Turn

MISFIT = 0.05
"""How much likely a point stays that is meant for children of another age, or for who else may write: a clear question about it is still heard."""


def fitting(turn: Turn, child: Child, library: Library) -> Turn:
    """Return the turn with the points first that fit the child's age and who writes, as far as they are known.

    A point that does not fit gives its share to the same question for the child's age, where there is one.
    """
    if turn.chosen or not (child.ages or child.writer) or not turn.intent.startswith("ask_"):
        return turn
    named = {turn.rival, *(name for name, _ in turn.points), *(one.point for one in turn.questions)}
    if all(_fits(name, child, library) for name in named):
        return turn
    questions = tuple(_of_age(one, child, library) for one in turn.questions)
    if not turn.points or _fits(turn.point[0], child, library):
        rival = turn.rival if _fits(turn.rival, child, library) else ""
        return replace(turn, questions=questions, rival=rival, unsure=turn.unsure and bool(rival))
    weighed = _weighed(turn, child, library)
    if not _fits(weighed[0][0], child, library) and (topic := _other_topic(turn, child, library)):
        weighed = [(topic, 1.0)]
    return _asking_first(replace(turn, questions=questions), weighed)


def _fits(name: str, child: Child, library: Library) -> bool:
    point = library.points.get(name)
    return point is None or point.meant_for(child.ages, child.writer)


def other_ages(name: str, library: Library) -> tuple[str, ...]:
    """Return the points that are the same question for children of other ages."""
    return library.points[name].at_other_ages if name in library.points else ()


def _at_age(name: str, child: Child, library: Library) -> str:
    """Return the same question for the child's age; the point itself where there is none."""
    point = library.points.get(name)
    if point is None or point.meant_for(child.ages, child.writer):
        return name
    return next(
        (other for other in point.at_other_ages if library.points[other].meant_for(child.ages, child.writer)),
        name,
    )


def _of_age(one: OneQuestion, child: Child, library: Library) -> OneQuestion:
    name = _at_age(one.point, child, library)
    return one if name == one.point else OneQuestion(name.partition("/")[0], name, one.confidence)


def _weighed(turn: Turn, child: Child, library: Library) -> list[tuple[str, float]]:
    """Return the points by what they are as likely as, all topics together, the likeliest first."""
    sure = turn.confidences[0] if turn.confidences else 1.0
    shares: dict[str, float] = {}
    for name, share in turn.points:
        own = share * sure if name.partition("/")[0] == turn.intent else share
        other = _at_age(name, child, library)
        if other == name and not _fits(name, child, library):
            own *= MISFIT
        shares[other] = shares.get(other, 0.0) + own
    whole = sum(shares.values()) or 1.0
    return sorted(((name, share / whole) for name, share in shares.items()), key=lambda row: -row[1])


def _other_topic(turn: Turn, child: Child, library: Library) -> str:
    """Return the next likely topic that has a point for the child, where none of the points heard is; empty where it is far less likely."""
    fit = {point.topic for name, point in library.points.items() if _fits(name, child, library)}
    likely = (name for name, sure in turn.ranked if name != turn.intent and name in fit and sure >= MISFIT)
    return next(likely, "")


def _asking_first(turn: Turn, weighed: list[tuple[str, float]]) -> Turn:
    """Return the turn as one that asks the first of these points; shares of its topic add up to 1, as those of the classifier do."""
    topic = weighed[0][0].partition("/")[0]
    own = [row for row in weighed if row[0].partition("/")[0] == topic]
    whole = sum(share for _, share in own)
    ranked = dict(turn.ranked)
    sure = max(ranked.pop(topic, 0.0), whole)
    return replace(
        turn,
        intent=topic,
        ranking=(topic, *ranked),
        confidences=(sure, *ranked.values()),
        points=(*((name, share / whole) for name, share in own), *(row for row in weighed if row not in own)),
        rival="",
        unsure=False,
    )
