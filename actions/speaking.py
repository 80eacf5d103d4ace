"""How actions read a tracker, and say a reply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.tongue import speaks_spanish
from assistant.clock import now
from assistant.talk.reply import Reply
from assistant.talk.spanish_acts import with_act_in_english
from assistant.talk.turn import Memory, Turn

_READ_IN_BOTH = ("booking_form", "change_form")
"""Forms that read Spanish."""


def today() -> date:
    """Return today's date by the assistant's clock."""
    return now().date()


def turn_of(tracker: Tracker) -> Turn:
    """Return what the parent wrote last; an act told in Spanish to a form that reads it has its English words."""
    turn = Turn.from_message(tracker.latest_message, tracker.get_latest_input_channel() or "")
    spanish = tracker.active_loop_name in _READ_IN_BOTH and speaks_spanish(tracker)
    return with_act_in_english(turn) if spanish else turn


def asker_of(tracker: Tracker) -> str | None:
    """Return the network address that the message came from; None where the channel told none."""
    return (tracker.latest_message.get("metadata") or {}).get("asker") or None


def memory_of(tracker: Tracker) -> Memory:
    """Return what the talk knows."""
    return Memory.from_slots(tracker.slots)


def remember(before: Memory, after: Memory) -> list[EventType]:
    """Return the events that keep what changed."""
    return [SlotSet(name, value) for name, value in after.changes_from(before).items()]


def speak(
    dispatcher: CollectingDispatcher, replies: Iterable[Reply], noted: dict[str, Any] | None = None
) -> None:
    """Say the replies; the whole of each travels as `reply`, text and buttons serve plain channels too.

    Args:
        dispatcher: Says them.
        replies: What is said.
        noted: What the people who write the answers should see of this turn; it travels with the first reply.
    """
    for place, reply in enumerate(replies):
        said = (replace(reply, noted=noted) if noted and not place else reply).to_json()
        dispatcher.utter_message(text=reply.text, buttons=said["buttons"], reply=said)
