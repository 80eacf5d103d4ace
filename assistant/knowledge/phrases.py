"""The small sentences of content/en/phrases, one file a topic; a sentence that is filled says with what.

`booked: {fields: [when], text: "Your call is booked: {when}."}` is a sentence with a field; `more: "More"` has none. `{call_minutes}`,
`{talks_days}` and `{calls_days}` may stand anywhere: how long the free call takes, and talks and calls are kept, by content/consultation.yml.
"""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

from assistant.knowledge.organisation import own_words, with_own_numbers
from assistant.knowledge.source import CONTENT, ContentFile, read

PHRASES = CONTENT / "en" / "phrases"
TALK = "talk"
"""The file of what is said in any talk; each other file is a group of its own name."""
_PARTS = {"fields", "text"}


def fields_of(text: str) -> list[str]:
    """Return the names in braces, each once, in the order in which they stand."""
    return list(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(text) if name is not None))


def is_filled(value: Any) -> bool:
    """Say whether an entry is a sentence with fields, and no group of sentences."""
    return isinstance(value, dict) and value.keys() == _PARTS


def plain(file: ContentFile, value: Any, *place: str | int) -> Any:
    """Return an entry with each sentence as its text alone.

    Raises:
        ContentError: A sentence's fields are not those that stand in its text.
    """
    if is_filled(value):
        found = fields_of(value["text"])
        if set(found) != set(value["fields"]) or not found:
            raise file.error(
                f"the text is filled with {', '.join(found) or 'nothing'}, `fields` says {', '.join(value['fields'])}. "
                "Make them the same.",
                *place,
            )
        return value["text"]
    if isinstance(value, dict):
        return {key: plain(file, inner, *place, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(file, inner, *place, number) for number, inner in enumerate(value)]
    if fields := fields_of(value):
        raise file.error(
            f"the text is filled with {', '.join(fields)}. Write `fields: [{', '.join(fields)}]` and `text:`.",
            *place,
        )
    return value


def read_phrases(folder: Path = PHRASES) -> dict[str, Any]:
    """Return all sentences: those of talk.yml by their names, the others by file and name.

    Raises:
        ContentError: A file is broken, or a sentence's fields are not those of its text.
    """
    words = own_words()
    talk = read(folder / f"{TALK}.yml")
    found: dict[str, Any] = plain(talk, with_own_numbers(talk.data, words))
    for path in sorted(folder.glob("*.yml")):
        if path.stem != TALK:
            file = read(path)
            found[path.stem] = plain(file, with_own_numbers(file.data, words))
    return found
