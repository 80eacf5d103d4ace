"""One turn of a parent, and what the talk knows so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from assistant.nlu.told import names_told
from assistant.talk.child import Child


@dataclass(frozen=True)
class Named:
    """An entity of the message, with its place in the text."""

    kind: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class OneQuestion:
    """One question of a message: its topic, the likeliest point within it (empty where it has none), and that point's share."""

    intent: str
    point: str = ""
    confidence: float = 0.0


@dataclass(frozen=True)
class Turn:
    """What the parent wrote, as understood.

    Attributes:
        ranking: Intents by falling confidence.
        confidences: The confidence of each intent of `ranking`, 0 to 1.
        questions: The questions of a message that holds several, in order.
        points: (`topic/point`, confidence) of the points it may ask: those of the intent by their share within it, then others.
        rival, unsure: The point that may be meant as well as the first, "" for none; whether the first is no surer.
        channel: Where it was written, such as "web" or "slack"; some answers have words of their own for it.
    """

    text: str
    intent: str
    ranking: tuple[str, ...] = ()
    entities: tuple[Named, ...] = ()
    questions: tuple[OneQuestion, ...] = ()
    confidences: tuple[float, ...] = ()
    points: tuple[tuple[str, float], ...] = ()
    rival: str = ""
    unsure: bool = False
    channel: str = ""

    def values(self, kind: str) -> list[str]:
        """Return what was named of one kind, each once, in order."""
        return list(dict.fromkeys(entity.value for entity in self.entities if entity.kind == kind))

    @property
    def ranked(self) -> list[tuple[str, float]]:
        """The intents with their confidence, 0 to 1, the likeliest first."""
        return list(zip(self.ranking, self.confidences, strict=False))

    @property
    def names_plan(self) -> bool:
        """Whether a plan was named, or that there is none."""
        return bool(self.values("plan") or self.values("no_plan"))

    @property
    def point(self) -> tuple[str, float]:
        """The point within the intent and its share, 0 to 1; ("", 0) where there is none. A button names it surely."""
        if named := self.values("point"):
            return f"{self.intent}/{named[0]}", 1.0
        own = (row for row in self.points if row[0].partition("/")[0] == self.intent)
        return next(own, ("", 0.0))

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
            questions=tuple(OneQuestion(**row) for row in message.get("questions") or ()),
            rival=message.get("rival") or "",
            unsure=bool(message.get("unsure")),
            points=tuple((row["name"], float(row["confidence"])) for row in message.get("points") or ()),
            confidences=tuple(float(row["confidence"]) for row in message.get("intent_ranking") or ()),
            channel=channel,
        )


@dataclass(frozen=True)
class Memory:
    """What the talk remembers between turns; each field is a slot of domain.yml.

    Attributes:
        plan: The plan that answers are worded for: "504", "iep", "none" (no plan yet) or None (not known).
        children: What is known of each child, the one in focus first.
        question, said_plan: The topic of the last answer, and the plan its text was for.
        told: What was said, in order: `topic/point@plan` or `topic@plan`. Nothing of it is said twice.
        near: Points that came next when the last question was taken up: for "that's not what I asked".
        after_crisis: Whether the last thing said was the words for danger.
        danger_told: What the talk was told of danger: "said" (the fixed words), "named" (the lines below an answer) or None.
        beside_danger: What a message that sounded like danger asks if it was none: a topic or a point.
        pending: What a bare yes or no would answer: "call", "resume" or None.
        failures: How many turns in a row were not understood.
        since_offer: Answers since the call was offered last.
    """

    plan: str | None = None
    condition: str | None = None
    state: str | None = None
    children: tuple[Child, ...] = ()
    term: str | None = None
    question: str | None = None
    said_plan: str | None = None
    told: list[str] | None = None
    near: list[str] | None = None
    pending: str | None = None
    plan_asked: bool = False
    state_asked: bool = False
    limits_told: bool = False
    call_declined: bool = False
    after_crisis: bool = False
    danger_told: str | None = None
    beside_danger: str | None = None
    failures: int = 0
    since_offer: int = 3

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Self:
        """Return the memory that a tracker's slots hold."""
        known = {f.name: slots.get(f.name) for f in fields(cls)}
        known["children"] = _children(known["children"])
        return cls(**{name: value for name, value in known.items() if value is not None})

    @property
    def last(self) -> str | None:
        """What was told last, a point or a topic; None at the beginning."""
        return self.told[-1].partition("@")[0].partition("#")[0] if self.told else None

    @property
    def names_told(self) -> list[str]:
        """The points and topics that were told, the last first, each once."""
        return names_told(self.told or ())

    @property
    def child(self) -> Child:
        """The child in focus."""
        return self.children[0] if self.children else Child()

    def was_told(self, key: str) -> bool:
        """Whether the words of `key` (`topic/point@plan`) were said in this talk."""
        return key in (self.told or ())

    def with_(self, **changes: Any) -> Self:
        """Return a copy with some fields changed."""
        return replace(self, **changes)

    def changes_from(self, before: Memory) -> dict[str, Any]:
        """Return the slots that differ from `before`."""
        old, new = asdict(before), asdict(self)
        changed = {name: value for name, value in new.items() if value != old[name]}
        if "children" in changed:
            changed["children"] = list(changed["children"])
        return changed


def _children(kept: Any) -> tuple[Child, ...]:
    """Return the children that the slot holds: rows, or the plan of each by its name, as talks before this edition kept them."""
    if isinstance(kept, Mapping):
        return tuple(Child(name, held=plan) for name, plan in kept.items())
    return tuple(Child.from_slot(row) for row in kept or ())
