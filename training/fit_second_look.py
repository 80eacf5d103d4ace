"""`make second-look`: learns how much each thing counts that is seen at the second look at the likeliest points.

A softmax over these points, from the messages of training/talks that stand alone: they are no training lines, so that the first look is as
unsure of them as of a parent's. It prints what belongs under `learning` in config.yml, and how often the point is first in talks of a writer
that it has not seen. Takes two minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np

from assistant.nlu.emoji import in_words
from assistant.nlu.lead_in import without_lead_in
from assistant.nlu.question_model import QuestionModel
from assistant.nlu.second_look import LOOKED_AT, Weights, seen
from bench.points import shipped_model
from bench.talks import talks
from training.fit_talks import TALKS, Choice, learnt

STANDS_ALONE = 0.5
"""A later message of a talk is taken where it leans on what was said before it with less than this probability."""
NAMES = [f"again_{field.name}" for field in fields(Weights)]
AS_BEFORE = np.array(astuple(Weights()), np.float32)


def choices(path: Path, model: QuestionModel) -> Iterator[Choice]:
    """Yield the messages of a file's talks that stand alone, as far as one of the likeliest points answers them."""
    for talk in talks(path):
        for number, turn in enumerate(talk):
            text = in_words(without_lead_in(turn.text))
            guess = model.guess(text)
            if not turn.points or (number and guess.leans >= STANDS_ALONE):
                continue
            points = guess.points[:LOOKED_AT]
            right = np.array([name in turn.points for name, _ in points])
            if right.any():
                yield Choice(seen(points, model.words(text), model.bags), right)


def main() -> None:
    """Learn and print."""
    model = shipped_model()
    model.look_once()  # what is learnt has to see the first look as it is
    by_file = {path.name: list(choices(path, model)) for path in sorted(TALKS.glob("*.tsv"))}
    sys.stdout.writelines(learnt(by_file, AS_BEFORE, NAMES, "learning"))


if __name__ == "__main__":
    main()
