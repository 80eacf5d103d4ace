"""`make bench`: this assistant, the floor and a stock Rasa side by side, in one run.

Writes var/bench/bench.json, bench.txt and bench.png. `ARGS="--quick"` measures seconds instead of minutes; `--no-stock` leaves the stock
assistant out, whose training takes long.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import statistics
import sys
from typing import Any

from assistant.engine.quiet import ignore_warnings
from assistant.settings import TOP
from bench import intents, stock
from bench.parents import Load, load, long_talk
from bench.pictures import draw
from bench.processes import memory_mb
from bench.sides import Floor, Ours, Side, Stock
from bench.table import TURNS_SHOWN, promises, table

OUT = TOP / "var/bench"
PARENTS = (1, 8, 32)
COUNTS = [25, 50, 75, 150]
ROUNDS, SECONDS = 3, 5.0
TURNS = 505
STARTS = 3


def say(text: str) -> None:
    """Tell the person at the terminal what goes on."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


async def starts(side: Side, times: int) -> float:
    """Return the median seconds from start to first answer; the side runs on afterwards."""
    seen = []
    for attempt in range(times):
        seen.append(await side.first_answer())
        if attempt < times - 1:
            side.stop()
    return statistics.median(seen)


async def under_load(
    sides: list[Side], rounds: int, seconds: float
) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures of each side by parents; sides take turns, so that what else the machine does hits all alike."""
    seen = {side.name: {parents: Load() for parents in PARENTS} for side in sides}
    for side in sides:
        await load(side, 1, 2.0, Load())  # what is read once at the first turns
    for number in range(rounds):
        say(f"Round {number + 1} of {rounds} ...")
        for parents in PARENTS:
            for side in sides:
                await load(side, parents, seconds, seen[side.name][parents])
    return {
        name: {str(parents): one.figures() for parents, one in loads.items()} for name, loads in seen.items()
    }


def around(times: list[float]) -> dict[str, float]:
    """Return the median of the ten turns around each turn of TURNS_SHOWN, in milliseconds."""
    return {
        str(turn): statistics.median(times[max(0, turn - 5) : turn + 5])
        for turn in TURNS_SHOWN
        if turn <= len(times)
    }


async def measure(sides: list[Side], quick: bool) -> dict[str, dict[str, Any]]:
    """Start, load and end all sides; return their figures by name."""
    found: dict[str, dict[str, Any]] = {}
    try:
        for side in sides:
            say(f"Starting {side.name} ...")
            found[side.name] = {"start s": await starts(side, 1 if quick else STARTS)}
        loads = await under_load(sides, 1 if quick else ROUNDS, 2.0 if quick else SECONDS)
        for side in sides:
            found[side.name] |= {"load": loads[side.name], "memory MB": memory_mb(side.pids)}
        for side in sides:
            say(f"One long talk with {side.name} ...")
            found[side.name]["talk"] = around(await long_talk(side, 30 if quick else TURNS))
    finally:
        for side in sides:
            side.stop()
    return found


def write(figures: dict[str, Any]) -> str:
    """Write what is known so far, so that a run that is broken off leaves something; return the text."""
    text = f"{table(figures)}\n{promises(figures)}"
    (OUT / "bench.json").write_text(json.dumps(figures, indent=2) + "\n")
    (OUT / "bench.txt").write_text(text)
    draw(figures, OUT / "bench.png")
    return text


def main() -> None:
    """Measure everything, print the table and what was promised."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="seconds instead of minutes: whether it works at all"
    )
    parser.add_argument("--no-stock", action="store_true", help="leave the stock assistant out")
    options = parser.parse_args()
    ignore_warnings()
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    OUT.mkdir(parents=True, exist_ok=True)

    sides: list[Side] = [Ours(), Floor()]
    if not options.no_stock:
        try:
            stock.trained()
            sides.append(Stock())
        except stock.Missing as why:
            say(str(why))
    found = asyncio.run(measure(sides, options.quick))
    for side in sides:
        say(f"Training and size of {side.name} ...")
        found[side.name] |= {"training": side.training(), "installed MB": side.installed_mb()}
    figures = {
        "machine": {
            "cores": os.cpu_count(),
            "load before": os.getloadavg()[2],
            "system": platform.platform(),
        },
        "sides": found,
        "intents": {} if options.quick else {str(n): ms for n, ms in intents.measure(COUNTS).items()},
    }
    text = f"{table(figures)}\n{promises(figures)}"
    (OUT / "bench.json").write_text(json.dumps(figures, indent=2) + "\n")
    (OUT / "bench.txt").write_text(text)
    draw(figures, OUT / "bench.png")
    say(f"\n{text}\nwritten: {OUT}/bench.json, bench.txt, bench.png")


if __name__ == "__main__":
    main()
