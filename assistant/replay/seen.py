"""What came in one turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Inside:
    """What only the process itself can see of a turn.

    Attributes:
        intent: What the message was understood as.
        actions: Names of the actions that ran, in order.
        slots: Name and value of each slot that was set, in order.
        form, form_step: The active form and the slot it asks for, after the turn.
        mails: Each mail that left in this turn, headers and text.
        kept: Everything the tracker store holds of this talk, as text.
        errors: What was logged as an error, an action's exception included.
    """

    intent: str = ""
    actions: tuple[str, ...] = ()
    slots: tuple[tuple[str, Any], ...] = ()
    form: str | None = None
    form_step: str | None = None
    mails: tuple[str, ...] = ()
    kept: str = ""
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """The replies to one turn, in the JSON form of the HTTP contract, and how long they took."""

    said: str
    replies: Sequence[Mapping[str, Any]]
    milliseconds: float = 0.0
    inside: Inside | None = None

    @property
    def text(self) -> str:
        """All that was said, in order."""
        return "\n\n".join(str(reply.get("text") or "") for reply in self.replies)

    @property
    def buttons(self) -> list[Mapping[str, Any]]:
        """All buttons, in order."""
        return [button for reply in self.replies for button in reply.get("buttons") or ()]


@dataclass(frozen=True)
class Turn:
    """One turn as played: what was expected of it, and what is wrong with what came.

    Attributes:
        expected: Each expectation in words, and what came instead ("" where it holds).
        wrong: What is wrong whatever was expected: silence, an exception, an inner error.
        unchecked: Each expectation, in words, that the target does not show: neither held nor failed.
    """

    number: int
    line: int
    seen: Seen
    expected: Sequence[tuple[str, str]] = ()
    wrong: Sequence[str] = ()
    unchecked: Sequence[str] = ()

    @property
    def failures(self) -> list[str]:
        """Everything that is wrong with the turn, in words."""
        return [*self.wrong, *(came for _, came in self.expected if came)]


@dataclass
class Played:
    """A case as played."""

    name: str
    turns: list[Turn] = field(default_factory=list)
    stopped: str = ""
    """Why the rest was not played; empty when all was."""

    @property
    def failed(self) -> bool:
        """Whether anything is not as expected."""
        return bool(self.stopped) or any(turn.failures for turn in self.turns)
