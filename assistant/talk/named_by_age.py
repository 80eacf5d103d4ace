"""Children that are named by their age: "my 4 year old has nothing, my 9 year old has an iep"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.talk.child import Child
from assistant.talk.turn import Turn

_YEARS_OLD = re.compile(r"\b(\d{1,2})[\s-]*(?:yrs?|years?)[\s-]*olds?\b|\b(\d{1,2})\s*yo\b", re.IGNORECASE)


@dataclass(frozen=True)
class OfAge:
    """A child that is named by its age, and where in the text."""

    name: str
    ages: tuple[int, int]
    start: int


def named_by_age(text: str) -> list[OfAge]:
    """Return the children that are named by their age, in order of place."""
    found = []
    for match in _YEARS_OLD.finditer(text):
        years = int(match[1] or match[2])
        found.append(OfAge(f"{years} year old", (years, years), match.start()))
    return found


def condition_of(child: Child, by_age: Sequence[OfAge], turn: Turn) -> str | None:
    """Return the condition that is told of a child, where several are named by their age: the one named last before it."""
    for entity in turn.entities:
        before = [one.name for one in by_age if one.start < entity.start]
        if entity.kind == "condition" and before and before[-1] == child.name:
            return entity.value
    return None
