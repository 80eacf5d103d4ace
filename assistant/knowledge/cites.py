"""What a reader sees of a cite: the law, the case, the official guide. What editors note beside it stays with them."""

from __future__ import annotations

import re
from collections.abc import Callable

_PARTS = re.compile(r";\s*(?![^()]*\))")
"""A semicolon that is in no brackets."""
_LAW = re.compile(
    r"\d (?:CFR|U\.S\.|F\.|IDELR|LRP|FR\b|Fed\. Reg\.)|\bCode\b|\bR\.S\.|\bRCW\b|\bStat\.|\bv\. |^\d+\.\d+|\bLetter to\b|\bMemo\b|\bDoD\b"
)
_HEARSAY = re.compile(r",? as (?:told|quoted|reported|listed|read) (?:by|in) .*")
_NOTE = re.compile(r"\b[\w-]+\.(?:com|org|yml)\b|\w_\w|^(?:Practice|Founding article)\b", re.IGNORECASE)


def for_readers(cite: str, is_official: Callable[[str], bool]) -> str:
    """Return the parts of a cite that name law, a case, or what has an official page.

    Args:
        cite: As it stands in content/facts/: parts, with semicolons between them.
        is_official: Whether content/official_pages.yml has a page for a part.

    >>> for_readers("Practice; 34 CFR 300.503; blog.example.com", lambda part: False)
    '34 CFR 300.503'
    """
    parts = (_HEARSAY.sub("", part.strip()) for part in _PARTS.split(cite))
    kept = [part for part in parts if not _NOTE.search(part) and (_LAW.search(part) or is_official(part))]
    return "; ".join(kept)
