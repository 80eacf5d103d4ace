"""Who writes, where it is not a parent: "i am his foster mom", "my grandson", "im 17 and have an iep".

A grammar, not a choice among topics: who says "I" is a fact of the message. tests/unit/talk/test_writer.py has a table of it.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.talk.turn import Turn

Writer = Literal["foster_parent", "grandparent", "stepparent", "relative", "teacher", "student"]
"""Who writes; a parent has no name here, for that is what every answer takes for granted."""

_I_AM = r"\b(?:i'?m|i am|as|we are|we're)\s+(?:not the parent,?\s+(?:i'?m|but)\s+)?(?:(?:also|only|just|the|a|an|his|her|their|this|legal|kinship)\s+)*"
_MY = r"\bmy\s+(?:(?:\d{1,2}|yr|year|old|oldest|youngest|little|other|late)[\s-]+)*"
_WORDED: tuple[tuple[str, Writer], ...] = (
    (_I_AM + r"foster[\s-]*(?:mom|mum|mother|dad|father|parents?|carer|caregiver)\b", "foster_parent"),
    (_MY + r"foster[\s-]*(?:son|daughter|child|kid|boy|girl|baby)\b", "foster_parent"),
    (_I_AM + r"(?:grand(?:ma|mother|pa|father|parents?|mom|dad)|nana|granny|grammy)\b", "grandparent"),
    (_MY + r"grand(?:son|daughter|child|kid|baby|boy|girl)s?\b", "grandparent"),
    (_I_AM + r"step[\s-]*(?:mom|mother|dad|father|parent)\b", "stepparent"),
    (_MY + r"step[\s-]*(?:son|daughter|child|kid)\b", "stepparent"),
    (_I_AM + r"(?:aunt|auntie|uncle|big sister|older sister|big brother|older brother)\b", "relative"),
    (_MY + r"(?:nephew|niece)\b", "relative"),
)
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), writer) for pattern, writer in _WORDED]
_OWN_CHILD = re.compile(
    r"\b(?:my|our) (?:own )?(?:\w+ )?(?:son|daughter|kid|child|boy|girl|grade?r|oldest|youngest)\b",
    re.IGNORECASE,
)
_TEACHER = re.compile(
    _I_AM
    + r"(?:(?!of|with|to|from|her|his|and|not)\w+ ){0,2}(?:teacher|aide|paraprofessional|para|school counselor|case manager)\b",
    re.IGNORECASE,
)
_STUDENT = re.compile(
    r"\b(?:i'?m|i am)\s+(?:(?:only|just|the|a|in)\s+)*(?:1[3-9]|2[0-2]|student|junior|senior|sophomore|freshman|high school|(?:9|10|11|12)th grade|(?:ninth|tenth|eleventh|twelfth) grade)\b"
    r"(?!\s*(?:%|percent|years? (?:old )?(?:ago|in)|teacher|minutes|miles|weeks|months|days|hours|teaching|who\b))",
    re.IGNORECASE,
)  # fmt: skip


def told_writer(turn: Turn) -> Writer | None:
    """Return who writes, where a turn tells that it is not a parent; None where it tells nothing."""
    if turn.chosen:
        return None
    for pattern, writer in _PATTERNS:
        if pattern.search(turn.text):
            return writer
    if _OWN_CHILD.search(turn.text):
        return None  # "im a teacher myself and my son has an iep"
    if _TEACHER.search(turn.text):
        return "teacher"
    return "student" if _STUDENT.search(turn.text) else None
