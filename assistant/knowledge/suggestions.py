"""What is offered where nothing was asked yet (content/en/suggestions.yml)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.source import CONTENT, read


@dataclass(frozen=True)
class Suggestions:
    """Names of topics, conditions, states and terms, in the order in which they are offered."""

    first: tuple[str, ...] = ()
    plain_page: tuple[str, ...] = ()
    slack_home: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


def load_suggestions(
    topics: Collection[str],
    conditions: Collection[str],
    states: Collection[str],
    terms: Collection[str],
    path: Path = CONTENT / "en" / "suggestions.yml",
) -> Suggestions:
    """Read them.

    Raises:
        ContentError: A list is missing or unknown, or names what there is not.
    """
    file = read(path)
    known: Mapping[str, Collection[str]] = {
        "first": topics, "plain_page": topics, "slack_home": topics, "conditions": conditions,
        "states": states, "terms": terms,
    }  # fmt: skip
    if wrong := set(file.data) ^ set(known):
        raise file.error(f"{', '.join(sorted(wrong))}: the lists are {', '.join(known)}, each once.")
    for name, names in file.data.items():
        for number, one in enumerate(names):
            if one not in known[name]:
                raise file.error(f"there is no {one}. Name one that is there.", name, number)
    return Suggestions(**{name: tuple(names) for name, names in file.data.items()})
