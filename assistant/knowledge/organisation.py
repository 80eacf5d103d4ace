"""What answers about the assistant itself name: who runs it, how to write to them, how long words are kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.knowledge.source import CONTENT, read

CALL_MINUTES = "{call_minutes}"
"""What a phrase or a contact writes for the length of the free call."""


def with_call_length(said: Any, minutes: str) -> Any:
    """Return texts, lists and groups of them with the length of the call filled in."""
    if isinstance(said, str):
        return said.replace(CALL_MINUTES, minutes)
    if isinstance(said, dict):
        return {key: with_call_length(value, minutes) for key, value in said.items()}
    return [with_call_length(value, minutes) for value in said] if isinstance(said, list) else said


def own_words(path: Path = CONTENT / "consultation.yml") -> Mapping[str, str]:
    """Return the fields that an answer's text may name in braces, from content/consultation.yml.

    Returns:
        `organisation`, `short` (its initials), `contact` (e-mail, and phone when one is set), `minutes` of a
        call, `talks_days` and `calls_days` (for how many days a talk and a call are kept).

    Raises:
        ContentError: One is missing.
    """
    file = read(path)
    try:
        organisation, call, kept = (file.data[part] for part in ("organisation", "call", "retention"))
        return {
            "organisation": organisation["name"],
            "short": organisation["short"],
            "contact": " or ".join(filter(None, (organisation["email"], organisation.get("phone")))),
            "minutes": call["minutes"],
            "talks_days": kept["talks_days"],
            "calls_days": kept["calls_days"],
        }
    except KeyError as error:
        raise file.error(f"{error} is missing. Answers about the assistant name it; write it.") from None
