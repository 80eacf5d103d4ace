"""The booking form in Spanish: content/es/booking.yml, by the names of the English sentences."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.knowledge.phrases import fields_of, plain, read_phrases
from assistant.knowledge.source import CONTENT, ContentFile, read

FILE = CONTENT / "es" / "booking.yml"
PAGES = CONTENT / "es" / "call_pages.yml"


@dataclass(frozen=True)
class SpanishBooking:
    """Sentences, buttons and errors by the names of content/en/phrases/booking.yml, buttons.yml and errors.yml."""

    says: Mapping[str, str]
    buttons: Mapping[str, str]
    errors: Mapping[str, str]


@functools.cache
def spanish_booking() -> SpanishBooking:
    """Return the process's one set.

    Raises:
        ContentError: A sentence has no English twin, or is filled with what that one is not.
    """
    return read_spanish_booking(read(FILE))


@functools.cache
def spanish_call_pages() -> Mapping[str, str]:
    """Return the sentences of the pages about a call by the names of content/en/phrases/call_pages.yml.

    Raises:
        ContentError: As in `spanish_booking`.
    """
    file = read(PAGES)
    says: Mapping[str, str] = plain(file, file.data["says"], "says")
    _check_twins(file, "says", says, read_phrases()["call_pages"])
    return says


def read_spanish_booking(file: ContentFile) -> SpanishBooking:
    """Return the sentences of a file, each checked beside its English twin.

    Raises:
        ContentError: As in `spanish_booking`.
    """
    english = read_phrases()
    says, buttons = plain(file, file.data["says"], "says"), file.data["buttons"]
    errors = plain(file, file.data["errors"], "errors")
    for part, given, known in (
        ("says", says, english["booking"]),
        ("buttons", buttons, english["buttons"]),
        ("errors", errors, english["errors"]),
    ):
        _check_twins(file, part, given, known)
    return SpanishBooking(says, buttons, errors)


def _check_twins(file: ContentFile, part: str, given: Mapping[str, str], known: Mapping[str, str]) -> None:
    """Stop at a sentence without an English twin, or filled with what that one is not."""
    for name, text in given.items():
        if name not in known:
            raise file.error(f"{part}.{name}: the English sentences have none of that name.", part, name)
        if stray := set(fields_of(text)) - set(fields_of(known[name])):
            raise file.error(
                f"{part}.{name}: the English sentence is not filled with {', '.join(sorted(stray))}.",
                part,
                name,
            )
