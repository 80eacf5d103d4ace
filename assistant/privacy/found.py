"""One piece of personal data in a text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["email", "phone", "number", "date", "address", "school", "name"]


class Found(NamedTuple):
    """What it is, and its place in the text."""

    kind: Kind
    start: int
    end: int


def found_in(kind: Kind, match: re.Match[str]) -> Found:
    """Return what a pattern found: its group `it`, or all of it."""
    return Found(kind, *match.span("it" if "it" in match.re.groupindex else 0))


def any_case(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for both cases of letters."""
    return re.compile(pattern, re.IGNORECASE)
