"""Whether an answer file is still the skeleton that `make question` wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.knowledge.checks.finding import Finding

MARK = "TO WRITE"
"""Stands in every field of a skeleton that waits for its words."""


def find(answers: Path) -> Iterator[Finding]:
    """Yield the lines of a skeleton that nobody has filled in."""
    for path in sorted(answers.glob("*/*.yml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MARK in line:
                yield Finding(
                    path,
                    number,
                    f"unfinished. Put the words in the place of {MARK!r}: docs/write/add-a-question.md.",
                )
