"""As many sentences of a text as a phone has room for."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BREAK = re.compile(r"(?<=[.!?])\s+")


def opening(text: str, most: int) -> str:
    """Return the first sentence of a text, and as many behind it as stay within `most` words together."""
    first, *others = _BREAK.split(text)
    return " ".join(that_fit([first], others, most))


def act(text: str, most: int) -> str:
    """Return the sentences of what cannot wait up to the first that says what to do, and more as far as `most` words go.

    A question alone tells nobody what to do.

    >>> act("Hearing tomorrow? Email tonight for a later date. Sign nothing.", 8)
    'Hearing tomorrow? Email tonight for a later date.'
    """
    sentences = _BREAK.split(text)
    told = next((number for number, one in enumerate(sentences, 1) if not one.endswith("?")), len(sentences))
    return " ".join(that_fit(sentences[:told], sentences[told:], most))


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
