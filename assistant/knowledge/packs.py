"""What holds in one state (content/states/TX.yml): sentences with their source, as far as they were found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.facts import Source
from assistant.knowledge.source import CONTENT, ContentFile, read

SAID = frozenset({"high", "medium"})
"""Confidence of what may be said; low is for nobody until it is checked."""
STATES = CONTENT / "states"


@dataclass(frozen=True)
class StateFact:
    """One sourced sentence of a state.

    Attributes:
        says: The sentence, for a parent.
        confidence: "high" or "medium"; a medium one is said with "check with".
    """

    field: str
    says: str
    cite: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Pack:
    """A state's facts by field: evaluation_clock, recording, hearing ..."""

    state: str
    abbreviation: str
    facts: Mapping[str, StateFact]

    def first(self, fields: tuple[str, ...]) -> StateFact | None:
        """Return the fact of the first of `fields` that the state has; None where it has none."""
        return next((self.facts[field] for field in fields if field in self.facts), None)


def source_of(fact: StateFact) -> Source | None:
    """Return the page behind a state's fact, None where only a citation is known."""
    return Source(fact.cite or fact.field, fact.source, fact.cite) if fact.source.startswith("http") else None


def load_packs(folder: Path = STATES) -> dict[str, Pack]:
    """Read all packs, by the state's name.

    Raises:
        ContentError: A pack lacks its state's name or abbreviation.
    """
    packs = {}
    for path in sorted(folder.glob("*.yml")):
        file = read(path)
        if not file.data.get("state") or file.data.get("abbr") != path.stem:
            raise file.error(f"the pack lacks `state`, or `abbr` is not {path.stem}. Write both.")
        packs[file.data["state"]] = Pack(file.data["state"], path.stem, _facts(file))
    return packs


def _facts(file: ContentFile) -> dict[str, StateFact]:
    found = {}
    for field, value in file.data.items():
        row = value[0] if isinstance(value, list) and value else value
        if isinstance(row, dict) and row.get("says") and row.get("confidence") in SAID:
            found[field] = StateFact(
                field,
                " ".join(row["says"].split()),
                row.get("cite", ""),
                row.get("source", ""),
                row["confidence"],
            )
    return found
