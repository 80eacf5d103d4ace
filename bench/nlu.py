"""`make bench-nlu`: the understanding side by side with what is simpler, on the same data, in one run.

Writes var/bench/nlu.json, nlu.txt, and for each set of messages worst_*.txt and confusions_*.png. `ARGS="--ours"` leaves the
others out, `--no-stock` only the pipeline of `rasa init`, whose training takes long.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

from assistant.nlu.entity_ruler import shared_ruler
from assistant.settings import TOP
from bench import points, stock
from bench.confusion import draw
from bench.measures import Understood, by_intent, confusions, figures, share
from bench.messages import Message, held_out, sample, training_lines
from bench.rivals import Nearest, Ours, Rival, StockPipeline, Words

OUT = TOP / "var/bench"
WORST = 20


def plans_right(messages: list[Message]) -> float:
    """Return the share of messages whose named plans the ruler finds, and no others."""
    wanted = {"504": {"504"}, "iep": {"iep"}, "both": {"504", "iep"}, "none": set()}
    found = [{e.value for e in shared_ruler().find(m.text) if e.entity == "plan"} for m in messages]
    return share([plans == wanted[m.plan] for m, plans in zip(messages, found, strict=True)])


def measure(rival: Rival, sets: dict[str, list[Message]]) -> dict[str, dict[str, float]]:
    """Train a rival and measure it on each set."""
    lines = list(training_lines())
    began = time.perf_counter()
    rival.train([text for text, _ in lines], [intent for _, intent in lines])
    seconds = time.perf_counter() - began
    rows = {}
    for name, messages in sets.items():
        heard = rival.hear([message.text for message in messages])
        rows[name] = figures(messages, heard.made) | {
            "ms a message": statistics.median(heard.ms),
            "training s": seconds,
            "memory MB": heard.memory,
        }
        if isinstance(rival, Ours):
            rows[name]["plan found"] = plans_right(messages)
            write_worst(name, messages, heard.made)
    if isinstance(rival, Ours):
        found = points.figures(rival.model, rival.weights)
        (OUT / "points.json").write_text(json.dumps(found, indent=2))
        for kind, row in found.items():
            sys.stdout.write(f"points, {kind}: {row}\n")
    return rows


def write_worst(name: str, messages: list[Message], made: list[Understood]) -> None:
    """Write the weakest intents, the commonest confusions and every miss of a set."""
    understood = made
    lines = [f"== {name}: intents right in under 80 %"]
    lines += [
        f"{hit:5.0%} of {n:3d}  {intent}"
        for intent, (hit, n) in by_intent(messages, understood).items()
        if hit < 0.8
    ]
    wrong = confusions(messages, understood)
    lines += [f"== {name}: the {WORST} commonest confusions"]
    lines += [f"{count:3d}  {meant} taken for {taken}" for (meant, taken), count in wrong.most_common(WORST)]
    (OUT / f"worst_{name.replace(' ', '_')}.txt").write_text("\n".join(lines) + "\n")
    if wrong:
        draw(wrong, OUT / f"confusions_{name.replace(' ', '_')}.png")


def table(rows: dict[str, dict[str, dict[str, float]]]) -> str:
    """Return the figures as text, one line a measure, one column a rival."""
    parts = []
    for name in next(iter(rows.values())):
        parts.append(f"{name:18}" + "".join(f"{rival:>16}" for rival in rows))
        measures = list(dict.fromkeys(m for row in rows.values() for m in row[name]))
        for measured in measures:
            cells = [row[name].get(measured) for row in rows.values()]
            parts.append(f"{measured:18}" + "".join(f"{'-' if c is None else f'{c:.3f}':>16}" for c in cells))
        parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(prog="make bench-nlu", description=__doc__)
    parser.add_argument("--ours", action="store_true", help="measure this assistant alone")
    parser.add_argument("--no-stock", action="store_true", help="leave the pipeline of `rasa init` out")
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    sets = {"held out": held_out(), "sample": sample()}
    sets = {name: messages for name, messages in sets.items() if messages}
    rivals: list[Rival] = [Ours()] if options.ours else [Ours(), Nearest(), Words()]
    rows = {rival.name: measure(rival, sets) for rival in rivals}
    if not (options.ours or options.no_stock):
        try:
            rows[StockPipeline.name] = measure(StockPipeline(), sets)
        except stock.Missing as why:
            sys.stdout.write(f"{why}\n")
    text = table(rows)
    (OUT / "nlu.txt").write_text(text)
    (OUT / "nlu.json").write_text(json.dumps(rows, indent=2))
    sys.stdout.write(
        f"{text}\nMisses and pictures: {OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT}\n"
    )


if __name__ == "__main__":
    main()
