"""Copies and states of a talk are those that Rasa makes, over talks of every kind."""

from __future__ import annotations

import asyncio
import inspect
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core import processor
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.featurizers.tracker_featurizers import MaxHistoryTrackerFeaturizer
from rasa.core.policies import rule_policy
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.engine import last_states, lighter_turns

DOMAIN = Domain.from_yaml(
    "version: '3.1'\nintents: [ask_cost, greet]\nentities: [plan]\nactions: [action_answer, action_validate]\n"
    "slots:\n  plan: {type: any, mappings: [{type: custom}]}\n"
    "  asked: {type: bool, influence_conversation: true, initial_value: false, mappings: [{type: custom}]}\n"
    "forms:\n  form: {required_slots: [plan]}\n"
)
TALKS = 300


def _some(rng: random.Random) -> Event:
    intent = {"name": rng.choice(["ask_cost", "greet"])}
    made: list[Any] = [
        UserUttered("words", intent, [{"entity": "plan", "value": "iep"}]),
        UserUttered("/greet", intent),
        *(
            ActionExecuted(name)
            for name in ("action_listen", "action_answer", "action_answer", "form", "action_listen")
        ),
        *(ActiveLoop(name) for name in ("form", None)),
        LoopInterrupted(True),
        ActionExecutionRejected("form"),
        SlotSet("plan", rng.choice(["504", "iep", None])),
        SlotSet("asked", rng.random() < 0.5),
        BotUttered("so"),
        *(
            rng.choice([FollowupAction("action_answer"), AllSlotsReset(), BotUttered("well")])
            for _ in range(2)
        ),
    ]
    rare: list[Any] = [SessionStarted(), Restarted(), UserUtteranceReverted()]
    found: Event = rng.choice(rare if rng.random() < 0.03 else made)
    return found


def _talks() -> Iterator[DialogueStateTracker]:
    rng = random.Random(504)
    for _ in range(TALKS):
        tracker = DialogueStateTracker("a", DOMAIN.slots)
        for _ in range(rng.randint(0, 40)):
            tracker.update(_some(rng))
        if rng.random() < 0.5:
            tracker.clear_followup_action()
        yield tracker


def _inside(tracker: DialogueStateTracker) -> dict[str, Any]:
    about = dict(vars(tracker))
    about["slots"] = {name: vars(slot) for name, slot in tracker.slots.items()}
    about["active_loop"] = tracker.active_loop and vars(tracker.active_loop)
    about["events"] = list(tracker.events)
    return about


def test_a_copied_talk_is_what_a_replayed_one_is() -> None:
    lighter_turns.apply()
    for tracker in _talks():
        assert _inside(tracker.copy()) == _inside(lighter_turns.RASAS_COPY(tracker))


def test_a_copied_talk_goes_on_by_itself() -> None:
    lighter_turns.apply()
    for tracker in _talks():
        before = _inside(lighter_turns.RASAS_COPY(tracker))
        twin = tracker.copy()
        for event in (
            ActiveLoop("form"),
            ActionExecutionRejected("form"),
            SlotSet("plan", "other"),
            BotUttered("so"),
        ):
            twin.update(event)
        assert _inside(lighter_turns.RASAS_COPY(tracker)) == before
        assert tracker.active_loop is None or tracker.active_loop is not twin.active_loop


def _policy(*lengths: int) -> RulePolicy:
    policy = RulePolicy.__new__(RulePolicy)
    state = '{"prev_action": {"action_name": "action_listen"}}'
    policy.lookup = {
        RULES: {f"[{', '.join([state] * length)}]": "action_answer" for length in lengths},
        RULES_FOR_LOOP_UNHAPPY_PATH: {},
    }
    vars(policy)["_RulePolicy__featurizer"] = None
    vars(policy)["_Policy__featurizer"] = MaxHistoryTrackerFeaturizer()
    return policy


@pytest.mark.parametrize("longest", [1, 2, 4])
@pytest.mark.parametrize("by_text", [True, False])
def test_the_last_states_are_the_end_of_all_states(longest: int, by_text: bool) -> None:
    policy, seen = _policy(longest), 0
    for tracker in _talks():
        theirs = last_states.RASAS_STATES(policy, tracker, DOMAIN, by_text)
        for _ in range(2):  # the second time they are known
            ours = last_states._prediction_states(policy, tracker, DOMAIN, by_text)
            assert ours == theirs[-(longest + 1) :]
        # what one prediction took out of them is there for the next
        other = last_states._prediction_states(policy, tracker, DOMAIN, not by_text)
        assert other == last_states.RASAS_STATES(policy, tracker, DOMAIN, not by_text)[-(longest + 1) :]
        seen = max(seen, len(theirs))
    assert seen > 10


def test_states_of_a_talk_that_went_on_are_made_anew() -> None:
    policy, tracker = _policy(2), DialogueStateTracker("a", DOMAIN.slots)
    for event in (
        ActionExecuted("action_listen"),
        UserUttered("hello", {"name": "greet"}),
        ActionExecuted("action_answer"),
    ):
        tracker.update(event)
        assert last_states._prediction_states(policy, tracker, DOMAIN) == last_states.RASAS_STATES(
            policy, tracker, DOMAIN
        )


def test_the_states_of_a_long_talk_are_as_few_as_of_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    state_of = Domain.get_active_state

    def counted(*given: Any) -> Any:
        made.append(1)
        return state_of(*given)

    monkeypatch.setattr(Domain, "get_active_state", counted)
    tracker = DialogueStateTracker("a", DOMAIN.slots)
    for _ in range(200):
        tracker.update(ActionExecuted("action_answer"))
    for by_text in (True, False):
        last_states._prediction_states(_policy(2), tracker, DOMAIN, by_text)
    assert len(made) == 3


def _extracted(domain: Domain, tracker: DialogueStateTracker, run: Any) -> list[Event]:
    found: list[Event] = asyncio.run(run(ActionExtractSlots(None), None, None, tracker, domain))
    return found


def test_slots_that_only_actions_fill_are_not_looked_for() -> None:
    for tracker in _talks():
        assert _extracted(DOMAIN, tracker, lighter_turns.RASAS_EXTRACTION) == []
    assert lighter_turns._fills_no_slot(DOMAIN)


def test_a_slot_that_rasa_fills_is_still_filled() -> None:
    domain = Domain.from_yaml(
        "version: '3.1'\nintents: [greet]\nentities: [plan]\n"
        "slots:\n  plan: {type: any, mappings: [{type: from_entity, entity: plan}]}\n"
    )
    tracker = DialogueStateTracker("a", domain.slots)
    tracker.update(UserUttered("iep", {"name": "greet"}, [{"entity": "plan", "value": "iep"}]))
    assert _extracted(domain, tracker, lighter_turns._extract_slots) == [SlotSet("plan", "iep")]


@pytest.mark.parametrize("module", [processor, rule_policy])
def test_rasa_copies_there_for_debug_logs_alone(module: Any) -> None:
    source = inspect.getsource(module)
    copies = re.findall(r"\bcopy\.\w+\([^()]*\)", source)
    logged = re.findall(r"structlogger\.debug\((?:[^()]|\([^()]*\))*\)", source)
    assert copies and len(re.findall(r"\bcopy\.", source)) == len(copies)
    for one in copies:
        assert any(one in call for call in logged), one
