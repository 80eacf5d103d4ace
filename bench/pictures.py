"""The figures as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

COLORS = {"this assistant": "#1f6f54", "stock Rasa": "#b3541e", "floor": "#8a8f98"}


def draw(figures: Mapping[str, Any], path: Path) -> None:
    """Draw turn time, throughput, memory and start by side, then turn time by length of the talk and by intents, as a PNG."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    sides = figures["sides"]
    figure, places = plt.subplots(2, 3, figsize=(13, 7))
    turn, rate, memory, start, length, intents = places.flat

    for name, seen in sides.items():
        _lines(name, seen, turn, rate, length)
    for axes, measure in ((memory, "memory MB"), (start, "start s")):
        measured = {name: seen[measure] for name, seen in sides.items() if measure in seen}
        axes.bar(list(measured), list(measured.values()), color=[COLORS[name] for name in measured])
    _by_intents(figures.get("intents") or {}, intents)

    for axes, title, below in (
        (turn, "a turn, median ms", "parents at once"),
        (rate, "messages a second", "parents at once"),
        (memory, "memory of all processes, MB", ""),
        (start, "start to first answer, s", ""),
        (length, "a turn, ms", "turn of the talk"),
        (intents, "a turn in process, median ms", "intents"),
    ):
        axes.set_title(title)
        axes.set_xlabel(below)
        axes.spines[["top", "right"]].set_visible(False)
    if turn.lines:
        turn.set_yscale("log")
        turn.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=100)
    plt.close(figure)


def _lines(name: str, seen: Mapping[str, Any], turn: Any, rate: Any, length: Any) -> None:
    """Draw one side: turn time and throughput by parents at once, turn time by length of the talk."""
    parents = [int(n) for n in seen.get("load", {})]
    for axes, measure in ((turn, "p50 ms"), (rate, "messages/s")):
        values = [seen["load"][str(n)][measure] for n in parents]
        axes.plot([str(n) for n in parents], values, "o-", color=COLORS[name], label=name)
    if talk := seen.get("talk"):
        length.plot([int(n) for n in talk], list(talk.values()), color=COLORS[name], label=name)


def _by_intents(measured: Mapping[str, float], axes: Any) -> None:
    if not measured:
        axes.set_visible(False)
        return
    axes.plot([int(n) for n in measured], list(measured.values()), "o-", color=COLORS["this assistant"])
    axes.set_ylim(0)
