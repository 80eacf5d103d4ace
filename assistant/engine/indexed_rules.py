"""Finds the rules that fit a talk by its last action and intent, instead of trying every rule.

RulePolicy tries each of its 147 rules at each prediction, and each step of the talk again: 3 ms of a turn's 25. A rule can only fit where
the last action and the intent are those it names, so only these are tried, by Rasa's own test.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

_INDEX = "_rules_by_last_state"
"""Attribute of a policy: for each lookup table (by id) the table, the index and the most states of a rule."""
_ANY = None
"""A rule that names no action or no intent fits all of them."""

Index = dict[tuple[str | None, str | None], list[str]]


def _named(state: dict[str, Any], part: str, key: str) -> str | None:
    value = state.get(part, {}).get(key)
    return value if isinstance(value, str) and value and value != SHOULD_NOT_BE_SET else _ANY


def _index(self: RulePolicy, lookup: dict[str, str]) -> tuple[Index, int]:
    known = self.__dict__.setdefault(_INDEX, {})
    found = known.get(id(lookup))
    if found is None or found[0] is not lookup or found[3] != len(lookup):
        index: Index = defaultdict(list)
        longest = 0
        for key in lookup:
            states = self._rule_key_to_state(key)
            longest = max(longest, len(states))
            last = states[-1] if states else {}
            index[(_named(last, PREVIOUS_ACTION, ACTION_NAME), _named(last, USER, INTENT))].append(key)
        found = known[id(lookup)] = (lookup, dict(index), longest, len(lookup))
    return found[1], found[2]


def longest_rule(self: RulePolicy, lookup: dict[str, str]) -> int:
    """Return the most states that a rule of `lookup` has."""
    return _index(self, lookup)[1] if lookup else 0


def _get_possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[dict[str, Any]]) -> set[str]:
    """Return the rules that fit the end of `states`, as RulePolicy finds them."""
    if not states:
        return set(lookup)
    index, longest = _index(self, lookup)
    action = states[-1].get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    intent = states[-1].get(USER, {}).get(INTENT)
    keys = {
        key
        for place in {(action, intent), (action, _ANY), (_ANY, intent), (_ANY, _ANY)}
        for key in index.get(place, ())
    }
    if not states[-1].get(PREVIOUS_ACTION):  # the start of a talk: Rasa compares nothing there
        keys = set(lookup)
    # past the longest rule nothing is compared any more
    for turn, state in enumerate(reversed(states[-longest:])):
        keys = {key for key in keys if self._is_rule_applicable(key, turn, state)}
    return keys


RASAS_SEARCH = RulePolicy._get_possible_keys
"""What is replaced; the tests hold both to the same rules."""


def apply() -> None:
    """Put the change in place; doing it twice is harmless."""
    RulePolicy._get_possible_keys = _get_possible_keys  # type: ignore[method-assign]
