"""Recognises danger before any model has a say: patterns of harm, and sayings that are none.

The guard is made of patterns alone (`assistant.nlu.danger`), so it works with the model unloaded. What
it can't see, the classifier's own class `crisis` may: both lead to the same fixed text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant import typed_text
from assistant.nlu.danger import DANGER, SAYINGS
from assistant.nlu.danger.school import KINDS, OF_HOME, OF_SCHOOL

FIRST_READ, LAST_READ = 3_000, 1_000
"""Characters that are searched of a text twice as long as any channel answers: what is the matter stands first, or at last."""
_STEP, _LONGEST = 1_000, 400
"""Characters that are searched at a time, for no other thread runs meanwhile; and how far a wording may reach beyond them."""
_WORD = r"\b"


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for many that begin at a word: to go through a text once is five times as quick."""
    whole = "|".join(f"(?:{pattern.removeprefix(_WORD)})" for pattern in patterns)
    return re.compile(f"{_WORD}(?:{whole})")


_DANGER = _any_of(DANGER)
_SAYING = _any_of(SAYINGS)
_OF_SCHOOL, _OF_HOME = re.compile(OF_SCHOOL), re.compile(OF_HOME)
_KINDS = {kind: _any_of(patterns) for kind, patterns in KINDS.items()}


def bare(text: str) -> str:
    """Return `text` as the patterns expect it.

    >>> bare("He CAN’T find  mi  niña")
    'he cant find mi nina'
    """
    letters = unicodedata.normalize("NFKD", " ".join(typed_text.plain(text).split()).lower())
    return "".join(
        sign
        for sign in letters[: 2 * (FIRST_READ + LAST_READ)]
        if sign != "'" and not unicodedata.combining(sign)
    )


def danger_in(text: str) -> str | None:
    """Return the words (bare) that speak of danger, or None.

    >>> danger_in("she said she wants to die")
    'wants to die'
    >>> danger_in("this homework is killing me") is None
    True
    """
    words = _calm(text)
    for start in range(0, len(words), _STEP):
        found = _DANGER.search(words, start, start + _STEP + _LONGEST)
        if found and found.start() < start + _STEP:  # what begins later is seen whole by the next step
            return found[0]
    return None


def school_danger_in(text: str) -> str | None:
    """Return what is told of grown-ups at school, a key of `danger.school.KINDS`, or None.

    >>> school_danger_in("the aide locked him in a closet and he is bleeding")
    'held'
    >>> school_danger_in("her dad hits her") is None
    True
    """
    words = _calm(text)
    if not _OF_SCHOOL.search(words) or _OF_HOME.search(words):
        return None
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(words)), None)


def _calm(text: str) -> str:
    """Return what is searched of a text, bare and without its sayings."""
    if len(text) > FIRST_READ + LAST_READ:
        text = f"{text[:FIRST_READ]}\n{text[-LAST_READ:]}"
    return _SAYING.sub(" … ", bare(text))
