"""Whom to turn to (content/en/contacts.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.organisation import own_words, with_own_numbers
from assistant.knowledge.source import CONTENT, read


@dataclass(frozen=True)
class Contact:
    """One role: its name, when to turn to it (1 = first), how, and words to use by plan."""

    role: str
    name: str
    plans: tuple[str, ...]
    order: int
    how: str
    say: Mapping[str, str]
    aliases: tuple[str, ...]

    def words(self, plan: str) -> str:
        """Return what a parent can say about this plan, or nothing."""
        return self.say.get(plan) or self.say.get("either", "")


def load_contacts(path: Path = CONTENT / "en" / "contacts.yml") -> dict[str, Contact]:
    """Read the roles, by id.

    Raises:
        ContentError: A role lacks a field.
    """
    file = read(path)
    contacts: dict[str, Contact] = {}
    rows = with_own_numbers(file.data, own_words())
    for number, row in enumerate(rows):
        for field in ("role", "name", "plans", "order", "how"):
            if not row.get(field):
                raise file.error(f"the role lacks `{field}`. Write it.", number)
        contacts[row["role"]] = Contact(
            role=row["role"],
            name=row["name"],
            plans=tuple(row["plans"]),
            order=int(row["order"]),
            how=row["how"],
            say=_by_plan(row.get("say", {})),
            aliases=tuple(row.get("aliases", ())),
        )
    return contacts


def _by_plan(say: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"either": say} if isinstance(say, str) else say
