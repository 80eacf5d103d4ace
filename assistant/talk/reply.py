"""One reply, the same for every channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, Self, TypeVar

from assistant.knowledge.facts import Source

T = TypeVar("T")
DELETED = "deleted"
"""The kind of card by which the actions tell a channel to delete the talk once this reply is said."""

Outcome = Literal["answered", "asked", "clarify", "out_of_scope", "crisis", "booking", "letter", "error"]


@dataclass(frozen=True)
class Button:
    """A choice. `payload` is Rasa's own form (`/ask_timeline{"plan": "iep"}`); channels sign it."""

    title: str
    payload: str


@dataclass(frozen=True)
class Answered:
    """Which reviewed answer a reply gives.

    Attributes:
        intent: The topic.
        plan: The plan its text is for: "504", "iep", "none" or "either".
        reviewed: The day it was reviewed, 2026-11-29.
        point: `topic/point` where a point was answered, None for a topic's general text.
        state: The state whose own rule is said, None where none is.
    """

    intent: str
    plan: str
    reviewed: str
    point: str | None = None
    state: str | None = None


@dataclass(frozen=True)
class Reply:
    """What is said at once.

    Attributes:
        text: All of it in small Markdown, for channels that show words alone: heading, answer, whom to write to,
            script, `more`, `ask`.
        heading: The question that was taken up.
        body: The answer's own words, what is seen first; without heading, `write_to`, script, `more` and `ask`.
        write_to: One line that names whom to write to, where the body does not.
        more, more_title: The part of `text` that a small screen may fold away, and a name of what it holds.
        script: Words to send, with blanks in [brackets].
        ask: The paragraph that introduces the buttons.
        card: A designed form of the same: comparison, whom to call, booking.
        expects: What is asked for, so that a field can help to type it: "name", "address", "email", "time", "zone",
            "code", "confirmation", "reason" or "letter" (a part of one); "" for anything.
        letter: A letter that was written: id, name, subject, body, to, copy, blanks. Channels add its files.
        person: The first name of the advocate who says it; "" for the assistant.
        noted: What the people who write the answers should see of this turn (assistant/talk/noting.py). No channel shows it.
    """

    text: str
    outcome: Outcome = "answered"
    buttons: Sequence[Button] = ()
    sources: Sequence[Source] = ()
    answer: Answered | None = None
    body: str = ""
    write_to: str = ""
    more: str = ""
    more_title: str = ""
    heading: str = ""
    script: str = ""
    ask: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)
    expects: str = ""
    letter: Mapping[str, Any] = field(default_factory=dict)
    person: str = ""
    noted: Mapping[str, Any] = field(default_factory=dict)

    @property
    def deletes_talk(self) -> bool:
        """Whether the talk has to be deleted once this is said."""
        return self.card.get("kind") == DELETED

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """Return the reply that :meth:`to_json` wrote; of its parts only the text has to be there."""
        parts: dict[str, Any] = {part.name: said[part.name] for part in fields(cls) if said.get(part.name)}
        parts["text"] = said["text"]
        parts["buttons"] = tuple(_made(Button, one) for one in parts.get("buttons") or ())
        parts["sources"] = tuple(_made(Source, one) for one in parts.get("sources") or ())
        if "answer" in parts:
            parts["answer"] = _made(Answered, parts["answer"])
        return cls(**parts)

    def to_json(self) -> dict[str, Any]:
        """Return the reply as it travels from the actions to a channel, which may be in another process."""
        beside = {"person": self.person, "noted": dict(self.noted)}
        return {
            "text": self.text,
            "outcome": self.outcome,
            "buttons": [asdict(button) for button in self.buttons],
            "sources": [asdict(source) for source in self.sources],
            "answer": asdict(self.answer) if self.answer else None,
            "heading": self.heading,
            "body": self.body,
            "write_to": self.write_to,
            "script": self.script,
            "more": self.more,
            "more_title": self.more_title,
            "ask": self.ask,
            "card": dict(self.card) or None,
            "expects": self.expects,
            "letter": dict(self.letter) or None,
            **{part: value for part, value in beside.items() if value},
        }


def _made(kind: type[T], row: Mapping[str, Any]) -> T:
    """Return a part from its JSON; what another version wrote beside its fields is left out."""
    known = {part.name for part in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in row.items() if name in known})
