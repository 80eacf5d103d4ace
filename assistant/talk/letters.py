"""Writes a letter for this talk: fills what is known, marks what is blank, makes it shorter, changes a part.

Nothing is asserted that the parent did not say: a blank that nobody filled stands in [brackets].
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

from assistant.knowledge.letters import FIELD, SHORT_MARK, Letter, for_plan
from assistant.knowledge.library import Library
from assistant.talk.days import after, spelled

MOST_CHARACTERS = 700
"""Of one blank: a letter that nobody reads helps nobody."""
MOST_ADDED = 6
_ENDS = re.compile(r"[.!?:;)\"”]$")
_LIST_ITEM = re.compile(r"^- ")


@dataclass(frozen=True)
class Draft:
    """A letter in the making, as the talk keeps it.

    Attributes:
        letter: Its id.
        plan: "504", "iep", "none" or None (not known).
        values: What the parent gave, by blank; a day as 2026-11-03.
        added: Sentences that the parent wanted added, in order.
        short: Whether it shall be shorter.
    """

    letter: str
    plan: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    short: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the draft as a slot holds it."""
        return {**asdict(self), "values": dict(self.values), "added": list(self.added)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` wrote."""
        return cls(
            data["letter"], data.get("plan"), dict(data["values"]), tuple(data["added"]), data["short"]
        )

    def with_value(self, blank: str, value: str) -> Draft:
        """Return the draft with a blank filled; an empty value empties it."""
        kept = {name: text for name, text in self.values.items() if name != blank}
        return replace(self, values=kept | ({blank: value} if value else {}))

    def with_added(self, sentence: str) -> Draft:
        """Return the draft with a sentence of the parent's at its end."""
        return replace(self, added=(*self.added, as_sentence(sentence))[-MOST_ADDED:])


@dataclass(frozen=True)
class Written:
    """A letter as it can be sent.

    Attributes:
        to, copy: Names of roles.
        blanks: What is still to fill in, as it stands in brackets.
    """

    id: str
    name: str
    subject: str
    body: str
    to: str
    copy: tuple[str, ...]
    blanks: tuple[str, ...]


def begun(letter: Letter, plan: str | None, known: Mapping[str, str]) -> Draft:
    """Return a new draft with what the talk already knows of its blanks."""
    return Draft(
        letter.id, plan, {name: text for name, text in known.items() if name in letter.blanks and text}
    )


def to_ask(letter: Letter, draft: Draft) -> list[str]:
    """Return the blanks to ask for, in order; what is known is not asked again."""
    known = {*draft.values, *(["plan"] if draft.plan else [])}
    return [name for name in letter.asks if name not in known]


def as_sentence(text: str) -> str:
    """Return what a parent typed as it stands in a letter: one line, a capital first, a full stop last.

    >>> as_sentence("he cries every  morning")
    'He cries every morning.'
    """
    line = " ".join(text.split())[:MOST_CHARACTERS].strip(" ,")
    if not line:
        return ""
    line = line[0].upper() + line[1:]
    return line if _ENDS.search(line) else f"{line}."


def as_day(value: str) -> str:
    """Return a blank's day as a letter names it; what is no day stays as it was typed."""
    try:
        return spelled(date.fromisoformat(value))
    except ValueError:
        return value


def written(library: Library, draft: Draft, today: date) -> Written:
    """Return the letter that a draft makes."""
    letter, parts = library.letters[draft.letter], library.letter_parts
    fields = _fields(library, letter, draft, today)
    blanks: list[str] = []

    def fill(text: str) -> str:
        def one(found: re.Match[str]) -> str:
            name = found[1]
            if name in fields:
                return fields[name]
            shown = f"[{letter.blanks[name].shown}]"
            if shown not in blanks:
                blanks.append(shown)
            return shown

        return FIELD.sub(one, text)

    opening = fill(parts.open_office if letter.office else parts.open)
    body = _paragraphs(for_plan(letter.body, draft.plan), draft.short)
    said = [filled for paragraph in body if (filled := fill(paragraph).strip())]
    closing = fill(parts.close)
    return Written(
        letter.id,
        letter.name,
        for_plan(letter.subject, draft.plan),
        "\n\n".join([opening, *said, *draft.added, closing]),
        library.contacts[for_plan(letter.to, draft.plan)].name,
        tuple(library.contacts[role].name for role in for_plan(letter.copy, draft.plan)),
        tuple(blanks),
    )


def _fields(library: Library, letter: Letter, draft: Draft, today: date) -> dict[str, str]:
    """Return what fills the fields of a letter; a line whose blank is empty becomes nothing."""
    filled = {"date": spelled(today)}
    if letter.answer_in is not None:
        filled["answer_by"] = spelled(after(today, letter.answer_in, "business"))
    if draft.plan in library.letter_parts.plan_words:
        filled["plan"] = library.letter_parts.plan_words[draft.plan or ""]
    for name, value in draft.values.items():
        kind = letter.blanks[name].kind if name in letter.blanks else "text"
        filled[name] = as_day(value) if kind in ("past_day", "coming_day") else value
    for name, text in letter.lines.items():
        value = filled.get(name, "")
        filled[f"{name}_line"] = text.replace(f"{{{name}}}", value) if value else ""
    return filled


def _paragraphs(body: str, short: bool) -> list[str]:
    """Return the paragraphs of a body, each one line, lists one line an item; the spare ones left out where it shall be short."""
    found = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        if paragraph.startswith(SHORT_MARK):
            if short:
                continue
            paragraph = paragraph.removeprefix(SHORT_MARK)
        lines: list[str] = []
        for line in map(str.strip, paragraph.splitlines()):
            if lines and not _LIST_ITEM.match(line):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
        found.append("\n".join(lines))
    return found


def can_be_shorter(library: Library, draft: Draft) -> bool:
    """Whether a shorter form says anything less."""
    body = for_plan(library.letters[draft.letter].body, draft.plan)
    return not draft.short and f"\n{SHORT_MARK}" in body


def clock_words(library: Library, draft: Draft, state: str | None, today: date) -> str:
    """Return what a letter starts: the state's own rule first, then the federal one with its day counted."""
    letter = library.letters[draft.letter]
    clock, pack = letter.clock, library.packs.get(state or "")
    named = for_plan(clock.states, draft.plan)
    only = None if draft.plan in clock.states else draft.plan  # a list of the plan's own is meant as it is
    own = pack.first(named, only) if pack else None
    text = _counted(for_plan(clock.says, draft.plan), letter, draft, today)
    helpers = " ".join(fact.says for fact in pack.all(letter.helps)) if pack else ""
    rule = f"{state}: {own.says}" if own else ""
    return " ".join(part for part in (rule, text, helpers) if part)


def _counted(text: str, letter: Letter, draft: Draft, today: date) -> str:
    """Return the words with {from} and {until}; sentences with a day that is not known are left out."""
    clock, start = letter.clock, today
    if clock.of:
        try:
            start = date.fromisoformat(draft.values.get(clock.of, ""))
        except ValueError:
            return " ".join(part for part in re.split(r"(?<=[.!?])\s+", text) if "{" not in part)
    if clock.days is None:
        return text
    return text.replace("{from}", spelled(start)).replace(
        "{until}", spelled(after(start, clock.days, clock.counts))
    )
