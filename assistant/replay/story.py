"""A conversation story: what a parent says, turn by turn, and what has to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

CLOCK = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
"""Monday morning in Los Angeles, 11 o'clock in Chicago: what the clock of a story shows unless it says otherwise."""
ZONE = "America/Chicago"


@dataclass(frozen=True)
class Assertion:
    """One expectation about a turn. `kind` is a key of checks.KINDS."""

    kind: str
    expected: Any
    line: int = 0


@dataclass(frozen=True)
class Step:
    """One thing that a parent does.

    Attributes:
        does: `user` types `text`, `press` presses the button with the title `text`, `later` lets `pause` go by.
    """

    does: Literal["user", "press", "later"]
    text: str
    assertions: tuple[Assertion, ...] = ()
    pause: timedelta = timedelta()
    number: int = 0
    line: int = 0

    @property
    def shown(self) -> str:
        """The step as a person reads it."""
        return f"[{self.text}]" if self.does == "press" else self.text


@dataclass(frozen=True)
class Case:
    """One story.

    Attributes:
        opening: What the greeting has to be.
        slots: What the talk knows before the first step.
        zone: The parent's time zone, as the browser tells it.
        clock: What time it is; None where the story holds at any time.
        expected_failure: Why the story fails today; it has to fail as long as this stands.
    """

    name: str
    steps: tuple[Step, ...]
    opening: tuple[Assertion, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    zone: str = ZONE
    clock: datetime | None = None
    expected_failure: str = ""
    path: Path = Path()
    line: int = 0

    @property
    def expectations(self) -> tuple[Assertion, ...]:
        """Everything that is expected, of the greeting and of each turn."""
        return (*self.opening, *(one for step in self.steps for one in step.assertions))

    @property
    def only_inside(self) -> str:
        """Why the story can't be played on a running server; empty when it can."""
        if self.slots:
            return "it begins with slots already set"
        if self.clock is not None:
            return "it needs its own clock"
        if any(step.does == "later" for step in self.steps):
            return "it lets time go by"
        if any("{code}" in step.text for step in self.steps):
            return "it reads a mail"
        return ""
