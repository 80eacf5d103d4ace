"""As many sentences of a text as a phone has room for."""

from __future__ import annotations

from collections.abc import Sequence


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
