"""What answers about the assistant itself name: who runs it, how to write to them, how long words are kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.knowledge.source import CONTENT, read

_IN_BRACES = {"{call_minutes}": "minutes", "{talks_days}": "talks_days", "{calls_days}": "calls_days"}
"""What a phrase, a contact or a page writes for the owner's own numbers: how long the free call is, how long talks and calls are kept."""


def with_own_numbers(said: Any, words: Mapping[str, str]) -> Any:
    """Return texts, lists and groups of them with the owner's numbers filled in; `words` are those of :func:`own_words`."""
    if isinstance(said, str):
        for braces, name in _IN_BRACES.items():
            said = said.replace(braces, words[name])
        return said
    if isinstance(said, dict):
        return {key: with_own_numbers(value, words) for key, value in said.items()}
    return [with_own_numbers(value, words) for value in said] if isinstance(said, list) else said


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
