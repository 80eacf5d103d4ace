"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.source import short_path


@dataclass(frozen=True, order=True)
class Finding:
    """A fault in a file: `problem` says what is wrong and what to do about it."""

    path: Path
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{short_path(self.path)}:{self.line}: {self.problem}"
