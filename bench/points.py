"""How often the very point is found: held-out messages of tests/nlu/ask_*.yml, by another hand than the training lines."""

from __future__ import annotations

import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from assistant.knowledge.library import library
from assistant.nlu.encoder import shared_encoder
from assistant.nlu.leaning import Before, Weights, asked_next, together
from assistant.nlu.question_model import Guess, QuestionModel
from assistant.serve.models import current_model
from assistant.settings import TOP

HELD_OUT = TOP / "tests/nlu"
FIRST_SIX = frozenset(
    {
        "ask_placement",
        "ask_discipline",
        "ask_not_followed",
        "ask_consent",
        "ask_meeting_prep",
        "ask_early_childhood",
    }
)
LONG = 30
"""Words from which on a message is a story."""


@dataclass(frozen=True)
class Wording:
    """A held-out message: the point it asks, and the point it leans on where it was said after one."""

    text: str
    point: str
    follows: str = ""


def held_out(folder: Path = HELD_OUT) -> Iterator[Wording]:
    """Yield the held-out wordings of all points."""
    for path in sorted(folder.glob("ask_*.yml")):
        for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
            yield Wording(row["text"], row["point"], row.get("follows", ""))


def shipped_model() -> QuestionModel:
    """Return the model of this checkout as it was trained.

    Raises:
        NoModel: It was not trained.
    """
    with tempfile.TemporaryDirectory() as folder, tarfile.open(current_model()) as archive:
        archive.extractall(folder, filter="data")
        return QuestionModel.load(next(Path(folder).rglob("questions.joblib")), shared_encoder())


def figures(model: QuestionModel, weights: Weights) -> Mapping[str, Mapping[str, float]]:
    """Return for each kind of message: how many there are, the point found first, in three, the topic found first."""
    found: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    points = library().points
    for wording in held_out():
        if wording.point not in points:
            continue
        guess = _guess(model, wording, weights)
        names = [name for name, _ in guess.points[:3]]
        topic = names[0].partition("/")[0] if names else guess.ranking[0][0]
        row = (names[:1] == [wording.point], wording.point in names, topic == wording.point.partition("/")[0])
        for kind in _kinds(wording):
            found[kind].append(row)
    return {
        kind: {
            "messages": len(rows),
            **dict(zip(("first", "in three", "topic"), np.mean(rows, axis=0).round(3).tolist(), strict=True)),
        }
        for kind, rows in found.items()
    }


def _kinds(wording: Wording) -> Iterator[str]:
    if wording.follows:
        own = wording.follows.partition("/")[0] == wording.point.partition("/")[0]
        yield "leaning" if own else "leaning, into another topic"
        return
    yield "all"
    if wording.point.partition("/")[0] in FIRST_SIX:
        yield "the first six topics"
    if len(wording.text.split()) >= LONG:
        yield "stories"


def _guess(model: QuestionModel, wording: Wording, weights: Weights) -> Guess:
    alone = model.guess(wording.text, told=(wording.follows,) if wording.follows else ())
    if not wording.follows:
        return alone
    opening, before = model.opening(wording.follows), library().points.get(wording.follows)
    leans_on = Before(opening, (wording.follows,), before.then if before else ())
    both = together(alone, model.guess(wording.text, opening), leans_on, weights)
    return asked_next(both, alone.following[0], weights.next_point)
