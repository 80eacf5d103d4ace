"""Whether each point can be read at a glance, is approved as it stands, can be reached, and leads on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.facts import Facts
from assistant.knowledge.points import Point, digest, faults, name_of
from assistant.knowledge.source import ContentFile

FEWEST_WORDS, MOST_WORDS = 20, 60
MOST_WORDS_A_SCRIPT = 70
FEWEST_WORDINGS = 8
"""Training lines of a point: with four the right one is found in .87, with eight in .95 of another hand's messages."""


def find(
    file: ContentFile,
    points: Mapping[str, Point],
    roles: Collection[str],
    facts: Facts,
    today: date,
) -> Iterator[object]:
    """Yield what is wrong with one point's file."""
    shape = list(faults(file))
    yield from shape
    if shape:
        return
    yield from _words(file)
    yield from _facts(file, facts)
    for plan, role in file.data["contact"].items():
        if role not in roles:
            yield _finding(
                file, f"content/en/contacts.yml has no role {role}. Name one that it lists.", "contact", plan
            )
    yield from _leads_on(file, points)
    yield from _approval(file, today)


def _words(file: ContentFile) -> Iterator[Finding]:
    for plan, text in file.data["says"].items():
        words = len(text.split())
        if not FEWEST_WORDS <= words <= MOST_WORDS:
            yield _finding(file, f"{words} words, {FEWEST_WORDS} to {MOST_WORDS}.", "says", plan)
    for plan, text in file.data.get("script", {}).items():
        words = len(text.split())
        if words > MOST_WORDS_A_SCRIPT:
            yield _finding(file, f"{words} words to send, {MOST_WORDS_A_SCRIPT} at most.", "script", plan)


def _facts(file: ContentFile, facts: Facts) -> Iterator[Finding]:
    for plan, ids in file.data["facts"].items():
        for fact in ids:
            if fact in facts and facts[fact].confidence == "low":
                yield _finding(
                    file, f"{fact} is of low confidence: source it before a parent hears it.", "facts", plan
                )


def _leads_on(file: ContentFile, points: Mapping[str, Point]) -> Iterator[Finding]:
    live = {name for name, point in points.items() if point.status != "draft"}
    for number, name in enumerate(file.data["then"]):
        if name == name_of(file.path):
            yield _finding(file, "a point does not lead to itself.", "then", number)
        elif "/" in name and name not in live:
            yield _finding(file, f"there is no live point {name}. Name another.", "then", number)
    for number, name in enumerate(file.data.get("at_other_ages", ())):
        if name not in live:
            yield _finding(file, f"there is no live point {name}. Name another.", "at_other_ages", number)


def _approval(file: ContentFile, today: date) -> Iterator[Finding]:
    approved, run = file.data["approved"], f"then run `make approve id={name_of(file.path)}`."
    if approved["digest"] != digest(file.data):
        said = f"the words changed since {approved['by']} approved them. Read them again, {run}"
        yield _finding(file, said, "approved")
    if date.fromisoformat(approved["review_by"]) < today:
        said = f"its review was due on {approved['review_by']}. Read it against its facts, {run}"
        yield _finding(file, said, "approved")


def find_unreached(
    points: Mapping[str, Point],
    wordings: Mapping[str, int],
    files: Mapping[str, Path],
    places: Mapping[str, tuple[Path, int]],
) -> Iterator[Finding]:
    """Yield points with too few wordings to be told from their neighbours, and wordings of points that are not there.

    Args:
        points: All points, by intent.
        wordings: How many training lines each point has.
        files: The file of each point.
        places: File and line of the first wording of each intent.
    """
    for name, point in points.items():
        if point.status != "draft" and wordings.get(name, 0) < FEWEST_WORDINGS:
            yield Finding(
                files[name],
                1,
                f"data/nlu/{point.topic}.yml has {wordings.get(name, 0)} wordings of it, {FEWEST_WORDINGS} at least: "
                "docs/write/teach-a-wording.md.",
            )
    for name in wordings:
        if name.startswith("ask_") and "/" in name and name not in points:
            path, line = places[name]
            yield Finding(
                path, line, f"there is no point {name}. Write its file, or give its wordings to another."
            )


def _finding(file: ContentFile, problem: str, *where: str | int) -> Finding:
    place = ".".join(map(str, where))
    return Finding(file.path, file.line(*where), f"{name_of(file.path)}, {place}: {problem}")
