"""The conditions parents name (content/en/conditions.yml): their wordings, whether they qualify, common supports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.knowledge.answers import PLANS, Text
from assistant.knowledge.facts import Facts
from assistant.knowledge.source import CONTENT, ContentFile, read


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


def load_conditions(facts: Facts, path: Path = CONTENT / "en" / "conditions.yml") -> dict[str, Condition]:
    """Read the conditions, by id.

    Raises:
        ContentError: A condition lacks a field or rests on an unknown fact, or a wording leads to two.
    """
    file = read(path)
    conditions: dict[str, Condition] = {}
    wordings: set[str] = set()
    for number, row in enumerate(file.data):
        for field in ("id", "name", "aliases", "texts", "supports", "facts"):
            if not row.get(field):
                raise file.error(f"the condition lacks `{field}`. Write it.", number)
        for place, fact in enumerate(row["facts"]):
            if fact not in facts:
                raise file.error(f"content/facts has no {fact}. Correct the id.", number, "facts", place)
        for place, support in enumerate(row["supports"]):
            if not isinstance(support, str):
                raise file.error(f"{support} is no sentence. Quote the line.", number, "supports", place)
        for kind in ("aliases", "aliases_whole"):
            for place, alias in enumerate(row.get(kind, ())):
                if alias.lower() in wordings:
                    raise file.error(f"{alias.lower()} stands twice. Take one out.", number, kind, place)
                wordings.add(alias.lower())
        conditions[row["id"]] = Condition(
            id=row["id"],
            name=row["name"],
            aliases=tuple(row["aliases"]),
            aliases_whole=tuple(row.get("aliases_whole", ())),
            medical=row.get("medical") == "true",
            texts=_texts(file, number, row["texts"]),
            supports=tuple(row["supports"]),
            facts=tuple(row["facts"]),
        )
    return conditions


def _texts(file: ContentFile, number: int, texts: Mapping[str, Mapping[str, Any]]) -> dict[str, Text]:
    if "either" not in texts:
        raise file.error("texts: `either` is missing. It serves an unknown plan.", number, "texts")
    read_texts: dict[str, Text] = {}
    for plan, text in texts.items():
        if plan not in PLANS:
            raise file.error(
                f"texts: there is no plan {plan}. Use {', '.join(PLANS)}.", number, "texts", plan
            )
        try:
            read_texts[plan] = Text(**{key: value.strip() for key, value in text.items()})
        except TypeError as error:
            raise file.error(
                f"texts.{plan}: {error}. Write short, more and simple.", number, "texts", plan
            ) from None
    return read_texts
