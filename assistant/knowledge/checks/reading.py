"""Whether a tired parent can read it: grade, length of texts, sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import textstat

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.passages import SCRIPT, Passage
from assistant.knowledge.source import ANSWERS

HIGHEST_GRADE = {
    "short": 8.0,
    "says": 8.0,
    "after_state": 8.0,
    "urgent": 8.0,
    "more": 8.0,
    "simple": 5.5,
    "note": 9.5,
    "meaning": 9.5,
}
"""Flesch-Kincaid grade by kind. A note or a meaning is one or two sentences, where the measure is jumpy."""
HIGHEST_MEAN = 6.5
MOST_WORDS = {"short": 45, "more": 165, "meaning": 45}
MOST_WORDS_A_PROMPT = 30
"""A small word may hold a whole prompt with its example."""
MOST_WORDS_A_SENTENCE = 25
MOST_WORDS_A_PARAGRAPH = 65

_LIST_MARK = re.compile(r"^\s*(?:[-*]|\d+\.)\s+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LETTER = re.compile(r"^>.*$|^[“\"]?Dear \(.*$", re.MULTILINE)
"""A letter to copy: its sentences go to the school, not to the parent."""


def plain(text: str) -> str:
    """Return small Markdown as bare sentences: no marks, a link as its words, each line of a list a sentence."""
    bare = _LIST_MARK.sub("", _LINK.sub(r"\1", text)).replace("**", "")
    return re.sub(r"([^.!?:\"\n])\n", r"\1.\n", re.sub(r"\{(\w+)\}", "it", bare).strip() + "\n")


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text in small Markdown: years of school that it takes."""
    return float(textstat.flesch_kincaid_grade(plain(text)))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text in small Markdown, a label before a colon as one of its own."""
    return [part for part in re.split(r"(?<=[.!?:])[\"”]?\s+|\n+", plain(text)) if part.strip()]


def find(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Yield what is too hard or too long to read on a phone."""
    grades: list[float] = []
    for passage in passages:
        if passage.kind == SCRIPT:
            continue
        yield from _too_long(passage)
        if passage.kind in HIGHEST_GRADE:
            found = grade(passage.text)
            grades.append(found)
            limit = HIGHEST_GRADE[passage.kind]
            if found > limit:
                yield passage.finding(
                    f"reading grade {found:.1f}, {limit:g} at most. Use shorter sentences and shorter words."
                )
    mean = sum(grades) / len(grades) if grades else 0.0
    if mean > HIGHEST_MEAN:
        yield Finding(ANSWERS, 1, f"the mean reading grade is {mean:.1f}, {HIGHEST_MEAN} at most. Shorten.")


def _too_long(passage: Passage) -> Iterator[Finding]:
    words, most = len(passage.text.split()), MOST_WORDS.get(passage.kind)
    if most is not None and words > most:
        yield passage.finding(
            f"{words} words, {most} at most. Keep what helps tonight; move or cut the rest."
        )
    limit = MOST_WORDS_A_PROMPT if passage.kind == "small" else MOST_WORDS_A_SENTENCE
    for sentence in sentences(passage.text):
        if len(sentence.split()) > limit:
            yield passage.finding(
                f"a sentence of {len(sentence.split())} words, {limit} at most: "
                f"{sentence[:60]!r}. Make two of it.",
                sentence,
            )
    for paragraph in re.split(r"\n+", _LETTER.sub("", passage.text)):
        if len(paragraph.split()) > MOST_WORDS_A_PARAGRAPH:
            yield passage.finding(
                f"a paragraph of {len(paragraph.split())} words, {MOST_WORDS_A_PARAGRAPH} at most: "
                f"{paragraph[:40]!r}. Break it up.",
                plain(paragraph),
            )
