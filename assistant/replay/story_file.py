"""A story as it stands in a file of tests/conversations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml


def as_yaml(story: Mapping[str, Any]) -> str:
    """Return a story as it stands in a file, below `test_cases:`."""
    text = yaml.safe_dump([story], sort_keys=False, allow_unicode=True, width=110)
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())


def add_to(path: Path, text: str) -> None:
    """Add a story to a file; a new file is begun."""
    before = path.read_text(encoding="utf-8") if path.exists() else "test_cases:\n"
    path.write_text(f"{before.rstrip()}\n{text}", encoding="utf-8")
