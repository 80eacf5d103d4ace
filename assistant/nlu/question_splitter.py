"""Cuts a message into its sentences, to find a second question in it."""

from __future__ import annotations

import re

_JOINTS = re.compile(
    r"(?<=[?!])\s+|\s+(?:and also|also,? (?=(?:can|do|does|is|are|what|who|how|when|where|will|should))|plus,? (?=(?:can|do|does|is|are|what|who|how|when|where|will|should))|another (?:question|thing)[,:]?|second(?:ly)?[,:] )\s*"
    r"|,?\s+and\s+(?=(?:can|do|does|is|are|what|whats|who|how|when|where|will|should|could) (?:i|we|he|she|they|it|that|this|there|the|my|his|her|their|you|is|do|does|are|long|much|many|often)\b)"
    r"|,?\s+and\s+(?=who (?:can|decides|does|gets|has|pays|signs|will|writes|wrote)\b)"
    r"|\s+(?<=\w{3} )(?<!days )(?<!weeks )(?<!months )(?<!hours )(?<!times )(?<!long )(?<!much )(?=(?:and )?(?:who do i|what do i|how do i|how long|can they|do i have to|is that legal)\b)",
    re.IGNORECASE,
)  # fmt: skip
_ASKS = re.compile(
    r"\?|^(?:and |but |so |ok |also |then )*(?:can|could|do|does|did|is|are|was|will|would|should|shall|may|must|has|have|what|whats|what's|who|whos|who's|whom|"
    r"how|hows|when|where|why|which|any|am|explain|tell me|i need to know|i want to know|wondering|i wonder)\b",
    re.IGNORECASE,
)


_END = re.compile(
    r"(?:(?<!\.)(?<![\s.][A-Z])(?<!\.[a-z])(?<!\b[MmJjSsDd]r)(?<!\b[MmVv]s)(?<!\b[Ss]t)(?<!\b[Mm]rs)\.(?!\.)|[!?…;])"
    r"[.!?…;]{0,8}[\"')\]]{0,8}(?=\s|$)|(?<=[a-z])\.(?=[A-Z])|\n"
)
"""Where a sentence ends: not after "Mr.", an initial or three dots, not in "3.5"; "at school.The teacher" is two."""


def parts(text: str) -> list[str]:
    """Return the sentences of `text`, also where a joint such as "and also" runs two together."""
    found, begin = [], 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        for part in _JOINTS.split(text[begin:end].strip()):
            if part and (cleaned := part.strip(" ,;-\n\t")):
                found.append(cleaned)
        begin = end
    return found


def asks(part: str) -> bool:
    """Say whether a part of a message asks something by itself."""
    return len(part.split()) >= 3 and bool(_ASKS.search(part))


def questions(text: str, most: int = 4) -> list[str]:
    """Return the asking parts of `text` when there are at least two, else nothing."""
    asking = [part for part in parts(text) if asks(part)]
    return asking[:most] if len(asking) >= 2 else []
