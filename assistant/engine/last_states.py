"""Works out the states of a talk that a rule can still see, once a prediction, instead of all of them, twice.

RulePolicy makes a state of each step of the talk, first with the parent's words and again with the intent, and compares the last few with
its rules, of which the longest here has two states. That was 13 % of a turn.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.engine.indexed_rules import longest_rule

KEPT = "_last_states"
"""Attribute of a tracker: how many events it had, how many states were asked for, and the states."""

State = dict[str, dict[str, Any]]


def last_states(tracker: DialogueStateTracker, domain: Domain, count: int) -> list[State]:
    """Return the last `count` of the states that `tracker.past_states` gives."""
    events = tracker.applied_events()
    skipped = sum(isinstance(event, ActionExecuted) for event in events) + 1 - count
    replayed = tracker.init_copy()
    states = []
    for event in events:
        if isinstance(event, ActionExecuted):
            if skipped <= 0:
                states.append(domain._clean_state(domain.get_active_state(replayed)))
            skipped -= 1
        replayed.update(event)
    states.append(domain._clean_state(domain.get_active_state(replayed)))
    return states  # type: ignore[return-value]


def _prediction_states(
    self: RulePolicy,
    tracker: DialogueStateTracker,
    domain: Domain,
    use_text_for_last_user_input: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """Return the end of what `RulePolicy._prediction_states` returns: one state more than the longest rule has."""
    # one more, so that the key of these states is never that of a rule
    count = 1 + max(
        longest_rule(self, self.lookup.get(part, {})) for part in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)
    )
    about = (len(tracker.events), count)
    kept = tracker.__dict__.get(KEPT)
    if kept is None or kept[0] != about:
        kept = tracker.__dict__[KEPT] = (about, last_states(tracker, domain, count))
    states: list[State] = [{part: dict(values) for part, values in state.items()} for state in kept[1]]
    featurizer: Any = self.featurizer
    states = featurizer.slice_state_history(states, getattr(featurizer, "max_history", None))
    featurizer._choose_last_user_input([states], use_text_for_last_user_input)
    return states


RASAS_STATES = RulePolicy._prediction_states
"""What is replaced; the tests hold both to the same states."""


def apply() -> None:
    """Put the change in place; doing it twice is harmless."""
    RulePolicy._prediction_states = _prediction_states  # type: ignore[method-assign, assignment]
