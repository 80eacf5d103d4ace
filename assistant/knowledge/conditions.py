"""The conditions parents name (content/conditions.yml): their wordings, the usual plan, common supports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.answers import Text
from assistant.knowledge.facts import Facts
from assistant.knowledge.source import CONTENT, read


@dataclass(frozen=True)
class Condition:
    """One condition.

    Attributes:
        aliases_whole: Ordinary words too, so they count in capitals or when they are the whole message.
        medical: Whether nurse, emergency page and trained staff come first.
        texts: Whether it qualifies, for each plan that has words of its own; `either` always.
        supports: What families ask for, most asked first.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    aliases_whole: tuple[str, ...]
    medical: bool
    texts: Mapping[str, Text]
    supports: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def in_sentence(self) -> str:
        """The name within a sentence: "anxiety", but "ADHD"."""
        first = self.name.split()[0]
        return self.name if first.isupper() else self.name[0].lower() + self.name[1:]


def load_conditions(facts: Facts, path: Path = CONTENT / "conditions.yml") -> dict[str, Condition]:
    """Read the conditions, by id.

    Raises:
        ContentError: A condition lacks a field or rests on an unknown fact.
    """
    file = read(path)
    conditions: dict[str, Condition] = {}
    for number, row in enumerate(file.data):
        for field in ("id", "name", "aliases", "texts", "supports", "facts"):
            if not row.get(field):
                raise file.error(f"the condition lacks `{field}`. Write it.", number)
        if "either" not in row["texts"]:
            raise file.error("texts: `either` is missing. It serves an unknown plan.", number, "texts")
        for place, fact in enumerate(row["facts"]):
            if fact not in facts:
                raise file.error(f"content/facts has no {fact}. Correct the id.", number, "facts", place)
        conditions[row["id"]] = Condition(
            id=row["id"],
            name=row["name"],
            aliases=tuple(row["aliases"]),
            aliases_whole=tuple(row.get("aliases_whole", ())),
            medical=row.get("medical") == "true",
            texts={
                plan: Text(**{key: value.strip() for key, value in text.items()})
                for plan, text in row["texts"].items()
            },
            supports=tuple(row["supports"]),
            facts=tuple(row["facts"]),
        )
    return conditions
