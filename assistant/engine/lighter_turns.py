"""What a turn of Rasa 3.6 costs for nothing, and how it is left out. Each change has its figure and a test.

- `RemoteAction._validate_action_result` builds and checks a JSON schema anew on every action: 44 % of the
  time of mixed traffic. A validator built once gives the same verdict.
- Where the actions run in this process, what they return is our own: the tests hold it to that schema, no turn does (2 ms).
- `RemoteAction._action_call_format` writes out every event of the talk for every action, so that a turn
  grows with the talk. Our actions read slots, the last message and the active form.
- `Event.resolve_by_type` walks all classes of events for every event that is read: a table of them (2 ms).
- `DialogueStateTracker` copies each of its 38 slots for each step it looks back, the slow general way (2 ms).
- `DialogueStateTracker.copy` replays the whole talk for each action; a plain copy has the same state (4 %).
- `ActionExtractSlots` walks 38 slots though none of them is filled by Rasa itself (3 %).
- What a debug log would say is copied deeply, also where nobody logs it (3 %).
- Three more stand in modules of their own: straight_graph.py, indexed_rules.py and last_states.py.
"""

from __future__ import annotations

import copy
import functools
from types import SimpleNamespace
from typing import Any

import rasa
from jsonschema import Draft7Validator
from rasa.core import processor
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.core.policies import rule_policy
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS, DEFAULT_SLOT_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, FollowupAction, SlotSet, UserUttered
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from assistant.engine import indexed_rules, last_states, straight_graph
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


def _copy_of_tracker(self: DialogueStateTracker) -> DialogueStateTracker:
    followup = self.followup_action
    if followup is None:  # taken already: a replay takes it up again
        for event in reversed(self.events):
            if isinstance(event, ActionExecuted | UserUttered):
                break
            if isinstance(event, FollowupAction):
                followup = event.action_name
                break
            if not isinstance(event, SlotSet):
                return RASAS_COPY(self)
        else:
            return RASAS_COPY(self)
    if type(self.slots) is not dict:
        return RASAS_COPY(self)
    twin = object.__new__(type(self))
    twin.__dict__.update(self.__dict__)
    twin.__dict__.pop(last_states.KEPT, None)
    twin.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
    twin.events = self._create_events(list(self.events))
    twin.active_loop = copy.copy(self.active_loop)
    twin.followup_action = followup
    twin.model_id = twin.assistant_id = twin.sender_source = None
    return twin


def _fills_no_slot(domain: Domain) -> bool:
    known = domain.__dict__.get("_fills_no_slot")
    if known is None:
        mappings = [m for slot in domain.slots if slot.name not in DEFAULT_SLOT_NAMES for m in slot.mappings]
        known = ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions and all(
            mapping == {"type": "custom"} for mapping in mappings
        )
        domain.__dict__["_fills_no_slot"] = known
    return bool(known)


async def _extract_slots(
    self: ActionExtractSlots, output_channel: Any, nlg: Any, tracker: Any, domain: Domain
) -> list[Event]:
    return (
        [] if _fills_no_slot(domain) else await RASAS_EXTRACTION(self, output_channel, nlg, tracker, domain)
    )


RASAS_COPY = DialogueStateTracker.copy
RASAS_EXTRACTION = ActionExtractSlots.run
"""What is replaced; the tests hold both to the same results."""


def apply() -> None:
    """Put the changes in place; doing it twice is harmless."""
    straight_graph.apply()
    indexed_rules.apply()
    last_states.apply()
    DialogueStateTracker.copy = _copy_of_tracker  # type: ignore[method-assign]
    ActionExtractSlots.run = _extract_slots  # type: ignore[method-assign]
    for module in (processor, rule_policy):  # both copy for debug logs and for nothing else
        vars(module)["copy"] = SimpleNamespace(deepcopy=lambda value: value)
    Event.resolve_by_type = staticmethod(_resolve_by_type)  # type: ignore[method-assign]
    Slot.__copy__ = _copy_of_slot  # type: ignore[attr-defined]
    RemoteAction._validate_action_result = _validate_action_result  # type: ignore[method-assign]
    RemoteAction._action_call_format = _action_call_format  # type: ignore[method-assign]
