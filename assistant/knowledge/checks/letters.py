"""Whether each letter can be sent as it is: readable, asserts nothing, goes to somebody, approved, and counts right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.points import FEWEST_WORDINGS
from assistant.knowledge.checks.reading import grade
from assistant.knowledge.checks.scripts import CLAIM
from assistant.knowledge.facts import Facts
from assistant.knowledge.letters import FIELD, SHORT_MARK, Parts, digest, faults, state_fields
from assistant.knowledge.packs import Pack
from assistant.knowledge.points import Point
from assistant.knowledge.source import ContentFile

HIGHEST_GRADE = 8.0
MOST_WORDS = 220
INTENT = "write_letter/"
_CITE = re.compile(r"\(?(?:under )?\d+ CFR [\d.,() a-z]*\d(?:\([a-z]\))?\)?(?: (?:and|to) \d+\.\d+)*")
_KNOWN = frozenset({"child", "grade", "school", "parent", "date", "plan", "state"})
"""Blanks that stand for who, not for what happened: a sentence that has only these may still assert."""
_PLAN_TOLD = re.compile(r"^My child has (?:an IEP|a 504 plan)\.$")
"""Said only in the body of a plan that the parent told."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


def find(
    file: ContentFile,
    parts: Parts,
    facts: Facts,
    roles: Collection[str],
    packs: Collection[Pack],
    today: date,
) -> Iterator[object]:
    """Yield what is wrong with one letter's file."""
    broken = list(faults(file, parts, facts))
    yield from broken
    if broken:
        return
    yield from _bodies(file)
    yield from _receivers(file, roles)
    yield from _law(file, facts, packs)
    approved = file.data["approved"]
    if approved["digest"] != digest(file.data) or date.fromisoformat(approved["review_by"]) < today:
        remedy = f"Read it, then run `make approve id=letters/{file.path.stem}`."
        yield _finding(
            file, f"its words changed since they were approved, or its review is due. {remedy}", "approved"
        )


def _bodies(file: ContentFile) -> Iterator[Finding]:
    for plan, text in file.data["body"].items():
        yield from _words(file, text, plan)
        if file.data["kind"] == "letter":
            for claim in claims(text, plan):
                said = f"asserts {claim!r}, which the parent may not have said. Leave a blank."
                yield _finding(file, said, "body", plan)


def _receivers(file: ContentFile, roles: Collection[str]) -> Iterator[Finding]:
    for place in ("to", "copy"):
        for plan, named in file.data[place].items():
            for role in [named] if isinstance(named, str) else named:
                if role not in roles:
                    said = f"content/en/contacts.yml has no role {role}. Name one that it lists."
                    yield _finding(file, said, place, plan)


def _law(file: ContentFile, facts: Facts, packs: Collection[Pack]) -> Iterator[Finding]:
    known = {name for pack in packs for name in pack.facts}
    for name in {name for named in state_fields(file.data["clock"]).values() for name in named}:
        if name not in known:
            yield _finding(file, f"no state's pack has {name}. Correct it or take it out.", "clock", "states")
    for plan, ids in file.data["law"].items():
        for fact in ids:
            if facts[fact].confidence == "low":
                yield _finding(file, f"{fact} is of low confidence: source it first.", "law", plan)


def find_unknown(
    points: Mapping[str, Point], files: Mapping[str, Path], letters: Collection[str]
) -> Iterator[Finding]:
    """Yield letters that a point offers and nobody wrote."""
    for name, point in points.items():
        if point.letter and point.letter not in letters:
            yield Finding(
                files[name], 1, f"{name}: content/en/letters has no {point.letter}. Name one that is there."
            )


def find_unreached(
    letters: Mapping[str, object], wordings: Mapping[str, int], nlu: Path
) -> Iterator[Finding]:
    """Yield letters with too few wordings to be told from their neighbours, and wordings of letters that are not there."""
    for name in letters:
        if (number := wordings.get(f"{INTENT}{name}", 0)) < FEWEST_WORDINGS:
            yield Finding(nlu, 1, f"{number} wordings of {INTENT}{name}, {FEWEST_WORDINGS} at least.")
    for name in wordings:
        if name.startswith(INTENT) and name.removeprefix(INTENT) not in letters:
            yield Finding(
                nlu,
                1,
                f"there is no letter {name.removeprefix(INTENT)}. Write its file, or take its wordings out.",
            )


def claims(text: str, plan: str) -> Iterator[str]:
    """Yield sentences of a letter that say what happened in a family without a blank for it."""
    for sentence in _SENTENCE.split(text.replace(SHORT_MARK, "")):
        blank = {name for name in FIELD.findall(sentence)} - _KNOWN
        told = plan in ("504", "iep")
        if CLAIM.search(sentence) and not blank and not (told and _PLAN_TOLD.match(sentence)):
            yield sentence


def _words(file: ContentFile, text: str, plan: str) -> Iterator[Finding]:
    bare = _CITE.sub("", FIELD.sub("it", text.replace(SHORT_MARK, "")))
    found = grade(bare)
    if found > HIGHEST_GRADE:
        yield _finding(
            file, f"reading grade {found:.1f}, {HIGHEST_GRADE:g} at most. Use shorter words.", "body", plan
        )
    if (words := len(text.split())) > MOST_WORDS:
        yield _finding(file, f"{words} words, {MOST_WORDS} at most.", "body", plan)


def _finding(file: ContentFile, problem: str, *where: str) -> Finding:
    return Finding(file.path, file.line(*where), f"letters/{file.path.stem}, {'.'.join(where)}: {problem}")
