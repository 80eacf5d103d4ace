"""Whether each law that a text names is one that its facts cite or speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.passages import Passage
from assistant.knowledge.facts import Fact, Facts

_BLANK = re.compile(r"\[[^\]]*\](?!\()")
"""What the parent fills in; not the words of a link."""
_CITED = re.compile(
    r"\b\d+ (?:CFR|U\.S\.C\.) (?:Part )?((?:\d+(?:\.\d+)?[a-z]*(?:\(\w+\))*(?:, | and |; |-)?)+)"
)
_SECTION = re.compile(r"\d+(?:\.\d+)?[a-z]*")
_PARAGRAPH = re.compile(r"\(\w+\)")
NAMED = {
    r"\bSection 504\b": r"\b104\b|29 U\.S\.C\. 79|Section 504|\bOCR\b",
    r"\bFERPA\b": r"34 CFR (?:Part )?99|\b99\.\d|1232g|FERPA",
    r"\bIDEA\b": r"34 CFR (?:Part )?300|20 U\.S\.C\. 14|IDEA|Individuals with Disabilities",
    r"\bADA\b": r"42 U\.S\.C\. 12|28 CFR (?:Part )?3[56]|\bADA\b|Americans with Disabilities",
    r"\b[Pp]rior written notice\b": r"300\.503|[Pp]rior written notice",
}
"""A law by its name, and what a fact on it has."""


def find(passages: Iterable[Passage], facts: Facts) -> Iterator[Finding]:
    """Yield texts that name a section or a law which none of their facts names: nobody compared the words with it."""
    for passage in passages:
        if not passage.facts:
            continue
        backing = "; ".join(_words(facts[fact]) for fact in passage.facts if fact in facts)
        said = _BLANK.sub(" ", passage.text)
        for section in sections(said):
            if not re.search(rf"(?<![\d.]){re.escape(section)}(?!\d)", backing):
                yield _finding(passage, section)
        for name, cited in NAMED.items():
            if (match := re.search(name, said)) and not re.search(cited, backing):
                yield _finding(passage, match[0])


def sections(text: str) -> list[str]:
    """Return the sections of federal law that a text names, without their paragraphs.

    >>> sections("free to us (34 CFR 300.17, 104.33(c)(1))")
    ['300.17', '104.33']
    """
    return [
        section
        for match in _CITED.finditer(text)
        for section in _SECTION.findall(_PARAGRAPH.sub("", match[1]))
    ]


def _words(fact: Fact) -> str:
    return f"{fact.text} {fact.caveat} {fact.cite}"


def _finding(passage: Passage, law: str) -> Finding:
    return passage.finding(
        f"names {law}, which none of its facts does. Add the fact that rests on it, or take it out.", law
    )
