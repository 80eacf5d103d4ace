"""What a turn of Rasa 3.6 costs for nothing, and how it is left out. Each change has its figure and a test.

- `RemoteAction._validate_action_result` builds and checks a JSON schema anew on every action: 44 % of the
  time of mixed traffic. A validator built once gives the same verdict.
- Where the actions run in this process, what they return is our own: the tests hold it to that schema, no turn does (2 ms).
- `RemoteAction._action_call_format` writes out every event of the talk for every action, so that a turn
  grows with the talk. Our actions read slots, the last message and the active form.
- `Event.resolve_by_type` walks all classes of events for every event that is read: a table of them (2 ms).
- `DialogueStateTracker` copies each of its 38 slots for each step it looks back, the slow general way (2 ms).
- Two more stand in modules of their own: straight_graph.py and indexed_rules.py.
"""

from __future__ import annotations

import functools
from typing import Any

import rasa
from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import EventVerbosity

from assistant.engine import indexed_rules, straight_graph
from assistant.engine.in_process_actions import InProcessActions

RECENT_EVENTS = 30
"""Events that travel to an action: those of the running turn and the one before, with room to spare."""


@functools.cache
def _validator() -> Draft7Validator:
    return Draft7Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    if not isinstance(self.action_endpoint, InProcessActions):
        _validator().validate(result)
    return True


def _action_call_format(self: RemoteAction, tracker: Any, domain: Any) -> dict[str, Any]:
    state = tracker.current_state(EventVerbosity.NONE)
    events = tracker.events
    recent = [events[place] for place in range(max(0, len(events) - RECENT_EVENTS), len(events))]
    state["events"] = [event.as_dict() for event in recent]
    call = {
        "next_action": self.name(),
        "sender_id": tracker.sender_id,
        "tracker": state,
        "version": rasa.__version__,
    }
    if not self._is_selective_domain_enabled() or domain.does_custom_action_explicitly_need_domain(
        self.name()
    ):
        call["domain"] = domain.as_dict()
    return call


_resolve_by_walking = Event.resolve_by_type


@functools.cache
def _resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    return _resolve_by_walking(type_name, default)


def _copy_of_slot(self: Slot) -> Slot:
    twin = object.__new__(type(self))
    twin.__dict__.update(self.__dict__)
    return twin


def apply() -> None:
    """Put the changes in place; doing it twice is harmless."""
    straight_graph.apply()
    indexed_rules.apply()
    Event.resolve_by_type = staticmethod(_resolve_by_type)  # type: ignore[method-assign]
    Slot.__copy__ = _copy_of_slot  # type: ignore[attr-defined]
    RemoteAction._validate_action_result = _validate_action_result  # type: ignore[method-assign]
    RemoteAction._action_call_format = _action_call_format  # type: ignore[method-assign]
