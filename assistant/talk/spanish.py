"""What is said to a message in Spanish: one of a few reviewed sentences, until each answer has its twin."""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.booking.times.spanish_times import without_spanish_times
from assistant.knowledge.library import Library
from assistant.knowledge.spanish import FALLBACK, spanish
from assistant.talk.reply import Reply
from assistant.talk.turn import Memory, Turn
from assistant.talk.understanding import with_what_is_told

if TYPE_CHECKING:
    from collections.abc import Sequence

DETAIL = "plan_told"
"""The answer to who only tells which plan it is."""
BOOK = "book"
"""What a message that asks for the call is taken for."""
NEAR = 0.48
"""From this likeness (cosine of letters in a row) on, a message asks what a line asks. Held-out lines of tests/unit/talk/test_spanish.py chose it."""
NEAR_OF_A_CLAUSE = 0.62
"""The same for one clause of a longer message, which may want the call, and for one or two words. Those held-out lines chose it, too."""
_FEW, _MOST_OF_A_DETAIL = 3, 6
_CLAUSE = re.compile(r"[,.;!?¿¡\n]+|\s(?:y|pero|porque)\s")
_LAST_RESORTS = ("helpers", FALLBACK, "thanks")
"""What is said where an answer was said before."""
_LANGUAGE = "es"
BOOKING_TOLD = f"#{_LANGUAGE}/booking@either"
"""What the talk keeps as told when a booking begins in Spanish: the form goes on in it."""


@functools.cache
def _lines() -> tuple[Any, Any, Sequence[str]]:
    """Return what makes numbers of letters, those of all lines, and the answer of each line."""
    from sklearn.feature_extraction.text import (
        TfidfVectorizer,
    )  # here: it is needed once a Spanish message comes

    known = spanish()
    rows = [(line, name) for name, answer in known.answers.items() for line in answer.hears]
    rows += [(line, BOOK) for line in known.book]
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), strip_accents="unicode", sublinear_tf=True
    )
    return letters, letters.fit_transform([line for line, _ in rows]), [name for _, name in rows]


def asked_in_spanish(text: str) -> str:
    """Return the name of the answer that a Spanish message asks, or BOOK for the call.

    >>> asked_in_spanish("con quién tengo que hablar en la escuela")
    'contact'
    >>> asked_in_spanish("quiero una cita el miércoles entre las 3 y las 5, Dulce María, 305 555 0120")
    'book'
    """
    name, likeness = _nearest(text)
    if likeness >= (NEAR if len(text.split()) >= _FEW else NEAR_OF_A_CLAUSE):
        return name
    clauses = [without_spanish_times(one) for one in _CLAUSE.split(text)]
    wishes = (_nearest(one) for one in clauses if len(one.split()) >= _FEW)
    asks_for_it = any(name == BOOK and likeness >= NEAR_OF_A_CLAUSE for name, likeness in wishes)
    return BOOK if asks_for_it else FALLBACK


def _nearest(text: str) -> tuple[str, float]:
    """Return what the nearest line asks, and how near it is, 0 to 1."""
    letters, lines, names = _lines()
    likeness = (lines @ letters.transform([text]).T).toarray().ravel()
    if (
        len(text.split()) > _MOST_OF_A_DETAIL
    ):  # "mi hijo tiene un iep y la maestra no lo sigue" asks something
        likeness = likeness * [name != DETAIL for name in names]
    best = int(likeness.argmax())
    return names[best], float(likeness[best])


def answer_in_spanish(
    turn: Turn, memory: Memory, library: Library, today: date
) -> tuple[list[Reply], Memory]:
    """Answer a message in Spanish; nothing is said twice."""
    memory, _, _ = with_what_is_told(turn, memory)
    name = asked_in_spanish(turn.text)
    for candidate in (name, *_LAST_RESORTS):
        answer = spanish().answers[candidate]
        plan, words = answer.words(memory.plan)
        key = f"#{_LANGUAGE}/{candidate}@{plan}"
        if not memory.was_told(key):
            break
    sources = library.facts.sources(answer.facts) if answer.facts else []
    kept = memory.with_(told=[key, *(memory.told or ())], failures=0, pending=None, after_crisis=False)
    return [Reply(words, "answered", sources=sources)], kept


def is_told_in_spanish(key: str) -> bool:
    """Tell whether what the talk keeps as told was said in Spanish."""
    return key.startswith(f"#{_LANGUAGE}/")


def danger_in_spanish() -> str:
    """Return what stands before the fixed words for danger, where a message told it in Spanish."""
    return spanish().danger


def booking_in_spanish() -> str:
    """Return what leads a parent who writes Spanish into the booking."""
    return spanish().booking["start"]
