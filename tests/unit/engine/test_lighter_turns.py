"""Each change to Rasa gives what Rasa gives; each test fails if Rasa changes underneath."""

from __future__ import annotations

import copy
import itertools
import json
import random
import subprocess
import sys
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event
from rasa.shared.core.slots import AnySlot, CategoricalSlot
from rasa.shared.utils.common import all_subclasses

from assistant.engine import indexed_rules, lighter_turns, straight_graph
from assistant.settings import TOP

# -- straight_graph ----------------------------------------------------------------------------


def _runner(nodes: dict[str, list[str]]) -> tuple[DaskGraphRunner, list[str]]:
    """Return a runner whose nodes say who gave them what, and the list of nodes in the order they ran."""
    ran: list[str] = []

    def node(name: str) -> Any:
        def call(*inputs: Any) -> tuple[str, str]:
            ran.append(name)
            return name, f"{name}({','.join(str(value) for _, value in inputs)})"

        return call

    runner = DaskGraphRunner.__new__(DaskGraphRunner)
    runner._graph_schema = GraphSchema(
        {
            name: SchemaNode(
                needs={f"input{place}": need for place, need in enumerate(needs)},
                uses=GraphComponent,
                constructor_name="create",
                fn="process",
                config={},
                is_target=name in ("classify", "predict"),
            )
            for name, needs in nodes.items()
        }
    )
    runner._instantiated_nodes = {name: node(name) for name in nodes}
    runner._execution_context = None
    return runner, ran


NODES = {
    "predict": ["rules", "classify"],
    "rules": ["__tracker__"],
    "classify": ["tokens", "__message__"],
    "tokens": ["__message__"],
}
INPUTS = {"__message__": "hello", "__tracker__": "talk"}


@pytest.mark.parametrize("targets", [None, ["classify"], ["predict"], ["tokens", "predict"]])
def test_a_graph_run_straight_gives_what_rasas_scheduler_gives(targets: list[str] | None) -> None:
    runner, ran = _runner(NODES)
    theirs = straight_graph.RASAS_RUN(runner, dict(INPUTS), targets)
    needed = set(ran)
    for _ in range(2):  # the second time the order is known
        ran.clear()
        assert straight_graph.run(runner, dict(INPUTS), targets) == theirs
        assert set(ran) == needed
        assert len(ran) == len(needed)


# -- indexed_rules -----------------------------------------------------------------------------


def _states(rng: random.Random, length: int) -> list[dict[str, Any]]:
    def state() -> dict[str, Any]:
        made: dict[str, Any] = {}
        if rng.random() < 0.9:
            made["prev_action"] = {"action_name": rng.choice(["action_listen", "action_answer", "action_x"])}
        if rng.random() < 0.7:
            made["user"] = {"intent": rng.choice(["ask_cost", "greet", "stop"])}
        if rng.random() < 0.3:
            made["active_loop"] = {"name": rng.choice(["form", "should_not_be_set"])}
        return made

    return [state() for _ in range(length)]


def test_the_index_finds_the_rules_that_rasa_finds() -> None:
    rng = random.Random(504)
    policy = RulePolicy.__new__(RulePolicy)
    lookup = {json.dumps(_states(rng, rng.randint(1, 4))): "action" for _ in range(200)}
    found = 0
    for _ in range(300):
        talk = _states(rng, rng.randint(0, 6))
        theirs = indexed_rules.RASAS_SEARCH(policy, lookup, talk)
        assert indexed_rules._get_possible_keys(policy, lookup, talk) == theirs
        found += len(theirs)
    assert found > 300  # the comparison is about something


def test_a_new_table_of_rules_gets_a_new_index() -> None:
    policy = RulePolicy.__new__(RulePolicy)
    talk = [{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}]
    lookup = {json.dumps(talk): "action_greet"}
    assert indexed_rules._get_possible_keys(policy, lookup, talk)
    lookup.clear()
    assert not indexed_rules._get_possible_keys(policy, lookup, talk)


# -- lighter_turns -----------------------------------------------------------------------------


def test_the_table_of_events_says_what_the_walk_says() -> None:
    lighter_turns.apply()
    names = {cls.type_name for cls in all_subclasses(Event)}
    assert len(names) > 20
    for name in names:
        assert Event.resolve_by_type(name) is lighter_turns._resolve_by_walking(name)
    with pytest.raises(ValueError, match="Unknown event"):
        Event.resolve_by_type("no_such_event")


@pytest.mark.parametrize(
    "slot",
    [
        AnySlot("plan", [{"type": "custom"}], initial_value="504", influence_conversation=False),
        CategoricalSlot("grade", [{"type": "custom"}], values=["1", "2"], initial_value="1"),
    ],
)
def test_a_copied_slot_is_a_slot_of_its_own(slot: Any) -> None:
    lighter_turns.apply()
    twin = copy.copy(slot)
    assert type(twin) is type(slot) and vars(twin) == vars(slot)
    twin.value = "2"
    assert slot.value != "2"


# -- unused_imports ----------------------------------------------------------------------------


def test_rasa_starts_without_what_it_never_uses_and_that_can_be_imported_afterwards() -> None:
    code = (
        "import sys\n"
        "from assistant.engine.unused_imports import UNUSED, import_rasa\n"
        "import_rasa()\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in UNUSED))\n"
        "import aio_pika; print(bool(aio_pika.Message))\n"
    )
    printed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=TOP
    ).stdout.splitlines()
    assert printed == ["[]", "True"]


def test_a_left_out_name_says_where_it_was_left_out() -> None:
    code = (
        "from assistant.engine.unused_imports import import_rasa\n"
        "import_rasa()\n"
        "from rasa.core.channels.telegram import Bot\n"
        "try:\n    Bot('x')\nexcept RuntimeError as error:\n    print(error)\n"
    )
    printed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=TOP
    ).stdout
    assert "unused_imports.py" in printed


def test_targets_in_any_order_are_cached_apart() -> None:
    runner, _ = _runner(NODES)
    for targets in itertools.permutations(["tokens", "classify"]):
        assert list(straight_graph.run(runner, dict(INPUTS), list(targets))) == list(targets)
