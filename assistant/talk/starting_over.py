"""Whether the parent wants the whole talk begun anew, and not the school's testing."""

from __future__ import annotations

import re

from assistant.talk.turn import Turn

_START_OVER = re.compile(
    r"\b(?:(?:start|begin) (?:over|again|fresh|anew|from scratch)|lets begin over|restart|reset|from (?:the (?:top|beginning|start)|scratch)"
    r"|back to (?:the )?(?:start|beginning|main menu)|new question)\b",
    re.IGNORECASE,
)
_TO_US = frozenset(
    """a again all and begin can chat clear conversation could do everything forget from go have hey hi i id is it just let lets like may maybe
    me need never mind nevermind no nope now of ok okay over please question scratch so sorry start talk that the this thanks to us
    new wait wanna want we with would yes you actually anew beginning fresh restart reset back main menu top""".split()
)
"""Words beside "start over" that name nobody but us: "does she start over with the testing" is about her. A rule, for it forgets the talk."""


def starts_over(turn: Turn) -> bool:
    """Whether the parent wants to begin the whole talk anew: no word names anything but this talk."""
    if not _START_OVER.search(turn.text):
        return False
    return all(word.replace("'", "") in _TO_US for word in re.findall(r"[a-z']+", turn.text.lower()))


def names_a_start(turn: Turn) -> bool:
    """Whether the words for it are there at all ("do they start over with the testing")."""
    return bool(_START_OVER.search(turn.text))
