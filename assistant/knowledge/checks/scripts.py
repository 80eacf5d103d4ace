"""Whether words that a parent may copy assert something about the family that the parent never told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.source import ContentFile

_BLANK = re.compile(r"\[[^\]]+\]")
CLAIM = re.compile(
    r"(?:\bmy (?:child|son|daughter)|\[[^\]]+\]) (?:has|had|is|was|does|did|gets|got|lost|missed)\b"
    r"|\bI (?:have (?!a question\b)|had|wrote|told|asked|sent|called|spoke|gave|got|reported|signed)\b"
    r"|\b(?:is|was|has been) (?:still )?not (?:solved|followed|answered|done|working)\b",
    re.IGNORECASE,
)
"""What happened or holds in a family: only a parent can say so. A rule over words may miss one; a reader looks as well."""


def problem(words: str) -> str:
    """Return what is wrong with words to copy, or nothing."""
    if claim := CLAIM.search(words):
        return f"asserts {claim[0]!r}, which the parent may not have said. Ask, or leave a blank in brackets."
    if "?" not in words and not _BLANK.search(words):
        return "neither asks nor leaves a blank in brackets, so it asserts. Write what the parent fills in."
    return ""


def find(contacts: ContentFile) -> Iterator[Finding]:
    """Yield the `say` of roles that assert something."""
    for number, row in enumerate(contacts.data):
        say = row.get("say", {})
        texts: Mapping[str, str] = say if isinstance(say, dict) else {"": say}
        for plan, words in texts.items():
            if found := problem(words):
                place = (number, "say", plan) if plan else (number, "say")
                yield Finding(contacts.path, contacts.line(*place), f"{row['role']}, say: {found}")
