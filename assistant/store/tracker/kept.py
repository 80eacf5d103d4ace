"""What of a talk's events is kept: a parent's words masked, the values of a form only while the form needs them.

Events are Rasa's own dictionaries.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.privacy.mask import masked
from assistant.sealed import opened, sealed
from assistant.typed_text import plain

Event = Mapping[str, Any]

NAMING_SLOTS = frozenset(
    {"contact_name", "contact_address", "contact_phone", "meant_address", "change_email"}
)
"""Slots whose values stand for a person wherever they occur in the talk."""
PERSONAL_SLOTS = NAMING_SLOTS | {"reason", "wish", "change_wish", "change_code"}
FORMS = frozenset({"booking_form", "change_form"})
LETTER_STEPS = frozenset({"letter_one", "letter_two", "letter_three", "letter_four", "letter_checked"})
"""Steps at which whatever is typed may stand in a letter. The letter itself is sealed by the actions, wherever it goes."""
_ASKING = FORMS | {"letter_form"}
SAID = "said"
"""What a reply with a letter is sealed for, and the key under which it is kept."""
GIVEN = "[given in the form]"
_PERSONAL_STEPS = frozenset({"contact_name", "contact_address", "change_email", "change_code"})


@dataclass
class Talk:
    """What the events so far say about the forms.

    Attributes:
        step: The slot that a form has just asked for.
        form: The active form.
        paused: Whether the parent may come back to a form that danger ended.
        names, reasons: What the parent gave, to be found again in what is said.
    """

    step: str | None = None
    form: str | None = None
    pending: str | None = None
    paused: bool = False
    opening: str | None = None
    names: set[str] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)

    def hear(self, event: Event) -> None:
        """Take an event in."""
        kind, name, value = event.get("event"), event.get("name"), event.get("value")
        if kind == "active_loop":
            self.form = str(name) if name else None
        elif kind in ("reset_slots", "restart"):
            self.step = self.pending = self.opening = None
            self.paused = False
            self.form = None if kind == "restart" else self.form
        elif kind == "slot" and name:
            self._hear_slot(str(name), value)

    def _hear_slot(self, name: str, value: Any) -> None:
        if name == "requested_slot":
            self.step = value
        elif name == "pending":
            self.pending = value
        elif name == "paused_form":
            self.paused = value is not None
        elif name == "opening":
            self.opening = value
        elif name in PERSONAL_SLOTS and isinstance(value, str) and value:
            (self.names if name in NAMING_SLOTS else self.reasons).add(value)

    @property
    def was_given_personal_data(self) -> bool:
        """Whether a form took something that stands for a person, also where the slot is empty again."""
        return bool(self.names or self.reasons)

    @property
    def needs_personal_data(self) -> bool:
        """Whether a form runs, danger broke into one, or a call could not be booked and a yes would try again."""
        return self.form in FORMS or self.paused or (self.pending == "call" and self.opening is not None)


def kept(events: Sequence[Event], first: int = 0) -> tuple[list[dict[str, Any]], Talk]:
    """Return the events from place `first` on as they are stored, and what all of them say about the talk."""
    talk, asked = Talk(), []
    for event in events:
        asked.append(talk.step if talk.form in _ASKING else None)
        talk.hear(event)
    mask = _Mask(talk)
    return [mask.event(event, step) for event, step in zip(events[first:], asked[first:], strict=True)], talk


def _without_asker(metadata: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what a channel told of a message, without the address it came from: the turn needed it, the talk does not."""
    return {key: value for key, value in (metadata or {}).items() if key != "asker"}


def emptied(event: Event) -> dict[str, Any]:
    """Return a slot's event without its value."""
    return {**event, "value": None}


def _parts(event: Event) -> Iterator[Mapping[str, Any]]:
    for part in ("data", "metadata"):
        yield event.get(part) or {}


def _has_letter(event: Event) -> bool:
    return any((part.get("reply") or {}).get("letter") for part in _parts(event))


def _sealed(event: Event) -> dict[str, Any]:
    """Return what was said, a letter, without a word of it in clear: after a crash it can still be said again."""
    whole = {part: event.get(part) for part in ("text", "data", "metadata")}
    return {**event, "text": "[letter]", "data": {}, "metadata": {SAID: sealed(SAID, whole)}}


def unsealed(event: Event) -> dict[str, Any]:
    """Return an event of what was said as it was before :func:`kept`; one without a letter stays as it is."""
    hidden = (event.get("metadata") or {}).get(SAID)
    return {**event, **(opened(SAID, hidden) or {})} if hidden else dict(event)


class _Mask:
    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def event(self, event: Event, step: str | None) -> dict[str, Any]:
        if event["event"] == "user":
            return self._user(event, step)
        if event["event"] == "bot" and _has_letter(event):
            return _sealed(event)
        if event["event"] == "bot" and (self._talk.names or self._talk.reasons):
            return {**event, **{part: self._all(event.get(part)) for part in ("text", "data", "metadata")}}
        if event["event"] == "slot" and event.get("name") in PERSONAL_SLOTS:
            return dict(event) if self._talk.needs_personal_data else emptied(event)
        return dict(event)

    def _user(self, event: Event, step: str | None) -> dict[str, Any]:
        parsed = dict(event.get("parse_data") or {})
        intent = (parsed.get("intent") or {}).get("name") or ""
        text = plain(event.get("text") or "")  # as it was understood: a name given in a form is found again
        to_form = step in _PERSONAL_STEPS and not intent.startswith("ask_")
        to_letter = step in LETTER_STEPS and not text.startswith("/")
        given = to_letter or (to_form and not text.startswith("/"))
        said = GIVEN if given else self._text(text)
        parsed["text"] = said
        parsed["entities"] = [
            {**entity, "value": self._all(entity.get("value"))}
            for entity in parsed.get("entities") or ()
            if not to_letter  # "add that she has asthma" names a child's condition
        ]
        parsed.pop("text_tokens", None)
        if "metadata" in parsed:
            parsed["metadata"] = _without_asker(parsed["metadata"])
        return {
            **event,
            "text": said,
            "parse_data": parsed,
            "metadata": _without_asker(event.get("metadata")),
        }

    def _all(self, value: Any) -> Any:
        """Mask every string of a JSON value."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {key: self._all(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._all(inner) for inner in value]
        return value

    def _text(self, text: str) -> str:
        for reason in self._talk.reasons:
            text = text.replace(reason, "[reason]").replace(json.dumps(reason)[1:-1], "[reason]")
        return masked(text, self._talk.names)
