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
    for parents in next(iter(sides.values()))["load"]:
        for measure in ("p50 ms", "p95 ms", "p99 ms", "messages/s", "CPU ms", "failed"):
            values = [seen["load"].get(parents, {}).get(measure) for seen in sides.values()]
            lines.append(_row(f"{parents} parents, {measure}", values))
    for measure in ("start s", "memory MB", "installed MB"):
        lines.append(_row(measure, [seen.get(measure) for seen in sides.values()]))
    for measure in ("seconds", "cpu seconds", "memory MB", "epochs"):
        lines.append(_row(f"training, {measure}", [seen["training"].get(measure) for seen in sides.values()]))
    for turn in TURNS_SHOWN:
        lines.append(
            _row(
                f"turn {turn} of a talk, ms", [seen.get("talk", {}).get(str(turn)) for seen in sides.values()]
            )
        )
    for count, value in figures.get("intents", {}).items():
        lines.append(_row(f"{count} intents, ms in process", [value]))
    return "\n".join(lines) + "\n"


def promises(figures: Mapping[str, Any]) -> str:
    """Return each promised ratio beside the one that was measured, and whether it holds."""
    sides = figures["sides"]
    ours, stock, floor = (sides.get(name) for name in ("this assistant", "stock Rasa", "floor"))
    wanted: list[tuple[str, float, float, bool]] = []

    def ratio(name: str, over: float, under: float, bound: float, at_least: bool = False) -> None:
        wanted.append((name, over / under if under else float("nan"), bound, at_least))

    if stock:
        ratio("turn p50 to stock's", ours["load"]["1"]["p50 ms"], stock["load"]["1"]["p50 ms"], 0.35)
        ratio(
            "messages/s at 32 to stock's",
            ours["load"]["32"]["messages/s"],
            stock["load"]["32"]["messages/s"],
            3,
            at_least=True,
        )
        ratio("start to stock's", ours["start s"], stock["start s"], 0.25)
        ratio("memory to stock's", ours["memory MB"], stock["memory MB"], 0.4)
        if ours["training"] and stock["training"]:
            ratio("training to stock's", ours["training"]["seconds"], stock["training"]["seconds"], 0.3)
    ratio("turn p50 to the floor's", ours["load"]["1"]["p50 ms"], floor["load"]["1"]["p50 ms"], 3)
    if "500" in (talk := ours.get("talk", {})):
        ratio("turn 500 to turn 5", talk["500"], talk["5"], 1.3)
    if intents := figures.get("intents"):
        ratio("150 intents to 75", intents["150"], intents["75"], 1.2)
    lines = []
    for name, found, bound, at_least in wanted:
        holds = found >= bound if at_least else found <= bound
        lines.append(
            f"{'holds ' if holds else 'MISSED'}  {name:28} {found:8.2f}   promised {'>=' if at_least else '<='} {bound}"
        )
    return "\n".join(lines) + "\n"
