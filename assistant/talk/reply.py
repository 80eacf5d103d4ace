"""One reply, the same for every channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.knowledge.facts import Source

DELETED = "deleted"
"""The kind of card by which the actions tell a channel to delete the talk once this reply is said."""

Outcome = Literal["answered", "asked", "clarify", "out_of_scope", "crisis", "booking", "error"]


@dataclass(frozen=True)
class Button:
    """A choice. `payload` is Rasa's own form (`/ask_timeline{"plan": "iep"}`); channels sign it."""

    title: str
    payload: str


@dataclass(frozen=True)
class Answered:
    """Which reviewed answer a reply gives: the question's intent and the plan its text is for."""

    intent: str
    plan: str
    reviewed: str


@dataclass(frozen=True)
class Reply:
    """What is said at once.

    Attributes:
        text: Small Markdown; `more`, if any, is its end.
        more: The part of `text` a small screen may fold away.
        card: A designed form of the same: comparison, whom to call, booking.
        expects: What is asked for, so that a field can help to type it: "name", "address", "email", "time", "zone",
            "code", "confirmation" or "reason"; "" for anything.
    """

    text: str
    outcome: Outcome = "answered"
    buttons: Sequence[Button] = ()
    sources: Sequence[Source] = ()
    answer: Answered | None = None
    more: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)
    expects: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the reply as the dictionary that travels from the actions to a channel."""
        return {
            "text": self.text,
            "outcome": self.outcome,
            "buttons": [{"title": button.title, "payload": button.payload} for button in self.buttons],
            "sources": [{"title": s.title, "url": s.url, "cite": s.cite} for s in self.sources],
            "answer": vars(self.answer).copy() if self.answer else None,
            "more": self.more,
            "card": dict(self.card) or None,
            "expects": self.expects,
        }
