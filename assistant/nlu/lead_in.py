"""Words before a question that say only that one comes: "wait quick question", "sorry, one more thing:"."""

from __future__ import annotations

import re

_LEAD_IN = re.compile(
    r"^(?:(?:wait|hey|hi|hello|sorry|ok|okay|so|um|uh|well|oh|also|actually|and)\b[,.!… ]*)*"
    r"(?:i have |i(?:'?ve)? got |just |real |can i ask )?(?:an? |one |my )?(?:real |super |really )?"
    r"(?:quick|another|other|last|more|dumb|stupid|side|silly) (?:question|one|q|thing)\b[\s,.:;!–-]*",
    re.IGNORECASE,
)
_LEAST = 3
"""Words that have to follow: of "quick question" alone nothing is taken away."""


def without_lead_in(text: str) -> str:
    """Return `text` from its question on.

    >>> without_lead_in("hey, one quick question: who pays for the test")
    'who pays for the test'
    >>> without_lead_in("Just a quick question")
    'Just a quick question'
    """
    rest = _LEAD_IN.sub("", text, count=1)
    return rest if len(rest.split()) >= _LEAST else text
