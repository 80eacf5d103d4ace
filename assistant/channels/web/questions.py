"""All questions that there is an answer for: listed by topic, and searched by words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.knowledge.library import Library
from assistant.knowledge.points import Point

MOST = 40
"""Questions that a search shows: more is not read."""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SMALL = frozenset(
    "a an and are at be by can do does for how i if in is it may my of on or our the they to us we what when who with you".split()
)
"""Words that tell no question from another."""
_IN_QUESTION, _IN_TITLE, _IN_ANSWER = 4.0, 2.0, 1.0


@dataclass(frozen=True)
class Topic:
    """A topic and its questions, as they are listed."""

    name: str
    title: str
    points: tuple[Point, ...]


def topics(library: Library) -> list[Topic]:
    """Return all topics that may be said, by title, each with its live points."""
    points: dict[str, list[Point]] = {}
    for point in library.points.values():
        if point.status == "live" and library.answers[point.topic].status == "live":
            points.setdefault(point.topic, []).append(point)
    found = [Topic(name, library.answers[name].title, tuple(own)) for name, own in points.items()]
    return sorted(found, key=lambda topic: topic.title.lower())


def search(library: Library, words: str) -> list[Point]:
    """Return the live points that hold all the words, those that hold them in the question itself first.

    A word counts with its other endings: "evaluations" finds "evaluation" and "evaluate". Where no point holds all, those that
    hold most come.
    """
    wanted = {_stem(word) for word in _words(words)} - {_stem(word) for word in _SMALL}
    if not wanted:
        return []
    scored = []
    for topic in topics(library):
        of_title = _stems(topic.title)
        for point in topic.points:
            places = (
                (_stems(point.asks), _IN_QUESTION),
                (of_title, _IN_TITLE),
                (_stems(" ".join(point.says.values())), _IN_ANSWER),
            )
            best = [max((value for stems, value in places if word in stems), default=0.0) for word in wanted]
            if any(best):
                scored.append((sum(1 for value in best if value), sum(best), point))
    most = max((held for held, _, _ in scored), default=0)
    kept = [(score, point) for held, score, point in scored if held == most]
    return [point for _, point in sorted(kept, key=lambda pair: -pair[0])][:MOST]


def _words(text: str) -> Iterator[str]:
    return (found[0].partition("'")[0] for found in _WORD.finditer(text.lower().replace("’", "'")))


@lru_cache(maxsize=8192)  # the words of all answers, read once
def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _words(text))


def _stem(word: str) -> str:
    """Return a word without its ending: "evaluations", "evaluating" and "evaluated" as "evaluat"."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
