"""Whether every sentence gives the free call the length that content/consultation.yml gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.knowledge.checks.finding import Finding

_LENGTH = re.compile(r"\b(\d+)-minute call\b")
_FREE = re.compile(r"\bfree,? for (\d+) minutes\b")


def find(files: Iterable[Path], minutes: str) -> Iterator[Finding]:
    """Yield each line that says a call takes another number of minutes.

    Args:
        files: What says how long a call is: the phrases, contacts, the domain.
        minutes: How long it is.
    """
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            said = {match[1] for pattern in (_LENGTH, _FREE) for match in pattern.finditer(line)} - {minutes}
            for other in sorted(said):
                yield Finding(
                    path,
                    number,
                    f"says {other} minutes, but content/consultation.yml gives the call {minutes}. "
                    "Write {call_minutes} where the file is one of content/en, else the new number.",
                )
