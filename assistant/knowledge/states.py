"""The states (content/states.yml): deadlines of evaluation and the parent center, where they were sourced."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.source import CONTENT, read


@dataclass(frozen=True)
class State:
    """One state; a missing number means "not sourced", never "no such rule"."""

    name: str
    abbreviation: str
    days: str = ""
    day_type: str = ""
    clock: str = ""
    cite: str = ""
    response: str = ""
    """How long the school has to answer a request for testing."""
    center: str = ""
    website: str = ""
    phone: str = ""


def load_states(path: Path = CONTENT / "states.yml") -> dict[str, State]:
    """Read the states, by name.

    Raises:
        ContentError: A state lacks its name or abbreviation.
    """
    file = read(path)
    states: dict[str, State] = {}
    for number, row in enumerate(file.data["states"]):
        if not row.get("state") or not row.get("abbr"):
            raise file.error("the state lacks `state` or `abbr`. Write both.", "states", number)
        timeline, center = row.get("evaluation_timeline", {}), row.get("pti", {})
        states[row["state"]] = State(
            name=row["state"],
            abbreviation=row["abbr"],
            days=timeline.get("days", ""),
            day_type=timeline.get("day_type", ""),
            clock=timeline.get("clock", ""),
            cite=timeline.get("cite", ""),
            response=timeline.get("respond_to_request", ""),
            center=center.get("name", ""),
            website=center.get("website", ""),
            phone=center.get("phone", ""),
        )
    return states
