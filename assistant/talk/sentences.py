"""As many sentences of a text as a phone has room for."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BREAK = re.compile(r"(?<=[.!?])\s+|(?<=[.!?]\")\s+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, words to send in quotation marks as a part of the one that they stand in.

    >>> sentences('Email tonight: "We accept. Please meet." Note who said what.')
    ['Email tonight: "We accept. Please meet."', 'Note who said what.']
    """
    found: list[str] = []
    for piece in _BREAK.split(text):
        if found and found[-1].count('"') % 2:
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def opening(text: str, most: int) -> str:
    """Return the first sentence of a text, and as many behind it as stay within `most` words together."""
    first, *others = sentences(text)
    return " ".join(that_fit([first], others, most))


def act(text: str, most: int) -> str:
    """Return the sentences of what cannot wait up to the first that says what to do, and more as far as `most` words go.

    A question alone tells nobody what to do.

    >>> act("Hearing tomorrow? Email tonight for a later date. Sign nothing.", 8)
    'Hearing tomorrow? Email tonight for a later date.'
    """
    found = sentences(text)
    told = next((number for number, one in enumerate(found, 1) if not one.endswith("?")), len(found))
    return " ".join(that_fit(found[:told], found[told:], most))


def that_fit(said: Sequence[str], others: Sequence[str], most: int) -> list[str]:
    """Return `said`, which is said in any case, and as many of the sentences behind it as stay within `most` words together.

    >>> that_fit(["You may."], ["Write tonight.", "Keep a copy of it."], 4)
    ['You may.', 'Write tonight.']
    """
    found = list(said)
    for sentence in others:
        if len(" ".join([*found, sentence]).split()) > most:
            break
        found.append(sentence)
    return found
