"""Messages that only ask "is that legal" of what was just told."""

from __future__ import annotations

import re

from assistant.talk.turn import Turn

_BEFORE = r"^(?:(?:ok|okay|so|and|but|well|oh|wait|alright)[, ]+)*"
_WHETHER = re.compile(
    _BEFORE
    + r"(?:(?:can|could|may|should) (?:they|he|she|(?:the |my |our )?(?:school|teacher|principal|district)) (?:really |just |even |legally |actually )*do (?:that|this|it)"
    r"|(?:is|are|isn'?t|aren'?t|wasn'?t|was) (?:that|this|it|they|he|she|the school) (?:even |really |actually |legally |at all )*(?:legal|illegal|lawful|allowed|ok|okay|fair|right|true|normal)(?: (?:to do|doing) (?:that|this|it))?)[\s?!.]*$",
    re.IGNORECASE,
)
"""The whole message asks whether what was just told is allowed or true, and names nothing of it. A rule, not a choice of the
model: whatever text were chosen, its first words would be read as the verdict on what the parent has in mind."""


def asks_whether(turn: Turn) -> bool:
    """Whether a turn only asks "can they do that", "is that legal", "is that true"."""
    return not turn.chosen and bool(_WHETHER.search(turn.text))
