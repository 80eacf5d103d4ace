"""Whom to turn to (content/contacts.yml)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.source import CONTENT, read


@dataclass(frozen=True)
class Contact:
    """One role: its name, when to turn to it (1 = first), and how."""

    role: str
    name: str
    plans: tuple[str, ...]
    order: int
    how: str
    say: str
    aliases: tuple[str, ...]


def load_contacts(path: Path = CONTENT / "contacts.yml") -> dict[str, Contact]:
    """Read the roles, by id.

    Raises:
        ContentError: A role lacks a field.
    """
    file = read(path)
    contacts: dict[str, Contact] = {}
    for number, row in enumerate(file.data):
        for field in ("role", "name", "plans", "order", "how"):
            if not row.get(field):
                raise file.error(f"the role lacks `{field}`. Write it.", number)
        contacts[row["role"]] = Contact(
            role=row["role"],
            name=row["name"],
            plans=tuple(row["plans"]),
            order=int(row["order"]),
            how=row["how"],
            say=row.get("say", ""),
            aliases=tuple(row.get("aliases", ())),
        )
    return contacts
