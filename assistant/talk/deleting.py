"""Whether a parent wants deleted what they wrote here. The classifier hears privacy; which of its questions it is, these words tell.

A rule, for the topic is learnt but has no points yet; all that it leads to is a question that has to be answered with yes.
"""

from __future__ import annotations

import re

from assistant.talk.turn import Turn

_DELETES = re.compile(
    r"\b(?:delet|eras|wip|remov|scrub|clear|forget|elimin|borr)\w*\b|\bget rid of\b|\btake\b.{0,40}\b(?:out|back|off)\b",
    re.IGNORECASE,
)
_ONLY_ASKS = re.compile(
    r"\b(?:how (?:long|many|soon|often)|when|by itself|automatically)\b|^(?:do|does|did|are|is|will|would|who|what|where|why|if)\b",
    re.IGNORECASE,
)
"""Questions about deleting, which the topic's text answers: "do you delete it after 30 days"."""
_WHAT_WAS_WRITTEN = re.compile(
    r"\b(?:everything|all|anything|whatever|what) (?:that |of (?:it|this) )?(?:i(?:'ve| have)?|we(?:'ve| have)?) "
    r"(?:just |ever )?(?:told|said|wrote|written|typed|shared)\b|\b(?:this|my|the) (?:chat|conversation|messages?|data|history)\b",
    re.IGNORECASE,
)
"""What makes "forget ..." more than "never mind"."""


_REFUSES = re.compile(r"\b(?:no|nope|not|don'?t|keep|wait)\b", re.IGNORECASE)


def refuses(text: str) -> bool:
    """Whether words with "delete" in them are no yes to the question whether to ("no, don't delete it")."""
    return bool(_REFUSES.search(text))


def wants_deleted(turn: Turn) -> bool:
    """Whether the turn asks to delete what was written ("forget everything i told you")."""
    if turn.chosen or not _DELETES.search(turn.text):
        return False
    if turn.intent == "stop":
        return bool(_WHAT_WAS_WRITTEN.search(turn.text))
    return turn.intent == "ask_privacy" and not _ONLY_ASKS.search(turn.text)
