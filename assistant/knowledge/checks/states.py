"""Whether content/states.yml can be quoted: all states, numbers with their source, addresses that work as links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.source import ContentFile

STATES = 51
"""Fifty and the District of Columbia."""
DAYS = ("calendar days", "school days", "business days", "school working days", "instructional days")


def find(file: ContentFile) -> Iterator[Finding]:
    """Yield what is missing or cannot be quoted."""
    rows = file.data["states"]
    if len({row["state"] for row in rows}) != STATES:
        yield Finding(
            file.path,
            file.line("states"),
            f"{len(rows)} states, not {STATES}: one is missing or stands twice.",
        )
    letters: set[str] = set()
    for number, row in enumerate(rows):
        for problem, *place in _problems(row, letters):
            yield Finding(file.path, file.line("states", number, *place), f"{row['state']}: {problem}")
        letters.add(row["abbr"])


def _problems(row: dict[str, Any], letters: set[str]) -> Iterator[tuple[str, ...]]:
    if not re.fullmatch(r"[A-Z]{2}", row["abbr"]) or row["abbr"] in letters:
        yield "abbr: write the two letters of the mail, each once.", "abbr"
    timeline, center = row.get("evaluation_timeline", {}), row.get("pti", {})
    if days := timeline.get("days"):
        if not re.fullmatch(r"\d{1,3}", days):
            yield (
                f"days: {days!r} is no number. Leave days out where no single number was sourced.",
                "evaluation_timeline",
                "days",
            )
        for field in ("day_type", "clock", "cite", "source"):
            if not timeline.get(field):
                yield f"a number of days without `{field}`. Say where it was read.", "evaluation_timeline"
        if timeline.get("day_type") not in (*DAYS, None):
            yield f"day_type: write one of {', '.join(DAYS)}.", "evaluation_timeline", "day_type"
    website = center.get("website")
    if website and not (center.get("name") and re.fullmatch(r"https://[\w.-]+\.\w+(/\S*)?", website)):
        yield (
            "pti: write the center's name and an address that begins with https://, or leave both out.",
            "pti",
        )
    if (phone := center.get("phone")) and not re.fullmatch(r"[\d() .x/+-]{7,}", phone):
        yield f"phone: {phone!r} is no phone number.", "pti", "phone"
