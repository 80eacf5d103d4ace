"""What a parent who writes Spanish does in a talk beside asking, and what is said to it: content/es/acts.yml."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.knowledge.organisation import own_words
from assistant.knowledge.source import CONTENT, ContentFile, read

FILE = CONTENT / "es" / "acts.yml"


@dataclass(frozen=True)
class SpanishAct:
    """One act.

    Attributes:
        english: How the forms read it, such as "go back"; empty where only `says` has words for it.
        intent: What it is taken for in the middle of a form.
        hears: Lines that do it.
    """

    english: str
    intent: str
    hears: Sequence[str]


@dataclass(frozen=True)
class SpanishActs:
    """All acts by name, what is said to them, and the answers to questions about the call by kind."""

    acts: Mapping[str, SpanishAct]
    says: Mapping[str, str]
    about_call: Mapping[str, str]


@functools.cache
def spanish_acts() -> SpanishActs:
    """Return the process's one set.

    Raises:
        ContentError: An act has no lines, or two acts have the same one.
    """
    return read_spanish_acts(read(FILE))


def read_spanish_acts(file: ContentFile) -> SpanishActs:
    """Return the acts of a file.

    Raises:
        ContentError: As in `spanish_acts`.
    """
    acts, heard = {}, dict[str, str]()
    for name, row in file.data["acts"].items():
        if not row["hears"]:
            raise file.error(f"acts.{name}.hears: write the lines that do it.", "acts", name)
        for line in row["hears"]:
            if line in heard:
                raise file.error(f"acts.{name}.hears: {line!r} is also {heard[line]}.", "acts", name)
            heard[line] = name
        acts[name] = SpanishAct(row["english"], row["intent"], row["hears"])
    about = {name: text.format_map(own_words()) for name, text in file.data["about_call"].items()}
    return SpanishActs(acts, file.data["says"], about)
