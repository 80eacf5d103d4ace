"""`make talk-weights`: learns how much each reading of a later message counts, from the talks of training/talks.

A softmax over the candidates of a turn, of the logarithms that `whole_talk.seen` gives; what is learnt is held near "as it is read so far". It
prints what belongs under `whole_talk` in config.yml, and how often the point is found in talks of a writer that it has not seen.
The talks are no training lines: the readings have to be as unsure of them as of a parent's. Takes five minutes of two cores.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant.nlu.encoder import Floats
from assistant.nlu.whole_talk import Readings, TalkWeights, seen
from assistant.settings import TOP
from bench.points import shipped_model
from bench.talks import played, talks, weighing

TALKS = TOP / "training/talks"
PROCESSES = 2
HELD = 10.0
"""How firmly the weights are held near where they began: the square of a step, for columns of deviation 1."""
TINY = 1e-6
NAMES = [field.name for field in dataclasses.fields(TalkWeights)]


@dataclass(frozen=True)
class Choice:
    """A turn: what is seen of each candidate, shape (candidates, weights), and which of them answer it."""

    seen: Floats
    right: npt.NDArray[np.bool_]


def choices(path: Path) -> list[Choice]:
    """Return the later turns of a file's talks, as far as a candidate answers them."""
    model, weights = shipped_model(), weighing()
    found = []
    for talk in talks(path):
        for one in played(talk, model, dataclasses.replace(weights, talk=TalkWeights())):
            if one.before is None:
                continue
            readings = Readings.of(one.turn.text, one.guess, one.before, model)
            candidates = readings.candidates()
            right = np.array([name in one.turn.points for name in candidates])
            if right.any():
                found.append(Choice(seen(readings, one.before.told, candidates), right))
    return found


def fit(turns: Sequence[Choice], begun_with: Floats) -> Floats:
    """Return the weights under which the turns are likeliest, shape (weights,), held near those that are `begun_with`."""
    columns = np.vstack([one.seen for one in turns])
    spread = columns.std(axis=0)
    spread[spread < TINY] = 1.0  # what is the same for all tells nothing
    rows, right = columns / spread, np.concatenate([one.right for one in turns])
    sizes = np.array([len(one.right) for one in turns])
    starts, own = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(turns)), sizes)
    begun = begun_with * spread

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[own])
        all_of, right_of = np.add.reduceat(powers, starts), np.add.reduceat(powers * right, starts) + 1e-12
        step = weights - begun
        gradient = rows.T @ (powers / all_of[own] - powers * right / right_of[own]) + HELD * step
        return float(np.log(all_of / right_of).sum() + 0.5 * HELD * (step**2).sum()), gradient

    best: Floats = minimize(loss, begun, jac=True, method="L-BFGS-B").x / spread
    return best


def first_found(turns: Sequence[Choice], weights: Floats) -> float:
    """Return the share of turns whose likeliest candidate answers."""
    return float(np.mean([one.right[int(np.argmax(one.seen @ weights))] for one in turns]))


def learnt(
    by_file: Mapping[str, Sequence[Choice]], begun: Floats, names: Sequence[str], heading: str
) -> Iterator[str]:
    """Yield what is printed: how each file's choices fare under weights of the others, and the weights of all as config.yml holds them.

    Args:
        by_file: The choices of each file of talks, by its name.
        begun: The weights as they were before anything was learnt.
        names: The weights' names in config.yml.
        heading: The key under which they stand there.
    """
    for name, own in by_file.items():
        others = [one for other, rows in by_file.items() if other != name for one in rows]
        before, after = first_found(own, begun), first_found(own, fit(others, begun))
        yield f"{name}: {len(own)} messages, first {before:.3f} before, {after:.3f} weighed\n"
    weights = fit([one for rows in by_file.values() for one in rows], begun)
    yield f"{heading}:\n"
    yield from (f"  {name}: {weight:.2f}\n" for name, weight in zip(names, weights, strict=True))


def main() -> None:
    """Learn and print."""
    files = sorted(TALKS.glob("*.tsv"))
    found = joblib.Parallel(n_jobs=PROCESSES)(joblib.delayed(choices)(path) for path in files)
    by_file = {path.name: rows for path, rows in zip(files, found, strict=True)}
    so_far = np.array([float(name == "so_far") for name in NAMES])
    sys.stdout.writelines(learnt(by_file, so_far, NAMES, "whole_talk"))


if __name__ == "__main__":
    main()
