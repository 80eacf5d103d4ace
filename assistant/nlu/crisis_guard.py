"""Recognises danger before any model has a say: patterns of harm, and sayings that are none.

The guard is made of patterns alone (`assistant.nlu.danger`), so it works with the model unloaded. What
it can't see, the classifier's own class `crisis` may: both lead to the same fixed text.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.nlu.danger import DANGER, SAYINGS

_DANGER = [re.compile(pattern) for pattern in DANGER]
_SAYINGS = [re.compile(pattern) for pattern in SAYINGS]
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


def readable(text: str) -> str:
    """Return `text` without invisible signs and with plain quotes."""
    return " ".join(_INVISIBLE.sub("", text).replace("’", "'").replace("‘", "'").replace("ʼ", "'").split())


def bare(text: str) -> str:
    """Return `text` as the patterns expect it.

    >>> bare("He CAN’T find  mi  niña")
    'he cant find mi nina'
    """
    letters = unicodedata.normalize("NFKD", readable(text).lower())
    return "".join(sign for sign in letters if sign != "'" and not unicodedata.combining(sign))


def danger_in(text: str) -> str | None:
    """Return the words (bare) that speak of danger, or None.

    >>> danger_in("she said she wants to die")
    'wants to die'
    >>> danger_in("this homework is killing me") is None
    True
    """
    plain = bare(text)
    for saying in _SAYINGS:
        plain = saying.sub(" … ", plain)
    for pattern in _DANGER:
        if match := pattern.search(plain):
            return match[0]
    return None
