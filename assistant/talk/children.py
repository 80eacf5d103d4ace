"""Two children in one talk, each with a plan of its own: "my oldest has a 504 and my youngest an IEP"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.talk.turn import Turn

_SAME = {"older": "oldest", "eldest": "oldest", "big": "oldest", "younger": "youngest", "little": "youngest",
         "boy": "son", "girl": "daughter"}  # fmt: skip
_CHILD = re.compile(
    r"\b(oldest|older|eldest|big|youngest|younger|little|middle|son|daughter|boy|girl|stepson|stepdaughter|grandson|granddaughter)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b([a-z]{2,})(?:'s)? (?:has|got|gets|is on|has got|with|one is)(?: an?| the| on an?)?\s*$",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    "he she it who they school kid child one that this everyone nobody somebody already now".split()
)


def told_plans(turn: Turn, known: Mapping[str, str]) -> dict[str, str]:
    """Return which child has which plan, with what this turn tells: {"oldest": "504", "youngest": "iep"}."""
    plans = dict(known)
    last = 0
    for entity in sorted((e for e in turn.entities if e.kind == "plan"), key=lambda e: e.start):
        if child := _child_before(turn.text[last : entity.start]):
            plans[child] = entity.value
        last = entity.end
    return plans


def plan_of_child(turn: Turn, known: Mapping[str, str]) -> str | None:
    """Return the plan of the child that a turn names ("and for my oldest?"), where two have different ones."""
    if len(set(known.values())) < 2 or turn.values("plan"):
        return None
    said = {_SAME.get(word, word) for word in re.findall(r"[a-z]+", turn.text.lower().replace("'s", ""))}
    plans = {known[child] for child in said & set(known)}
    return plans.pop() if len(plans) == 1 else None


def corrected(known: Mapping[str, str], before: str | None, after: str) -> dict[str, str]:
    """Return the plans of the children once a plan turned out to be another one."""
    return {child: after if plan == before else plan for child, plan in known.items()}


def _child_before(text: str) -> str | None:
    named = _CHILD.findall(text)
    if named:
        word = str(named[-1]).lower()
        return _SAME.get(word, word)
    called = _CALLED.search(text)
    name = called[1].lower() if called else ""
    return name if name and name not in _NO_NAME else None
