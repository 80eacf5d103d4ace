"""Whether each state's pack (content/states/TX.yml) can be quoted: sourced, dated sentences, and points that name what is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.letters import Letter
from assistant.knowledge.packs import HELPERS, SAID, Pack
from assistant.knowledge.points import Point
from assistant.knowledge.source import ContentFile

STATES = 52
"""Fifty, the District of Columbia and Puerto Rico."""
FRESH = timedelta(days=365)
"""A rule of a state is read again each year: legislatures meet each year."""
CONFIDENCE = ("high", "medium", "low")
KEYS = frozenset({
    "says", "cite", "source", "official", "official_page", "confidence", "read", "note", "parts",
    "name", "url", "url_checked", "phone", "phone_other", "phone_confidence", "number_source", "address", "office", "email",
    "email_or_form", "serves", "day_type", "day_words", "starts", "ends", "pauses", "age", "ages",
    "from", "to", "rule_text_age", "limit", "limit_basis", "burden", "burden_basis", "run_by", "iep_team", "evaluation_report",
    "sst", "other", "program", "rights_it_ends", "what_it_keeps", "rule", "allowed", "notice",
    "parent_notice", "screening", "what", "needed", "needed_for", "exception",
})  # fmt: skip
"""What a fact may hold: what is said and where it was read, how helpers are reached, and the rule's parts as editors note them."""
UNSAID = {
    "other_help": "DC alone: two more offices that notices must name; no question asks for them yet",
    "discipline_extras": "MI alone, read in a law firm's article: waits for the official page",
}
"""Fields that no point says, with the reason. It only ever gets shorter."""
_NUMBER = re.compile(r"\d+")


def find(file: ContentFile, today: date) -> Iterator[Finding]:
    """Yield what is missing in one state's pack, or cannot be quoted."""
    for field, value in file.data.items():
        for row in value if isinstance(value, list) else [value]:
            if isinstance(row, dict):
                for problem in _problems(field, row, today):
                    yield Finding(file.path, file.line(field), f"{field}: {problem}")


def _problems(field: str, row: Mapping[str, Any], today: date) -> Iterator[str]:
    for key in ("says", "source", "confidence"):
        if not row.get(key):
            yield f"`{key}` is missing. A sentence is said only with where it was read and how sure it is."
    if field not in HELPERS and row.get("confidence") == "high" and not row.get("cite"):
        yield "`cite` is missing. Name the law or the official guide, or write confidence: medium."
    for key in sorted(row.keys() - KEYS):
        yield f"`{key}` is none of {', '.join(sorted(KEYS))}. Correct it."
    if row.get("confidence") not in CONFIDENCE:
        yield f"confidence: {row.get('confidence')!r} is none of {', '.join(CONFIDENCE)}."
    if row.get("confidence") in SAID and row.get("source") == "knowledge":
        yield "nobody has read it anywhere: confidence low, until a source is found."
    day = row.get("read")
    if day != "null" and (read := _read_on(day or "")) is None:
        yield f"read: {day!r} is no day. Write 2026-11-29, or null where the page was not opened."
    elif day != "null" and read is not None and today - read > FRESH:
        yield f"was read on {day}. Read the page again and write the day."
    if field in HELPERS:
        yield from _reach(row)
    for part, says in row.get("parts", {}).items():
        if more := set(_NUMBER.findall(says)) - set(_NUMBER.findall(row.get("says", ""))):
            yield f"parts.{part} says {', '.join(sorted(more))}, and `says` does not. A part says no more than the whole."


def _reach(row: Mapping[str, Any]) -> Iterator[str]:
    if not row.get("name"):
        yield "`name` is missing."
    if (url := row.get("url")) and not re.fullmatch(r"https?://[\w.-]+\.\w+(/\S*)?", url):
        yield f"url: {url!r} does not work as a link."
    if (phone := row.get("phone")) and not re.search(r"\d{3}-\d{3}-\d{4}", phone):
        yield f"phone: {phone!r} is no phone number."


def _read_on(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def find_all(packs: Mapping[str, Pack], folder: Path) -> Iterator[Finding]:
    """Yield a number of states that cannot be."""
    if len(packs) != STATES:
        yield Finding(
            sorted(folder.glob("*.yml"))[0],
            1,
            f"{len(packs)} states, not {STATES}: one is missing or stands twice.",
        )


def find_unknown(
    points: Mapping[str, Point], files: Mapping[str, Path], packs: Collection[Pack]
) -> Iterator[Finding]:
    """Yield fields that a point names and no state has: a slip of the pen, or a rule that nobody knows yet."""
    known = {field for pack in packs for field in pack.facts}
    for name, point in points.items():
        for field in (*point.states, *point.helps):
            if field not in known:
                yield Finding(
                    files[name], 1, f"{name}: no state's pack has {field}. Correct it or take it out."
                )


def find_unsaid(
    points: Mapping[str, Point], letters: Collection[Letter], files: Collection[ContentFile]
) -> Iterator[Finding]:
    """Yield a state's fields that may be said and that no point or letter names: a slip of the pen, or a fact that reaches nobody."""
    named = {field for point in points.values() for field in (*point.states, *point.helps)}
    for letter in letters:
        named.update(letter.helps, *letter.clock.states.values())
    said = {field.partition(".")[0] for field in named} | UNSAID.keys()
    for file in files:
        for field, value in file.data.items():
            rows = value if isinstance(value, list) else [value]
            sayable = any(isinstance(row, dict) and row.get("confidence") in SAID for row in rows)
            if sayable and field not in said:
                yield Finding(
                    file.path,
                    file.line(field),
                    f"{field}: no point says it. Correct the name, or name it in `states` or `helps` of a point.",
                )
