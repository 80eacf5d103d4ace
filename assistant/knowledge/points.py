"""The points of content/en/answers/: one file a question that parents ask within a topic."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema

from assistant.knowledge.approval import digest_of, lacks_approval, not_approved
from assistant.knowledge.facts import Facts
from assistant.knowledge.organisation import own_words
from assistant.knowledge.source import ANSWERS, CONTENT, TOPIC, ContentError, ContentFile, read

OLDEST = 99
"""Stands for "and older"."""
_WORDED = ("asks", "says", "states", "after_state", "helps", "script", "urgent")
"""What was approved: the words, and which words of a state stand before and after them."""
_SCHEMA = CONTENT / "en" / "point.schema.json"


@dataclass(frozen=True)
class Point:
    """One question within a topic, and its answer.

    Attributes:
        name: `topic/point`, its intent.
        says: Words by plan: "504", "iep", "none" where they differ, "either" always.
        states: Fields of a state's pack that answer it; the first that the state has is said before `says`.
        after_state: Words by plan that follow the state's own rule in place of `says`; a plan without goes on with `says`.
        helps: Fields of a state's pack that name who helps; all that the state has are said after `says`.
        urgent, urgent_first: What cannot wait, "" for nothing; whether it is said before the answer: a child may be in danger now.
        letter: The letter of content/en/letters/ that belongs to it, offered below the answer; empty where there is none.
        then: Points that parents ask next; also `book_consultation`.
        ages: The youngest and the oldest child that it is meant for, in whole years, both included.
        writers: Who asks it: "grandparent", "student" and the like; "parent" where "you" means the child's own parent alone;
            empty where anybody may ask it.
        at_other_ages: Points that are the same question for a child of another age.
        status: "live", "draft" (said nowhere yet) or "off" (a safe sentence is said instead).
    """

    name: str
    asks: str
    says: Mapping[str, str]
    facts: Mapping[str, tuple[str, ...]]
    contact: Mapping[str, str]
    then: tuple[str, ...]
    status: str
    approved_by: str
    approved_on: date
    review_by: date
    states: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    after_state: Mapping[str, str] = field(default_factory=dict)
    script: Mapping[str, str] | None = None
    urgent: str = ""
    urgent_first: bool = False
    letter: str = ""
    ages: tuple[int, int] = (0, OLDEST)
    writers: tuple[str, ...] = ()
    at_other_ages: tuple[str, ...] = ()
    changed: bool = False
    """Whether the words are others than those that were approved."""

    @property
    def topic(self) -> str:
        """The intent of its topic."""
        return self.name.partition("/")[0]

    @property
    def by_state(self) -> bool:
        """Whether a known state changes what is said."""
        return bool(self.states or self.helps)

    def meant_for(self, ages: tuple[int, int] | None, writer: str | None = None) -> bool:
        """Whether it is meant for a child of these ages in years, the youngest and the oldest that it may be, and for who writes; None for not known."""
        of_age = ages is None or (self.ages[0] <= ages[1] and ages[0] <= self.ages[1])
        return of_age and (writer is None or not self.writers or writer in self.writers)

    def plan_for(self, plan: str | None) -> str:
        """Return the key of the words that serve `plan` ("504", "iep", "none" or None)."""
        return plan if plan and plan in self.says else "either"

    def script_for(self, plan: str | None) -> str:
        """Return the words to send for `plan`; empty where there are none for it."""
        script = self.script or {}
        return script.get(plan or "either") or script.get("either", "")


def digest(data: Mapping[str, Any]) -> str:
    """Return the digest of a point file's words: other words, another digest."""
    worded = {key: data[key] for key in _WORDED if key in data}
    return digest_of(worded)


def point_files(answers: Path = ANSWERS) -> list[Path]:
    """Return the files of all points, in order."""
    return sorted(path for path in answers.glob("*/*.yml") if path.name != TOPIC)


def name_of(path: Path) -> str:
    """Return the intent of the point that a file holds."""
    return f"{path.parent.name}/{path.stem}"


def load_points(facts: Facts, answers: Path = ANSWERS) -> dict[str, Point]:
    """Read all points, by intent.

    Raises:
        ContentError: A file breaks the schema, or names a fact that isn't there.
    """
    validator = jsonschema.Draft7Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))
    found, words = {}, own_words()
    for path in point_files(answers):
        file = read(path)
        if (problem := next(_faults(file, validator), None)) or (
            problem := next(_unbacked(file, facts), None)
        ):
            raise problem
        found[name_of(path)] = _point(file, words)
    return found


def faults(file: ContentFile) -> Iterator[ContentError]:
    """Yield every fault of form of a point's file."""
    return _faults(file, jsonschema.Draft7Validator(json.loads(_SCHEMA.read_text(encoding="utf-8"))))


def _faults(file: ContentFile, validator: jsonschema.Draft7Validator) -> Iterator[ContentError]:
    for problem in validator.iter_errors(file.data):
        if lacks_approval(problem):
            yield file.error(not_approved(name_of(file.path)))
            continue
        where = ".".join(map(str, problem.absolute_path)) or "the file"
        yield file.error(
            f"{where}: {problem.message[:200]}. content/en/point.schema.json says what belongs here.",
            *problem.absolute_path,
        )


def _unbacked(file: ContentFile, facts: Facts) -> Iterator[ContentError]:
    for plan in file.data["says"]:
        if plan not in file.data["facts"]:
            yield file.error(f"facts: nothing backs the words for {plan}. List their facts.", "facts")
    for plan, ids in file.data["facts"].items():
        for number, fact in enumerate(ids):
            if fact not in facts:
                yield file.error(
                    f"facts.{plan}: content/facts has no {fact}. Correct the id or add the fact.",
                    "facts", plan, number,
                )  # fmt: skip


def _filled(file: ContentFile, words: Mapping[str, str]) -> dict[str, str]:
    """Return the words by plan; {minutes} and the like are filled from content/consultation.yml."""
    said = {}
    for plan, text in file.data["says"].items():
        try:
            said[plan] = " ".join(text.split()).format_map(words)
        except (KeyError, ValueError) as error:
            known = ", ".join(f"{{{word}}}" for word in words)
            raise file.error(f"{error} in braces means nothing here. Use {known}.", "says", plan) from None
    return said


def _point(file: ContentFile, words: Mapping[str, str]) -> Point:
    data, approved = file.data, file.data["approved"]
    try:
        on, review_by = date.fromisoformat(approved["on"]), date.fromisoformat(approved["review_by"])
    except ValueError as error:
        raise file.error(f"approved: {error}. Write a day as 2026-11-24.", "approved") from None
    return Point(
        name=name_of(file.path),
        asks=data["asks"],
        says=_filled(file, words),
        facts={plan: tuple(ids) for plan, ids in data["facts"].items()},
        contact=data["contact"],
        then=tuple(data["then"]),
        status=data["status"],
        approved_by=approved["by"],
        approved_on=on,
        review_by=review_by,
        states=tuple(data.get("states", ())),
        helps=tuple(data.get("helps", ())),
        after_state={plan: " ".join(text.split()) for plan, text in data.get("after_state", {}).items()},
        script={plan: text.strip() for plan, text in data.get("script", {}).items()},
        urgent=" ".join(data.get("urgent", "").split()),
        urgent_first=data.get("urgent_first") == "true",
        changed=approved["digest"] != digest(data),
        letter=data.get("letter", ""),
        ages=_ages(data.get("ages", "0-")),
        writers=tuple(data.get("writers", ())),
        at_other_ages=tuple(data.get("at_other_ages", ())),
    )


def _ages(written: str) -> tuple[int, int]:
    """Return the youngest and the oldest age of "3-5" or "13-"."""
    youngest, _, oldest = written.partition("-")
    return int(youngest), int(oldest or OLDEST)
