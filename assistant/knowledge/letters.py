"""The letters of content/en/letters/: to whom, what is asked, body for each plan, law, clock."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import jsonschema

from assistant.knowledge.approval import digest_of, lacks_approval, not_approved
from assistant.knowledge.facts import Facts
from assistant.knowledge.source import CONTENT, ContentError, ContentFile, read

LETTER_BLANKS = ("letter_one", "letter_two", "letter_three", "letter_four")
"""The steps of the letter's form, each for one of its blanks (slots of domain.yml)."""

LETTERS = CONTENT / "en" / "letters"
PARTS = CONTENT / "en" / "letter_parts.yml"
SHORT_MARK = "~ "
"""Begins a paragraph that gives way when the letter shall be shorter."""
_SCHEMA = CONTENT / "en" / "letter.schema.json"
_UNWORDED = ("status", "approved")
FIELD = re.compile(r"\{(\w+)\}")
T = TypeVar("T")


@dataclass(frozen=True)
class Blank:
    """One thing that a letter needs from the parent.

    Attributes:
        shown: What stands in brackets where nobody filled it.
        kind: "text", "child", "plan", "state", "past_day" or "coming_day".
        ask: How it is asked for in the talk; empty where it is left to the parent.
    """

    shown: str
    kind: str = "text"
    ask: str = ""


@dataclass(frozen=True)
class Clock:
    """What a letter starts.

    Attributes:
        says: Words by plan; {from} and {until} are days.
        states: By plan, fields of a state's pack; the first that it has is said before.
        days: How many are counted; negative ones backwards, None where nothing is counted.
        counts: "calendar", "business" or "school".
        of: The blank that holds the day to count from; empty for today.
    """

    says: Mapping[str, str]
    states: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"either": ()})
    days: int | None = None
    counts: str = "calendar"
    of: str = ""


@dataclass(frozen=True)
class Letter:
    """One letter, or a checklist in place of one that needs a lawyer.

    Attributes:
        to, copy: Roles of content/en/contacts.yml by plan.
        subject, expect, avoid: Words by plan.
        asks: Blanks asked for in the talk, in order, at most four.
        blanks: Its own blanks and those of all letters, by name.
        lines: Sentences that stand only where their blank was filled.
        body: By plan; paragraphs apart by an empty line.
        law: Ids of facts by plan.
        answer_in: Weekdays that the letter gives for an answer, None where it names no day.
    """

    id: str
    name: str
    kind: str
    to: Mapping[str, str]
    copy: Mapping[str, tuple[str, ...]]
    subject: Mapping[str, str]
    asks: tuple[str, ...]
    blanks: Mapping[str, Blank]
    lines: Mapping[str, str]
    body: Mapping[str, str]
    law: Mapping[str, tuple[str, ...]]
    clock: Clock
    expect: Mapping[str, str]
    avoid: Mapping[str, str]
    status: str
    approved_on: date
    warning: str = ""
    not_for: Mapping[str, str] = field(default_factory=dict)
    helps: tuple[str, ...] = ()
    answer_in: int | None = None
    office: bool = False

    @property
    def is_checklist(self) -> bool:
        """Whether nothing is filled in: the parent gets a list and a warning."""
        return self.kind == "checklist"

    @property
    def by_plan(self) -> bool:
        """Whether the plan changes its words."""
        return len(self.body) > 1


@dataclass(frozen=True)
class Parts:
    """What all letters share.

    Attributes:
        blanks: Blanks that any letter may have.
        plan_words: How a letter names a plan.
        open, open_office, close: How a letter begins, to a person and to an office, and ends.
    """

    blanks: Mapping[str, Blank]
    plan_words: Mapping[str, str]
    open: str
    open_office: str
    close: str


def for_plan(by_plan: Mapping[str, T], plan: str | None) -> T:
    """Return what serves `plan` ("504", "iep", "none" or None), else what serves any."""
    return by_plan[plan] if plan and plan in by_plan else by_plan["either"]


def letter_files(folder: Path = LETTERS) -> list[Path]:
    """Return the files of all letters, in order."""
    return sorted(folder.glob("*.yml"))


def digest(data: Mapping[str, Any]) -> str:
    """Return the digest of a letter's words: other words, another digest."""
    return digest_of({key: value for key, value in data.items() if key not in _UNWORDED})


def load_parts(path: Path = PARTS) -> Parts:
    """Read what all letters share.

    Raises:
        ContentError: A part is missing.
    """
    file = read(path)
    for name in ("blanks", "plan_words", "open", "open_office", "close"):
        if not file.data.get(name):
            raise file.error(f"`{name}` is missing. Write it.")
    return Parts(
        {name: Blank(**row) for name, row in file.data["blanks"].items()},
        file.data["plan_words"],
        *(file.data[name].strip() for name in ("open", "open_office", "close")),
    )


def load_letters(facts: Facts, parts: Parts, folder: Path = LETTERS) -> dict[str, Letter]:
    """Read all letters, by id.

    Raises:
        ContentError: A file breaks the schema, has a blank that nothing declares, or names a fact that isn't there.
    """
    found = {}
    for path in letter_files(folder):
        file = read(path)
        if problem := next(faults(file, parts, facts), None):
            raise problem
        found[path.stem] = _letter(file, parts)
    return found


def faults(file: ContentFile, parts: Parts, facts: Facts) -> Iterator[ContentError]:
    """Yield every fault of form of a letter's file, then blanks and facts that are not there."""
    broken = list(_shape(file))
    yield from broken
    if broken:
        return
    data, blanks = file.data, {*parts.blanks, *file.data.get("blanks", {})}
    lines = data.get("lines", {})
    known = blanks | {f"{name}_line" for name in lines}
    for plan, text in data["body"].items():
        for name in FIELD.findall(text):
            if name not in known:
                yield file.error(
                    f"body.{plan}: no blank {name} is declared. Add it to `blanks`.", "body", plan
                )
    for name in (*data.get("asks", ()), *lines):
        if name not in blanks:
            yield file.error(f"asks, lines: no blank {name} is declared. Add it to `blanks`.", "blanks")
    for name in data.get("asks", ()):
        row = data.get("blanks", {}).get(name)
        if not (row.get("ask") if row else parts.blanks[name].ask):
            yield file.error(
                f"asks: the blank {name} has no `ask`. Write how it is asked for.", "blanks", name
            )
    for plan, ids in data["law"].items():
        for number, fact in enumerate(ids):
            if fact not in facts:
                yield file.error(
                    f"law.{plan}: content/facts has no {fact}. Correct the id or add the fact.",
                    "law",
                    plan,
                    number,
                )


def _shape(file: ContentFile) -> Iterator[ContentError]:
    validator = jsonschema.Draft7Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))
    for problem in validator.iter_errors(file.data):
        if lacks_approval(problem):
            yield file.error(not_approved(f"letters/{file.path.stem}"))
            continue
        where = ".".join(map(str, problem.absolute_path)) or "the file"
        yield file.error(
            f"{where}: {problem.message[:200]}. content/en/letter.schema.json says what belongs here.",
            *problem.absolute_path,
        )


def state_fields(clock: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    """Return the fields of a state's pack that a clock names, by plan."""
    named = clock.get("states", ())
    return named if isinstance(named, Mapping) else {"either": named}


def _by_plan(words: str | Mapping[str, str]) -> Mapping[str, str]:
    """Return words by plan; a file may give one text for all."""
    return {"either": words} if isinstance(words, str) else words


def _letter(file: ContentFile, parts: Parts) -> Letter:
    data = file.data
    clock = data["clock"]
    own = {name: Blank(**row) for name, row in data.get("blanks", {}).items()}
    return Letter(
        id=file.path.stem,
        name=data["name"],
        kind=data["kind"],
        to=data["to"],
        copy={plan: tuple(roles) for plan, roles in data["copy"].items()},
        subject=_by_plan(data.get("subject", "")),
        asks=tuple(data.get("asks", ())),
        blanks={**parts.blanks, **own},
        lines=data.get("lines", {}),
        body={plan: text.strip() for plan, text in data["body"].items()},
        law={plan: tuple(ids) for plan, ids in data["law"].items()},
        clock=Clock(
            {plan: text for plan, text in clock.items() if plan in ("504", "iep", "none", "either")},
            {plan: tuple(fields) for plan, fields in state_fields(clock).items()},
            int(clock["days"]) if "days" in clock else None,
            clock.get("counts", "calendar"),
            clock.get("of", ""),
        ),
        expect=_by_plan(data["expect"]),
        avoid=_by_plan(data["avoid"]),
        status=data["status"],
        approved_on=date.fromisoformat(data["approved"]["on"]),
        warning=data.get("warning", ""),
        not_for=data.get("not_for", {}),
        helps=tuple(data.get("helps", ())),
        answer_in=int(data["answer_in"]) if "answer_in" in data else None,
        office=data.get("office") == "true",
    )
