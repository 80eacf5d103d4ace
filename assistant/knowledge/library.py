"""Everything that content/ holds, read once."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.knowledge.answers import Answer, load_answers
from assistant.knowledge.conditions import Condition, load_conditions
from assistant.knowledge.contacts import Contact, load_contacts
from assistant.knowledge.facts import Facts
from assistant.knowledge.glossary import Term, load_glossary
from assistant.knowledge.letters import Letter, Parts, load_letters, load_parts
from assistant.knowledge.packs import Pack, load_packs
from assistant.knowledge.points import Point, load_points
from assistant.knowledge.source import CONTENT, content_digest, read, topic_file
from assistant.knowledge.suggestions import Suggestions, load_suggestions


@dataclass(frozen=True)
class Library:
    """The knowledge of the assistant."""

    facts: Facts
    answers: Mapping[str, Answer]
    points: Mapping[str, Point]
    conditions: Mapping[str, Condition]
    contacts: Mapping[str, Contact]
    glossary: Mapping[str, Term]
    packs: Mapping[str, Pack]
    letters: Mapping[str, Letter]
    letter_parts: Parts
    crisis: Mapping[str, Any]
    comparison: Mapping[str, Any]
    feelings: Mapping[str, Any]
    terms: Mapping[str, Any]
    suggestions: Suggestions = field(default_factory=Suggestions)
    digest: str = ""
    """Of all files: other words, another digest."""

    @functools.cached_property
    def with_points(self) -> frozenset[str]:
        """The topics that have points."""
        return frozenset(point.topic for point in self.points.values())

    def is_about(self, intent: str | None, kind: str) -> bool:
        """Say whether a topic's file says that it is of this kind; see `about` in content/en/topic.schema.json."""
        answer = self.answers.get(intent or "")
        return answer is not None and answer.about == kind


_reading = threading.Lock()
_library: Library | None = None


def library() -> Library:
    """Return the process's one library: what is said now.

    Raises:
        ContentError: A content file is broken; the text names file, line and remedy.
    """
    global _library
    if _library is None:
        with _reading:
            if _library is None:
                _library = load_library()
    return _library


def change_library(new: Library) -> None:
    """Let this process say `new` from the next turn on."""
    global _library
    _library = new


def load_library() -> Library:
    """Read all of it anew.

    Raises:
        ContentError: A content file is broken; the text names file, line and remedy.
    """
    facts, parts = Facts(), load_parts()
    answers, conditions, glossary = load_answers(facts), load_conditions(facts), load_glossary()
    packs = load_packs()
    states = {pack.state for pack in packs.values()}
    found = Library(
        facts=facts,
        answers=answers,
        points=load_points(facts),
        conditions=conditions,
        contacts=load_contacts(),
        glossary=glossary,
        suggestions=load_suggestions(answers, conditions, states, glossary),
        packs=packs,
        letters=load_letters(facts, parts),
        letter_parts=parts,
        crisis=read(CONTENT / "en" / "crisis.yml").data,
        comparison=read(CONTENT / "en" / "comparison.yml").data,
        feelings=read(CONTENT / "en" / "feelings.yml").data,
        terms=read(CONTENT / "en" / "terms.yml").data,
        digest=content_digest(),
    )
    _refuse_unknown_roles(found)
    return found


def _refuse_unknown_roles(found: Library) -> None:
    for intent, answer in found.answers.items():
        for plan, role in answer.contact.items():
            if role not in found.contacts:
                file = read(topic_file(intent))
                raise file.error(
                    f"contact: content/en/contacts.yml has no role {role}. Name one that it lists.",
                    "contact",
                    plan,
                )
