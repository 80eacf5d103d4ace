"""One reply, the same for every channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.knowledge.facts import Source

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

    def to_json(self) -> dict[str, Any]:
        """Return the reply as the dictionary that travels from the actions to a channel."""
        return {
            "text": self.text,
            "outcome": self.outcome,
            "buttons": [{"title": button.title, "payload": button.payload} for button in self.buttons],
            "sources": [{"title": s.title, "url": s.url, "cite": s.cite} for s in self.sources],
            "answer": vars(self.answer).copy() if self.answer else None,
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
        }
