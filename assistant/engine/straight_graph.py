"""Runs the components of a loaded model one after the other, without a scheduler between them.

Rasa hands each of a turn's three or four runs to dask, which sorts the graph and keeps the books of a parallel run for a handful of steps
that run in one thread anyway: 1.5 ms of a turn's 25. The order is worked out once for each set of targets instead.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

_ORDERS = "_orders"
"""Attribute of a runner: for each tuple of targets the steps in order."""


def order(schema: GraphSchema) -> list[str]:
    """Return the nodes of a graph so that each comes after what it needs; inputs are no nodes."""
    placed: dict[str, None] = {}

    def place(name: str) -> None:
        if name in placed or name not in schema.nodes:
            return
        for needed in schema.nodes[name].needs.values():
            place(needed)
        placed[name] = None

    for name in schema.nodes:
        place(name)
    return list(placed)


def run(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """Run the graph as `DaskGraphRunner.run` does.

    Raises:
        GraphRunError: A component failed, or lacks an input.
    """
    wanted = targets or self._graph_schema.target_names
    orders = self.__dict__.setdefault(_ORDERS, {})
    steps = orders.get(tuple(wanted))
    if steps is None:
        schema = self._graph_schema.minimal_graph_schema(wanted)
        steps = orders[tuple(wanted)] = [
            (self._instantiated_nodes[name], tuple(schema.nodes[name].needs.values()), name)
            for name in order(schema)
        ]
    done: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for node, needs, name in steps:
            done[name] = node(*[done.get(needed, needed) for needed in needs])
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(done[name] for name in wanted)


RASAS_RUN = DaskGraphRunner.run
"""What is replaced; the tests hold both to the same results."""


def apply() -> None:
    """Put the change in place for every model of this process; doing it twice is harmless."""
    DaskGraphRunner.run = run  # type: ignore[method-assign]
