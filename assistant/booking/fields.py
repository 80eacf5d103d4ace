"""A file of settings, field by field: what is wrong is said with file, field and remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class ConsultationError(ValueError):
    """``consultation.yml`` is wrong; the message names file, field and remedy."""


class Fields:
    """One mapping of the file, which knows where it stands so that errors can say so."""

    def __init__(self, where: str, value: object) -> None:
        self._where = where
        if not isinstance(value, dict):
            raise ConsultationError(f"{where}: is not a block of fields; write name: value lines below it")
        self._value: dict[str, Any] = value

    def wrong(self, name: str, remedy: str) -> ConsultationError:
        """Return the error of one field."""
        joint = ": " if self._where.endswith((".yml", ".yaml")) else "."
        return ConsultationError(f"{self._where}{joint}{name} {remedy}")

    def _get(self, name: str) -> Any:
        if name not in self._value:
            raise self.wrong(name, "is missing; add it")
        return self._value[name]

    def child(self, name: str) -> Fields:
        """Return the block of fields below one field."""
        joint = ": " if self._where.endswith((".yml", ".yaml")) else "."
        value = self._get(name)
        return Fields(f"{self._where}{joint}{name}", value)

    def children(self, name: str) -> list[Fields]:
        """Return the blocks of a list that has at least one."""
        value = self._get(name)
        if not isinstance(value, list) or not value:
            raise self.wrong(name, "is not a list with at least one entry; begin each entry with a dash")
        return [Fields(f"{self._where}: {name}[{number}]", one) for number, one in enumerate(value, 1)]

    def text(self, name: str, *, empty: bool = False) -> str:
        """Return one line of text; empty only where that may be."""
        value = self._get(name)
        if not isinstance(value, str) or (not value.strip() and not empty):
            raise self.wrong(name, "is empty or not text; write one line of text")
        return value.strip()

    def optional(self, name: str) -> str | None:
        """Return the text of a field that may be missing."""
        return self.text(name) if name in self._value else None

    def email(self, name: str) -> str:
        """Return an e-mail address as it is written."""
        value = self.text(name)
        if not _EMAIL.fullmatch(value):
            raise self.wrong(name, f"is {value!r}, not an e-mail address; write one such as a@example.org")
        return value

    def number(self, name: str, low: int, high: int, or_else: int | None = None) -> int:
        """Return a whole number within bounds; `or_else` where the field may be missing."""
        if or_else is not None and name not in self._value:
            return or_else
        value = self.text(name)
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise self.wrong(name, f"is {value!r}; write a whole number from {low} to {high}")
        return int(value)

    def dates(self, name: str) -> list[date]:
        """Return the days of a list."""
        value = self._get(name)
        if value == "":
            return []
        if not isinstance(value, list):
            raise self.wrong(name, "is not a list; write [2026-12-25, …] or []")
        try:
            return [date.fromisoformat(one) for one in value]
        except (TypeError, ValueError) as error:
            raise self.wrong(name, f"holds a wrong date ({error}); write year-month-day") from error

    def fields(self) -> Mapping[str, Any]:
        """Return everything that stands here."""
        return self._value
