"""The words of the field (content/en/glossary.yml): what parents meet, in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.source import CONTENT, read

ORDINARY_WORDS = frozenset(
    [
        "AT",
        "AIM",
        "ADD",
        "ID",
        "ED",
        "MD",
        "PT",
        "OT",
        "SEA",
        "SOP",
        "SAS",
        "PARA",
        "DD",
        "AI",
        "SI",
        "VI",
        "HI",
        "AU",
        "MAP",
        "ART",
        "IN",
        "OI",
        "TDD",
        "PL",
        "SA",
        "MD",
        "PROMPT",
    ]
)
"""Aliases that are ordinary words as well: they count in capitals or when they are the whole question."""


@dataclass(frozen=True)
class Term:
    """One term: its names, its meaning in at most 40 words, the plan that uses it, the law behind it."""

    name: str
    also: tuple[str, ...]
    meaning: str
    plan: str
    cite: str

    @property
    def names(self) -> tuple[str, ...]:
        """All spellings a parent may use."""
        return (self.name, *self.also)

    @property
    def title(self) -> str:
        """The term as a heading, with its letters and what they stand for: "Prior written notice (PWN)"."""
        if not self.name.isupper():
            letters = [f" ({other})" for other in self.also if other.isupper() and _spells(self.name, other)]
            return _capitalized(self.name) + "".join(letters[:1])
        long = [other for other in self.also if " " in other]
        spelled = [other for other in long if _spells(other, self.name)]
        spelled += [other for other in long if other[0].isupper()]
        return f"{_capitalized(spelled[0])} ({self.name})" if spelled else self.name


def _capitalized(words: str) -> str:
    return words[0].upper() + words[1:]


def _spells(words: str, letters: str) -> bool:
    """Whether the words begin with these letters, small words counted or not.

    >>> _spells("multi-tiered system of supports", "MTSS"), _spells("summary of performance", "SOP")
    (True, True)
    """
    wanted = re.sub(r"[^A-Z]", "", letters)
    parts = re.split(r"[ -]", words.lower())
    small = {"a", "and", "for", "in", "of", "the", "to", "with"}
    return wanted in (
        "".join(part[:1] for part in parts).upper(),
        "".join(part[:1] for part in parts if part not in small).upper(),
    )


def load_glossary(path: Path = CONTENT / "en" / "glossary.yml") -> dict[str, Term]:
    """Read the terms, by name.

    Raises:
        ContentError: A term stands twice or lacks its meaning.
    """
    file = read(path)
    terms: dict[str, Term] = {}
    for number, row in enumerate(file.data):
        for field in ("term", "meaning", "plan"):
            if not row.get(field):
                raise file.error(f"the term lacks `{field}`. Write it.", number)
        if row["term"] in terms:
            raise file.error(f"the term {row['term']} stands twice. Join the two.", number)
        terms[row["term"]] = Term(
            row["term"], tuple(row.get("also", ())), row["meaning"], row["plan"], row.get("cite", "")
        )
    return terms
