"""Everything that a parent reads, piece by piece, with the place where it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.knowledge.answers import side_texts
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.phrases import is_filled
from assistant.knowledge.points import name_of, point_files
from assistant.knowledge.source import CONTENT, TOPIC, ContentFile, read

SCRIPT = "script"
"""Words that a parent sends: they claim no less than an answer does, but the school reads them, which knows its letters."""


@dataclass(frozen=True)
class Passage:
    """One text.

    Attributes:
        kind: "short", "more" or "simple" of a reviewed text; "says", "after_state", "urgent" or SCRIPT of a point; "note" for a
            single sentence; "small" for the words around answers, which rest on no fact.
        name: What a person calls it: "ask_timeline, iep".
        facts: The ids that back it.
        before: What is said right before it, and may have explained its terms.
        own_words: Names that need no explanation here, such as the condition's own.
    """

    file: ContentFile
    place: tuple[str | int, ...]
    kind: str
    name: str
    text: str
    facts: tuple[str, ...] = ()
    before: str = ""
    own_words: tuple[str, ...] = ()

    def finding(self, problem: str, excerpt: str = "") -> Finding:
        """Return a finding at the line of `excerpt` within this text, or else at its beginning."""
        return Finding(self.file.path, self._line_of(excerpt), f"{self.name}, {self.kind}: {problem}")

    def _line_of(self, excerpt: str) -> int:
        start = self.file.line(*self.place)
        wanted = " ".join(excerpt.split()[:3])
        lines = self.file.path.read_text(encoding="utf-8").splitlines()
        length = self.text.count("\n") + len(self.text) // 60 + 3
        for number, line in enumerate(lines[start - 1 : start - 1 + length], start):
            if wanted and wanted in line:
                return number
        return start


def _reviewed(
    file: ContentFile,
    place: tuple[str | int, ...],
    name: str,
    text: Mapping[str, str],
    facts: tuple[str, ...],
    own_words: tuple[str, ...] = (),
) -> Iterator[Passage]:
    """Yield the parts of one text; `more` follows `short` at once, `simple` stands alone."""
    for kind, words in text.items():
        before = text.get("short", "") if kind == "more" else ""
        yield Passage(file, (*place, kind), kind, name, words.strip(), facts, before, own_words)


def of_answer(file: ContentFile) -> Iterator[Passage]:
    """Yield what an answer file says: texts, follow-ups, what surrounds a condition, the notes."""
    intent, data = file.path.parent.name, file.data
    every_fact = tuple(dict.fromkeys(fact for ids in data["facts"].values() for fact in ids))
    for plan, text in data["texts"].items():
        yield from _reviewed(file, ("texts", plan), f"{intent}, {plan}", text, tuple(data["facts"][plan]))
    for (kind, name), part in side_texts(data):
        for plan, text in part["texts"].items():
            facts = tuple(part["facts"].get(plan, ()))
            yield from _reviewed(
                file, (kind, name, "texts", plan), f"{intent} then {name}, {plan}", text, facts
            )
    for plan, text in data.get("by_condition", {}).items():
        facts = tuple(data["facts"].get(plan, every_fact))
        yield from _reviewed(file, ("by_condition", plan), f"{intent}, a condition, {plan}", text, facts)
    for known, sentence in data.get("by_state", {}).items():
        yield Passage(file, ("by_state", known), "note", f"{intent}, state {known}", sentence, every_fact)
    if data.get("caveat"):
        yield Passage(file, ("caveat",), "note", f"{intent}, caveat", data["caveat"], every_fact)
    yield Passage(file, ("title",), "small", f"{intent}, title", data["title"])


def of_point(file: ContentFile) -> Iterator[Passage]:
    """Yield what a point says: its question, the words for each plan, what is urgent, the words to send to the school."""
    name, data = name_of(file.path), file.data
    every_fact = tuple(dict.fromkeys(fact for ids in data["facts"].values() for fact in ids))
    for plan, text in data["says"].items():
        facts = tuple(data["facts"].get(plan, ()))
        yield Passage(file, ("says", plan), "says", f"{name}, {plan}", text.strip(), facts)
    for plan, text in data.get("after_state", {}).items():
        facts = tuple(data["facts"].get(plan, ()))
        yield Passage(file, ("after_state", plan), "after_state", f"{name}, {plan}", text.strip(), facts)
    if data.get("urgent"):
        yield Passage(file, ("urgent",), "urgent", f"{name}, urgent", data["urgent"].strip(), every_fact)
    for plan, text in data.get("script", {}).items():
        facts = tuple(data["facts"].get(plan, data["facts"]["either"]))
        yield Passage(file, ("script", plan), SCRIPT, f"{name}, {plan}", text.strip(), facts)
    yield Passage(file, ("asks",), "small", f"{name}, asks", data["asks"])


def of_conditions(file: ContentFile) -> Iterator[Passage]:
    """Yield what is said about each condition."""
    for number, row in enumerate(file.data):
        own = (row["name"], *row["aliases"], *row.get("aliases_whole", ()))
        facts = tuple(row["facts"])
        for plan, text in row["texts"].items():
            yield from _reviewed(file, (number, "texts", plan), f"{row['id']}, {plan}", text, facts, own)
        for place, support in enumerate(row["supports"]):
            yield Passage(file, (number, "supports", place), "small", row["id"], support, own_words=own)


def of_words(file: ContentFile, *parts: str | int) -> Iterator[Passage]:
    """Yield every string below `parts` of a file of small words."""
    data: Any = file.data
    for part in parts:
        data = data[part]
    yield from _strings(file, parts, data)


def _strings(file: ContentFile, place: tuple[str | int, ...], data: Any) -> Iterator[Passage]:
    if is_filled(data):
        data = data["text"]
    if isinstance(data, str):
        yield Passage(file, place, "small", ".".join(map(str, place)), data)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in ("facts", "reviewed", "review_by"):
                yield from _strings(file, (*place, key), value)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _strings(file, (*place, number), value)


def everything(content: Path = CONTENT) -> list[Passage]:
    """Return all that a parent reads from `content` and from the prompts of the domain beside it."""
    found: list[Passage] = []
    english = content / "en"
    for path in sorted((english / "answers").glob(f"*/{TOPIC}")):
        found += of_answer(read(path))
    for path in point_files(english / "answers"):
        found += of_point(read(path))
    found += of_conditions(read(english / "conditions.yml"))
    glossary = read(english / "glossary.yml")
    for number, row in enumerate(glossary.data):
        own = (row["term"], *row.get("also", ()))
        found.append(
            Passage(glossary, (number, "meaning"), "meaning", row["term"], row["meaning"], own_words=own)
        )
    contacts = read(english / "contacts.yml")
    for number, row in enumerate(contacts.data):
        for field in ("name", "how", "say"):
            if field in row:
                found += _strings(contacts, (number, field), row[field])
    small = [english / f"{name}.yml" for name in ("crisis", "comparison", "feelings", "terms")]
    for path in [*small, *sorted((english / "phrases").glob("*.yml"))]:
        found += of_words(read(path))
    found += of_words(read(content.parent / "domain.yml"), "responses")
    return found
