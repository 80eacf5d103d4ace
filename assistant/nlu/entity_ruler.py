"""Finds plan, condition, state, role, term and grade in a message: spaCy rules fed from content/."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import spacy

from assistant.knowledge.conditions import load_conditions
from assistant.knowledge.contacts import load_contacts
from assistant.knowledge.facts import Facts
from assistant.knowledge.glossary import ORDINARY_WORDS, load_glossary
from assistant.nlu.state_names import StateNames

PLAN_WORDS = {
    "504": (
        "504", "504s", "504 plan", "504 plans", "section 504", "sec 504", "five oh four", "five o four",
        "five-oh-four", "fiveohfour", "five zero four", "5 0 4", "5o4", "5 oh 4", "504plan", "504's", "accommodation plan", "504 accommodation plan",
        "504 monitor", "plan 504", "five hundred four", "five hundred and four", "504-plan", "§504", "§ 504", "s504",
    ),
    "iep": (
        "iep", "ieps", "iep's", "i.e.p", "i.e.p.", "i e p", "individualized education program", "individualized education plan",
        "individual education plan", "individual education program", "individualized educational program", "individualized educational plan",
        "individual learning plan", "eye ee pee", "aiep", "iep plan", "i.e.p.'s", "iepp", "ieo", "ipe", "ard", "ard meeting", "ard committee", "ards", "iep-plan", "special ed plan", "sped plan",
    ),
}  # fmt: skip
NO_PLAN = (
    "no plan", "no plan yet", "not have a plan", "don't have a plan", "dont have a plan", "doesn't have a plan",
    "doesnt have a plan", "does not have a plan", "has nothing yet", "have nothing yet", "nothing yet", "without a plan", "neither one yet", "has neither", "have neither",
    "no 504 or iep", "no iep or 504", "no 504 and no iep", "neither a 504 nor an iep", "not on a plan", "no plan in place", "isn't on a plan", "no paperwork yet",
    "no have plan", "no has plan", "have no plan", "has no plan", "not have plan", "no have a plan",
)  # fmt: skip
GRADES = {"kindergarten": "K", "kinder": "K", "preschool": "preschool", "pre-k": "preschool", "prek": "preschool",
          "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
          "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12", "freshman": "9", "sophomore": "10", "junior": "11",
          "senior": "12"}  # fmt: skip
_NUMBERED_GRADE = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)\s*(?:grader|grade|gr)\b|\bgrade\s+(\d{1,2})\b", re.IGNORECASE
)
_WORD_GRADE = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)[\s-]grade(?:r)?\b"
    r"|\b(kindergarten|kinder|preschool|pre-k|prek)(?:er|ner)?\b|\b(?:a|my|is a|hs)\s+(freshman|sophomore|junior|senior)\b",
    re.IGNORECASE,
)


_SIGNS = re.compile(r"(?:[^\w\s]|_){4,}")
"""More signs in a row than any name of ours has: spaCy's tokenizer takes quadratic time over them."""
_PLAN_NAMES = frozenset(word.lower() for words in PLAN_WORDS.values() for word in words)


@dataclass(frozen=True)
class Entity:
    """One value found at `start`:`end` of the text, in characters."""

    entity: str
    value: str
    start: int
    end: int


class ContentEntityRuler:
    """The entities of a message, from patterns made of content/.

    >>> [(e.entity, e.value) for e in ContentEntityRuler().find("ADHD and a five oh four")]
    [('condition', 'adhd'), ('term', 'ADHD'), ('plan', '504')]
    """

    def __init__(self) -> None:
        self._nlp = spacy.blank("en")
        self._states = StateNames()
        self._capitals: dict[str, tuple[str, str]] = {}
        self._whole: dict[str, tuple[str, str]] = {}
        self._terms: dict[str, str] = {}
        ruler: Any = self._nlp.add_pipe(
            "entity_ruler", config={"phrase_matcher_attr": "LOWER", "overwrite_ents": True, "validate": False}
        )
        with self._nlp.select_pipes(enable=["entity_ruler"]):
            ruler.add_patterns(list(self._patterns()))

    def _patterns(self) -> Iterator[dict[str, str]]:
        taken: set[str] = set()

        def phrases(kind: str, value: str, wordings: Iterable[str]) -> Iterator[dict[str, str]]:
            for wording in wordings:
                for form in {
                    wording,
                    wording.replace("-", " "),
                    wording.replace("'", ""),
                    wording.replace("'", "’"),
                }:
                    if form.lower() not in taken and len(form) > 1:
                        taken.add(form.lower())
                        yield {"label": kind, "pattern": form, "id": value}

        yield from phrases("no_plan", "none", NO_PLAN)
        for condition in load_conditions(Facts()).values():
            yield from phrases("condition", condition.id, condition.aliases)
            for alias in condition.aliases_whole:
                self._capitals[alias.upper()] = self._whole[alias.lower()] = ("condition", condition.id)
        for term in load_glossary().values():
            for alias in term.names:
                if alias.lower() in _PLAN_NAMES:
                    continue  # the plans themselves
                self._terms[alias.lower()] = term.name
                if alias.upper() in ORDINARY_WORDS:
                    self._capitals[alias.upper()] = self._whole[alias.lower()] = ("term", term.name)
                else:
                    yield from phrases("term", term.name, [alias])
        for contact in load_contacts().values():
            yield from phrases("role", contact.role, [contact.name, *contact.aliases])

    def find(self, text: str) -> list[Entity]:
        """Return what is named in `text`, in order of place."""
        blanked = _SIGNS.sub(lambda signs: " " * len(signs[0]), text)
        found = [Entity(e.label_, e.ent_id_, e.start_char, e.end_char) for e in self._nlp(blanked).ents]
        covered = {place for e in found for place in range(e.start, e.end)}
        # "what does TBI mean" asks for a term, "does TBI qualify" names a condition: the question decides.
        found += [
            Entity("term", term, e.start, e.end)
            for e in found
            if e.entity == "condition" and (term := self._terms.get(text[e.start : e.end].lower()))
        ]
        # Plans are found apart from the rest: "IEP meeting" is a term and names the plan as well.
        found += plans(text)
        states = [Entity("state", state, start, end) for state, start, end in self._states.find(blanked)]
        found += states
        covered |= {place for e in states for place in range(e.start, e.end)}
        for more in (*self._short_words(text), *grades(text)):
            if not covered & set(range(more.start, more.end)):
                found.append(more)
        return sorted(found, key=lambda e: e.start)

    def _short_words(self, text: str) -> Iterator[Entity]:
        bare = re.sub(r"[^\w\s]", "", text.lower()).strip()
        bare = re.sub(r"^(?:whats?|what is|what does|define|and)(?: an?| the)? ", "", bare)
        bare = re.sub(r" (?:mean|stand for|means)$", "", bare)
        if bare in self._whole:
            kind, value = self._whole[bare]
            place = text.lower().find(bare)
            yield Entity(kind, value, max(place, 0), max(place, 0) + len(bare))
            return
        if text.isupper():
            return  # everything is in capitals, so capitals say nothing
        for match in re.finditer(r"\b[A-Z]{2,4}\b", text):
            if match[0] in self._capitals:
                kind, value = self._capitals[match[0]]
                yield Entity(kind, value, match.start(), match.end())


_OTHER_504 = r"(?!\s*(?:loans?|lenders?|error|gateway|timeout|dollars?|bucks|miles|area code|calories|people|kids|students|pages?)\b)"
"""Other things with that number: a loan of the Small Business Administration, New Orleans' area code, a web error."""
_PLAN_PATTERNS = {
    plan: re.compile(
        r"(?<![\w$#.])(?<!area code )(?<!error )(?:"
        + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        + r")(?![\w%]|[.,]\d)"
        + (_OTHER_504 if plan == "504" else ""),
        re.IGNORECASE,
    )
    for plan, words in PLAN_WORDS.items()
}


def plans(text: str) -> list[Entity]:
    """Return the plans named in `text`, in order of place."""
    found = [
        Entity("plan", plan, match.start(), match.end())
        for plan, pattern in _PLAN_PATTERNS.items()
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda e: e.start)


def grades(text: str) -> Iterator[Entity]:
    """Yield the school grades named in `text`: "preschool", "K", "1" to "12"."""
    for match in _NUMBERED_GRADE.finditer(text):
        number = int(match[1] or match[2])
        if 1 <= number <= 12:
            yield Entity("grade", str(number), match.start(), match.end())
    for match in _WORD_GRADE.finditer(text):
        word = (match[1] or match[2] or match[3]).lower()
        yield Entity("grade", GRADES[word], match.start(), match.end())


@functools.cache
def shared_ruler() -> ContentEntityRuler:
    """Return the process's one ruler: building it reads all of content/."""
    return ContentEntityRuler()
