"""The booking form in Spanish: content/es/booking.yml, by the names of the English sentences."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.knowledge.phrases import fields_of, plain, read_phrases
from assistant.knowledge.source import CONTENT, ContentFile, read

FILE = CONTENT / "es" / "booking.yml"


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
        for name, text in given.items():
            if name not in known:
                raise file.error(f"{part}.{name}: the English sentences have none of that name.", part, name)
            if stray := set(fields_of(text)) - set(fields_of(known[name])):
                raise file.error(
                    f"{part}.{name}: the English sentence is not filled with {', '.join(sorted(stray))}.",
                    part,
                    name,
                )
    return SpanishBooking(says, buttons, errors)
