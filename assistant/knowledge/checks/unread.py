"""What Rasa takes in training data and this project does not read: it would be kept, and do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.reach import blocks, nlu_files
from assistant.knowledge.source import CONTENT, ContentFile, read

_KINDS = ("synonym", "regex", "lookup")
_MARKED = re.compile(r"\[[^\[\]\n]+\](?:\([A-Za-z_][\w.:-]*\)|\{\s*\")")
"""`[504](plan)` or `[504]{"entity": "plan"}`; the address of a link has a colon and slashes."""


def find(top: Path = CONTENT.parent) -> Iterator[Finding]:
    """Yield synonyms, regular expressions, lookup tables and marked entities, the first of each in a file. `top` holds data/."""
    for path in nlu_files(top / "data"):
        file = read(path)
        found: dict[str, int] = {}
        for what, line in _unread(file):
            found.setdefault(what, line)
        for what, line in found.items():
            yield Finding(
                path,
                line,
                f"{what} is not read: plans, conditions, states and terms are found from content/ (conditions.yml, glossary.yml, "
                "states.yml). Write it there, and take it out here: docs/write/teach-a-wording.md.",
            )


def _unread(file: ContentFile) -> Iterator[tuple[str, int]]:
    """Yield what is not read, by kind, with its line."""
    for number, block in enumerate(blocks(file)):
        for kind in _KINDS:
            if kind in block:
                yield f"`{kind}`", file.line("nlu", number, kind)
        marked = _MARKED.search(_text_of(block.get("examples")))
        if "intent" in block and marked:
            yield f"the mark in {marked[0].rstrip()!r}", _line_of(file.path, marked[0])


def _text_of(examples: Any) -> str:
    if isinstance(examples, list):
        return "\n".join(str(row.get("text") if isinstance(row, dict) else row) for row in examples)
    return str(examples or "")


def _line_of(path: Path, words: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), 1)
