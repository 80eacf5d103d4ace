"""Which child a turn is about, and what it tells of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.talk.ages import told_ages
from assistant.talk.child import Child
from assistant.talk.named_by_age import condition_of, named_by_age
from assistant.talk.standing import Stands
from assistant.talk.turn import Turn
from assistant.talk.writer import told_writer

MOST = 4
"""Children that are kept: the one in focus, and those spoken of last."""


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
    "he she it who they school kid child one that this everyone nobody somebody already now only just still never also which and or but what why how so old".split()
)
_OTHER = re.compile(r"\bmy other (?:one|child|kid|son|daughter|boy|girl)\b", re.IGNORECASE)
_OTHER_OF_TWO = re.compile(r"\bthe other (?:one|child|kid|son|daughter|boy|girl)\b", re.IGNORECASE)
_HE, _SHE = (
    re.compile(r"\b(?:he|him|his|hes)\b", re.IGNORECASE),
    re.compile(r"\b(?:she|her|hers|shes)\b", re.IGNORECASE),
)
_BOYS, _GIRLS = (
    frozenset({"son", "stepson", "grandson"}),
    frozenset({"daughter", "stepdaughter", "granddaughter"}),
)
_KINDS = (_BOYS | _GIRLS, frozenset({"oldest", "middle", "youngest"}))
"""Names of which two different ones are two children."""


@dataclass(frozen=True)
class Heard:
    """What a turn tells of the children.

    Attributes:
        children: All known, the one in focus first.
        named: Whether the turn says which child it is about, where that matters.
        several: Whether it tells of several, each with a plan.
    """

    children: tuple[Child, ...]
    named: bool = False
    several: bool = False


def heard(turn: Turn, known: Sequence[Child], found: Sequence[Stands]) -> Heard:
    """Return the children with what this turn tells.

    Args:
        turn: What the parent wrote.
        known: The children of the talk, the one in focus first.
        found: How the plans stand that the turn names.
    """
    children, ages, writer = list(known), told_ages(turn), told_writer(turn)
    by_age = named_by_age(turn.text) if not turn.chosen else []
    if len({one.name for one in by_age}) > 1:  # "my 4 year old has nothing, my 9 year old has an iep"
        for aged in by_age:
            children = _first(children, aged.name)
            children[0] = replace(children[0], ages=aged.ages)
    focus = _meant(turn, children)
    named = focus is not None and bool(children) and (len(children) > 1 or focus != children[0].name)
    if focus is not None:
        named = named and not (len(children) == 1 and not children[0].name)
        children = _first(children, focus)
    elif not children and (found or ages or writer or turn.values("condition")):
        children = [Child()]
    owners, last, how = set(), 0, None
    for one in found:
        if owner := _child_before(turn.text[last : one.start]):
            children = _first(children, _placed(owner, children))
            owners.add(children[0].name)
        how = one.how or (how if owner else None)  # "my oldest has a 504 and my youngest an iep"
        children[0] = children[0].told(one.plan, how)
        last = one.start
    if len({one.name for one in by_age}) > 1:
        children = [
            replace(child, condition=condition_of(child, by_age, turn) or child.condition)
            for child in children
        ]
    elif children and (conditions := turn.values("condition")):
        children[0] = replace(children[0], condition=conditions[0])
    if children and ages:
        children[0] = replace(children[0], ages=ages)
    if children and writer:
        children[0] = replace(children[0], writer=writer)
    return Heard(tuple(children[:MOST]), named, len(owners) > 1)


def corrected(children: Iterable[Child], before: str | None, after: str) -> tuple[Child, ...]:
    """Return the children once a plan turned out to be another one."""
    return tuple(child.told(after, "held") if child.plan in (before, None) else child for child in children)


def names_of(children: Iterable[Child]) -> set[str]:
    """Return the names by which the children are known."""
    return {child.name for child in children if child.name}


def _meant(turn: Turn, children: Sequence[Child]) -> str | None:
    """Return the name of the child that a turn is about, where it says so."""
    if _OTHER.search(turn.text) or (len(children) == 2 and _OTHER_OF_TWO.search(turn.text)):
        return children[1].name if len(children) == 2 else "other"
    words = {_SAME.get(word, word) for word in re.findall(r"[a-z]+", turn.text.lower().replace("'s", ""))}
    known = [child.name for child in children if child.name in words]
    known = known or [
        child.name for child in children if any(one.name == child.name for one in named_by_age(turn.text))
    ]
    if len(known) == 1:
        return known[0]
    named = {_SAME.get(word.lower(), word.lower()) for word in _CHILD.findall(turn.text)}
    if not known and len(named) == 1:
        return _placed(named.pop(), children)
    if not known and not named and len(children) > 1:
        return _by_pronoun(turn.text, children)
    return None


def _by_pronoun(text: str, children: Sequence[Child]) -> str | None:
    """Return the only boy or girl among the children, where "he" or "she" means one."""
    he, she = bool(_HE.search(text)), bool(_SHE.search(text))
    if he == she:
        return None
    of = [child.name for child in children if child.name in (_BOYS if he else _GIRLS)]
    return of[0] if len(of) == 1 else None


def _placed(name: str, children: Sequence[Child]) -> str:
    """Return the name under which a child is kept: "my son" and "my oldest" may be the same one, "son" and "daughter" are not."""
    if any(child.name == name for child in children) or not children:
        return name
    if name in ("oldest", "youngest") and (of_age := [child for child in children if child.ages])[1:]:
        placed = sorted(of_age, key=lambda child: child.ages or (0, 0))
        return placed[-1 if name == "oldest" else 0].name
    if _two(name, children):
        return name
    return children[0].name or name


def _two(name: str, children: Sequence[Child]) -> bool:
    """Whether `name` is another child than the one in focus."""
    first = children[0].name
    if not first or first == name:
        return False
    if any(child.name == name for child in children):
        return True
    same_kind = any(name in kind and first in kind for kind in _KINDS)
    neither = not any(name in kind or first in kind for kind in _KINDS)  # two first names
    return same_kind or neither or "other" in (name, first)


def _first(children: Sequence[Child], name: str) -> list[Child]:
    """Return the children with the one of this name first, made where there is none; an only child without a name gets it."""
    own = next((child for child in children if child.name == name), None)
    if own is None and len(children) == 1 and not children[0].name and name != "other":
        return [replace(children[0], name=name)]
    own = own or Child(name)
    return [own, *(child for child in children if child != own)]


def _child_before(text: str) -> str | None:
    places = [(match.start(), match[1].lower()) for match in _CHILD.finditer(text)]
    places += [(one.start, one.name) for one in named_by_age(text)]
    if places:
        word = max(places)[1]
        return _SAME.get(word, word)
    called = _CALLED.search(text)
    name = called[1].lower() if called else ""
    return name if name and name not in _NO_NAME else None
