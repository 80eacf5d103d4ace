"""docs/run/privacy.md names every table that there is, and none that there is not."""

from __future__ import annotations

import re

from assistant.booking.calls.database import VERSION_TABLE
from assistant.settings import TOP

PAGE = (TOP / "docs/run/privacy.md").read_text(encoding="utf-8")


def tables() -> set[str]:
    """Return the tables that the code makes."""
    code = "".join(path.read_text(encoding="utf-8") for path in (TOP / "assistant").rglob("*.py"))
    return {VERSION_TABLE, *re.findall(r'\bTable\(\s*"(\w+)"', code)}


def test_every_table_is_on_the_page() -> None:
    assert len(tables()) >= 15
    assert not {table for table in tables() if f"`{table}`" not in PAGE}


def test_the_page_names_no_table_that_is_gone() -> None:
    places = [line.split("|")[2] for line in PAGE.splitlines() if line.startswith("| ")][1:]
    named = {word for place in places for word in re.findall(r"`([a-z_]+)`", place)}
    assert named <= tables()
