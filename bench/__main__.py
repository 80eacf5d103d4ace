"""`make bench`: this assistant, the floor and a stock Rasa side by side, in one run.

Writes var/bench/bench.json, bench.txt and bench.png anew after each part; a part that fails is named there and costs no other part. An idle
machine of two cores takes about 20 minutes, most of it the stock assistant's training. `ARGS="--quick"` measures seconds instead of minutes;
`--no-stock` leaves the stock assistant out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from assistant.engine.quiet import ignore_warnings
from assistant.serve.run import keep_bytecode
from assistant.settings import TOP
from bench import intents
from bench.parents import Load, load, long_talk
from bench.pictures import draw
from bench.processes import cpu_seconds, memory_mb
from bench.sides import Floor, Ours, Side, Stock
from bench.table import TURNS_SHOWN, promises, table

OUT = TOP / "var/bench"
PARENTS = (1, 8, 32)
COUNTS = [25, 50, 75, 150]
ROUNDS, SECONDS = 3, 5.0
TURNS = 505
STARTS = 3
Figures = dict[str, Any]


def say(text: str) -> None:
    """Tell the person at the terminal what goes on."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Run:
    """One run: what is measured so far, and the parts that failed.

    Attributes:
        figures: What bench.json holds: `machine`, `sides` by name, `intents`, `failed` and `took` (seconds) by part.
    """

    def __init__(self, sides: list[Side], quick: bool) -> None:
        self.sides = sides
        self.quick = quick
        self.figures: Figures = {
            "machine": {
                "cores": os.cpu_count(),
                "load before": os.getloadavg()[2],
                "system": platform.platform(),
            },
            "sides": {side.name: {} for side in sides},
            "intents": {},
            "failed": {},
            "took": {},
        }

    def part(self, name: str, work: Callable[[], None]) -> bool:
        """Do one part and write what is known; return whether it succeeded."""
        say(f"{time.strftime('%H:%M:%S')}  {name} ...")
        began, why = time.monotonic(), ""
        try:
            work()
        except Exception as error:  # whatever it is, the other parts are worth having
            why = f"{type(error).__name__}: {error}"
            say(f"          failed: {why}")
            self.figures["failed"][name] = why
        self.figures["took"][name] = round(time.monotonic() - began, 1)
        self.write()
        return not why

    def write(self) -> str:
        """Write the figures so far; return them as text."""
        text = f"{table(self.figures)}\n{promises(self.figures)}"
        text += "".join(f"FAILED  {name}: {why}\n" for name, why in self.figures["failed"].items())
        (OUT / "bench.json").write_text(json.dumps(self.figures, indent=2) + "\n")
        (OUT / "bench.txt").write_text(text)
        draw(self.figures, OUT / "bench.png")
        return text

    def of(self, side: Side) -> Figures:
        """Return the figures of a side."""
        found: Figures = self.figures["sides"][side.name]
        return found

    # -- the parts -----------------------------------------------------------------------------

    def train(self, side: Side) -> None:
        """Note what a side's training takes, on the lines that all sides learn from."""
        self.of(side)["training"] = side.training()

    def starts(self, side: Side) -> None:
        """Start a side several times; it runs on afterwards."""
        clock, cpu = [], []
        times = 1 if self.quick else STARTS
        for attempt in range(times):
            clock.append(asyncio.run(side.first_answer()))
            cpu.append(cpu_seconds(side.pids))
            if attempt < times - 1:
                side.stop()
        self.of(side).update({"start s": statistics.median(clock), "start CPU s": statistics.median(cpu)})

    def size(self, side: Side) -> None:
        """Note how much a side takes on disk."""
        self.of(side)["installed MB"] = side.installed_mb()

    def memory(self, side: Side) -> None:
        """Note how much memory a side's processes hold now."""
        self.of(side)["memory MB"] = memory_mb(side.pids)

    def under_load(self) -> None:
        """Let sides take turns, so that what else the machine does hits all alike."""
        seen = {side.name: {parents: Load() for parents in PARENTS} for side in self.sides}
        for side in self.sides:
            asyncio.run(load(side, 1, 2.0, Load()))  # what is read once at the first turns
        for _ in range(1 if self.quick else ROUNDS):
            for parents in PARENTS:
                for side in self.sides:
                    one = seen[side.name][parents]
                    asyncio.run(load(side, parents, 2.0 if self.quick else SECONDS, one))
                    self.of(side).setdefault("load", {})[str(parents)] = one.figures()
            self.write()

    def long_talk(self, side: Side) -> None:
        """Hold one talk of hundreds of turns."""
        times, cpu = asyncio.run(long_talk(side, 30 if self.quick else TURNS))
        self.of(side).update({"talk": around(times), "talk CPU": around(cpu)})

    def by_intents(self) -> None:
        """Measure assistants with 25 to 150 intents."""
        self.figures["intents"] = {str(n): ms for n, ms in intents.measure(COUNTS).items()}


def around(times: list[float]) -> dict[str, float]:
    """Return the mean of the ten turns around each turn of TURNS_SHOWN, without the slowest of them, in milliseconds."""
    return {
        str(turn): statistics.mean(sorted(times[max(0, turn - 5) : turn + 5])[:-1])
        for turn in TURNS_SHOWN
        if turn <= len(times)
    }


def measure(run: Run) -> None:
    """Do all parts; what a side can't do is left out for it alone."""
    learners = [side for side in run.sides if not isinstance(side, Floor)]
    for side in learners:
        if run.quick and isinstance(side, Ours):
            continue  # its model is there, and training takes minutes
        if not run.part(f"training {side.name}", partial(run.train, side)) and isinstance(side, Stock):
            run.sides.remove(side)  # nothing of it can run
    for side in learners:
        run.part(f"size of {side.name}", partial(run.size, side))
    try:
        for side in list(run.sides):
            if not run.part(f"starting {side.name}", partial(run.starts, side)):
                side.stop()
                run.sides.remove(side)
        run.part("parents at once", run.under_load)
        for side in run.sides:
            run.part(f"memory of {side.name}", partial(run.memory, side))
        for side in run.sides:
            run.part(f"one long talk with {side.name}", partial(run.long_talk, side))
    finally:
        for side in run.sides:
            side.stop()
    if not run.quick:
        run.part("25 to 150 intents", run.by_intents)


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
    # as `make run` does: else each start compiles for three seconds, on a machine that forbids it
    keep_bytecode(OUT)
    run = Run([Ours(), Floor(), *([] if options.no_stock else [Stock()])], options.quick)
    measure(run)
    say(f"\n{run.write()}\nwritten: {OUT}/bench.json, bench.txt, bench.png")


if __name__ == "__main__":
    main()
