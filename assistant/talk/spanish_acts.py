"""Acts told in Spanish ("ya no", "otra hora", "atrás"), read as their English words, which every form understands."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.booking.times.spanish_times import in_english
from assistant.knowledge.spanish import spanish
from assistant.knowledge.spanish_acts import SpanishAct, spanish_acts
from assistant.talk.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR, NEAR_YES, ITSELF = 0.66, 0.8, 0.999
"""From this likeness (cosine of letters in a row) on, a message does what a line does, or says yes; and is that line, accents aside. Held-out lines of
tests/unit/talk/test_spanish_acts.py chose it."""
_DENIES = re.compile(r"\b(?:no|ningun[ao]?|nunca|tampoco|ni)\b", re.IGNORECASE)
_ALONE = frozenset({"yes", "plain_no", "thanks"})
"""Acts that often stand beside something else: "está bien, muchas gracias" is a yes."""
_MOST_WORDS = 9
_ACTS_TOO = frozenset({"thanks", "hello"})
"""Answers whose lines are acts as well."""
_RULES_OWN = frozenset({"stop", "goodbye"})
"""Intents that a rule would act on: it looks at what the classifier heard, not at this turn; a form knows the words."""
_VALUES = re.compile(
    r"[@\d]|\b(?-i:(?:es|soy) [A-ZÁÉÍÓÚÑ])|\b(?:primer[ao]?|segund[ao]|tercer[ao]?|[uú]ltim[ao])\b",
    re.IGNORECASE,
)
"""Signs of a value for a form: an address, an hour, one of the times shown."""


@functools.cache
def _lines() -> tuple[Any, Any, Sequence[tuple[str, str]]]:
    """Return what makes numbers of letters, those of all lines, and each line with its act, "" for none."""
    from sklearn.feature_extraction.text import (
        TfidfVectorizer,
    )  # here: it is needed once a Spanish message comes

    rows = [(line, name) for name, act in spanish_acts().acts.items() for line in act.hears]
    # "quiero una llamada" is near "ya no quiero la llamada", and nearer to what asks for one
    asks = [
        line for name, answer in spanish().answers.items() if name not in _ACTS_TOO for line in answer.hears
    ]
    rows += [(line, "") for line in (*asks, *spanish().book)]
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), strip_accents="unicode", sublinear_tf=True
    )
    return letters, letters.fit_transform([_bare(line) for line, _ in rows]), rows


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def act_in_spanish(text: str) -> tuple[str, SpanishAct] | None:
    """Return the name of the act that a whole message does, and the act; None where it does none, or also gives a value.

    >>> act_in_spanish("ya no quiero la llamada, gracias")[0]
    'cancel_call'
    """
    if len(text.split()) > _MOST_WORDS or _VALUES.search(text):
        return None
    letters, lines, rows = _lines()
    likeness = (lines @ letters.transform([_bare(text)]).T).toarray().ravel()
    best = int(likeness.argmax())
    line, name = rows[best]
    if likeness[best] >= ITSELF and name:
        return name, spanish_acts().acts[name]
    if not name or likeness[best] < (NEAR_YES if name in _ALONE else NEAR) or in_english(text) != text:
        return None
    if bool(_DENIES.search(text)) != bool(_DENIES.search(line)):
        return None  # "no sé si está bien" is near "está bien"
    return name, spanish_acts().acts[name]


def with_act_in_english(turn: Turn) -> Turn:
    """Return a turn of a form with an act told in Spanish as its English words; another turn as it is."""
    found = None if turn.chosen else act_in_spanish(turn.text)
    if found is None or not found[1].english:
        return turn
    act = found[1]
    return replace(
        turn,
        text=act.english,
        intent="inform" if act.intent in _RULES_OWN else act.intent,
        ranking=(act.intent,),
        confidences=(1.0,),
        questions=(),
        points=(),
    )
