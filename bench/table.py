"""The figures as a table, and beside what the project promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TURNS_SHOWN = (5, 20, 50, 100, 200, 500)


def _row(name: str, values: list[float | None]) -> str:
    return f"{name:28}" + "".join(f"{'-' if v is None or v != v else f'{v:.1f}':>17}" for v in values)


def table(figures: Mapping[str, Any]) -> str:
    """Return the figures as text, one column a side."""
    sides = figures["sides"]
    lines = [f"{'':28}" + "".join(f"{name:>17}" for name in sides)]
    for parents in sorted({n for seen in sides.values() for n in seen.get("load", {})}, key=int):
        for measure in ("p50 ms", "p95 ms", "p99 ms", "messages/s", "CPU ms", "failed"):
            values = [seen.get("load", {}).get(parents, {}).get(measure) for seen in sides.values()]
            lines.append(_row(f"{parents} parents, {measure}", values))
    for measure in ("start s", "start CPU s", "memory MB", "installed MB"):
        lines.append(_row(measure, [seen.get(measure) for seen in sides.values()]))
    for measure in ("seconds", "cpu seconds", "memory MB", "epochs", "lines an intent", "seconds, all lines"):
        values = [seen.get("training", {}).get(measure) for seen in sides.values()]
        lines.append(_row(f"training, {measure}", values))
    for name, key in (("ms", "talk"), ("CPU ms", "talk CPU")):
        for turn in TURNS_SHOWN:
            values = [seen.get(key, {}).get(str(turn)) for seen in sides.values()]
            lines.append(_row(f"turn {turn} of a talk, {name}", values))
    for count, value in figures.get("intents", {}).items():
        lines.append(_row(f"{count} intents, ms in process", [value]))
    return "\n".join(lines) + "\n"


def promises(figures: Mapping[str, Any]) -> str:
    """Return each promised ratio beside the one that was measured, and whether it holds."""
    ours, stock, floor = (
        figures["sides"].get(name, {}) for name in ("this assistant", "stock Rasa", "floor")
    )
    wanted: list[tuple[str, float, float, bool]] = []

    def ratio(
        name: str, over: float | None, under: float | None, bound: float, at_least: bool = False
    ) -> None:
        if over is not None and under:
            wanted.append((name, over / under, bound, at_least))

    def at(side: Mapping[str, Any], *path: str) -> float | None:
        found: Any = side
        for key in path:
            found = found.get(key, {})
        return None if found == {} else float(found)

    turn, rate, training = ("load", "1", "p50 ms"), ("load", "32", "messages/s"), ("training", "seconds")
    ratio("turn p50 to stock's", at(ours, *turn), at(stock, *turn), 0.35)
    ratio("messages/s at 32 to stock's", at(ours, *rate), at(stock, *rate), 3, at_least=True)
    ratio("start to stock's", at(ours, "start s"), at(stock, "start s"), 0.25)
    ratio("memory to stock's", at(ours, "memory MB"), at(stock, "memory MB"), 0.4)
    ratio("training to stock's", at(ours, *training), at(stock, *training), 0.3)
    ratio("turn p50 to the floor's", at(ours, *turn), at(floor, *turn), 3)
    ratio("turn 500 to turn 5", at(ours, "talk", "500"), at(ours, "talk", "5"), 1.3)
    ratio("the same, processor time", at(ours, "talk CPU", "500"), at(ours, "talk CPU", "5"), 1.3)
    ratio(
        "150 intents to 75", at(figures.get("intents", {}), "150"), at(figures.get("intents", {}), "75"), 1.2
    )
    lines = []
    for name, found, bound, at_least in wanted:
        holds = found >= bound if at_least else found <= bound
        lines.append(
            f"{'holds ' if holds else 'MISSED'}  {name:28} {found:8.2f}   promised {'>=' if at_least else '<='} {bound}"
        )
    return "\n".join(lines) + "\n"
