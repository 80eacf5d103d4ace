"""One turn of a parent, and what the talk knows so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self


@dataclass(frozen=True)
class Named:
    """An entity of the message, with its place in the text."""

    kind: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Turn:
    """What the parent wrote, as understood.

    Attributes:
        ranking: Intents by falling confidence.
        confidences: The confidence of each intent of `ranking`, 0 to 1.
        questions: The intents of a message that holds several questions, in order.
        channel: Where it was written, such as "web" or "slack"; some answers have words of their own for it.
    """

    text: str
    intent: str
    ranking: tuple[str, ...] = ()
    entities: tuple[Named, ...] = ()
    questions: tuple[str, ...] = ()
    confidences: tuple[float, ...] = ()
    channel: str = ""

    def values(self, kind: str) -> list[str]:
        """Return what was named of one kind, each once, in order."""
        return list(dict.fromkeys(entity.value for entity in self.entities if entity.kind == kind))

    @property
    def chosen(self) -> bool:
        """Whether a button was pressed instead of something typed."""
        return self.text.startswith("/")

    @classmethod
    def from_message(cls, message: Mapping[str, Any], channel: str = "") -> Self:
        """Return the turn in Rasa's parsed message, written in `channel`."""
        return cls(
            text=message.get("text") or "",
            intent=(message.get("intent") or {}).get("name") or "nlu_fallback",
            ranking=tuple(row["name"] for row in message.get("intent_ranking") or ()),
            entities=tuple(
                Named(e["entity"], str(e["value"]), e.get("start") or 0, e.get("end") or 0)
                for e in message.get("entities") or ()
            ),
            questions=tuple(message.get("questions") or ()),
            confidences=tuple(float(row["confidence"]) for row in message.get("intent_ranking") or ()),
            channel=channel,
        )


@dataclass(frozen=True)
class Memory:
    """What the talk remembers between turns; each field is a slot of domain.yml.

    Attributes:
        plan: "504", "iep", "none" (no plan yet) or None (not known).
        children: The plan of each child that was named: {"oldest": "504", "youngest": "iep"}.
        question, said_plan: The last answered question, and the plan its text was for.
        aside: The intent of a short question that was answered within that topic ("and they pay all of it?").
        pending: What a bare yes or no would answer: "call", "resume" or None.
        failures: How many turns in a row were not understood.
        since_offer: Answers since the call was offered last.
    """

    plan: str | None = None
    condition: str | None = None
    state: str | None = None
    children: dict[str, str] | None = None
    term: str | None = None
    question: str | None = None
    said_plan: str | None = None
    aside: str | None = None
    pending: str | None = None
    plan_asked: bool = False
    limits_told: bool = False
    call_declined: bool = False
    after_crisis: bool = False
    failures: int = 0
    since_offer: int = 3

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Self:
        """Return the memory that a tracker's slots hold."""
        known = {f.name: slots.get(f.name) for f in fields(cls)}
        return cls(**{name: value for name, value in known.items() if value is not None})

    def with_(self, **changes: Any) -> Self:
        """Return a copy with some fields changed."""
        return replace(self, **changes)

    def changes_from(self, before: Memory) -> dict[str, Any]:
        """Return the slots that differ from `before`."""
        old, new = asdict(before), asdict(self)
        return {name: value for name, value in new.items() if value != old[name]}
