"""The few answers in Spanish, content/es/answers.yml, and the lines by which Spanish is known, content/es/listen.yml."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.knowledge.facts import Facts
from assistant.knowledge.organisation import own_words
from assistant.knowledge.source import CONTENT, read

FALLBACK = "not_yet"
"""The answer for what is Spanish, and asked nowhere in content/es/."""


@dataclass(frozen=True)
class SpanishAnswer:
    """One answer.

    Attributes:
        says: Words by plan: "504", "iep", "none" where they differ, "either" always.
        hears: Lines that ask it.
        facts: Ids of content/facts/.
    """

    says: Mapping[str, str]
    hears: Sequence[str]
    facts: Sequence[str]

    def words(self, plan: str | None) -> tuple[str, str]:
        """Return the key and the words that serve `plan`."""
        key = plan if plan and plan in self.says else "either"
        return key, self.says[key]


@dataclass(frozen=True)
class Spanish:
    """All that is said and heard in Spanish.

    Attributes:
        answers: By name.
        book: Lines that ask for a call.
        booking: Sentences around the booking, by name.
        danger: What stands before the fixed words for danger.
        lines: Lines of "spanish", "english" and "other" languages.
        approved_on: Day of the review, 2026-11-30.
    """

    answers: Mapping[str, SpanishAnswer]
    book: Sequence[str]
    booking: Mapping[str, str]
    danger: str
    lines: dict[str, list[str]]
    approved_on: str


@functools.cache
def spanish() -> Spanish:
    """Return the process's one set of Spanish sentences.

    Raises:
        ContentError: A fact is not there, an answer has no words for an unknown plan, or braces mean nothing.
    """
    file, listened = read(CONTENT / "es" / "answers.yml"), read(CONTENT / "es" / "listen.yml").data
    facts, own = Facts(), own_words()
    answers = {}
    for name, row in file.data["answers"].items():
        if "either" not in row["says"]:
            raise file.error(
                f"answers.{name}.says: write the words for an unknown plan (either).", "answers", name
            )
        if unknown := [fact for fact in row.get("facts", ()) if fact not in facts]:
            raise file.error(f"answers.{name}.facts: content/facts has no {unknown[0]}.", "answers", name)
        says = {plan: " ".join(text.split()) for plan, text in row["says"].items()}
        answers[name] = SpanishAnswer(says, row["hears"], row.get("facts", ()))
    if FALLBACK not in answers:
        raise file.error(f"answers: write {FALLBACK}, which is said where no other fits.", "answers")
    heard = [line for answer in answers.values() for line in answer.hears]
    lines = {**listened, "spanish": [*listened["spanish"], *heard, *file.data["book"]]}
    booking = {name: " ".join(text.format_map(own).split()) for name, text in file.data["booking"].items()}
    danger = " ".join(file.data["danger"].split())
    return Spanish(answers, file.data["book"], booking, danger, lines, file.data["approved"]["on"])
