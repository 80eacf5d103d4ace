"""How often the very point is found in talks: at the first turn, and at the later ones, which lean on what was said.

A file holds one message a line, `message<TAB>topic/point topic/other_point`, the best first; `none` where no point answers it, `-` for
thanks and the like; an empty line between talks, and lines that begin with `#` for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.knowledge.library import library
from assistant.nlu.lead_in import without_lead_in
from assistant.nlu.leaning import Before, Weights
from assistant.nlu.question_model import Guess, QuestionModel
from assistant.nlu.reading import Weighing, behind, read
from assistant.nlu.whole_talk import TalkWeights
from assistant.settings import TOP

HELD_OUT = TOP / "tests/nlu/talks.tsv"
FIRSTS = TOP / "tests/nlu/first_messages.tsv"
"""First messages told from situations, each a talk of its own."""


@dataclass(frozen=True)
class Turn:
    """A message of a talk.

    Attributes:
        text: What the parent wrote.
        points: The points that answer it, the best first; empty where none does, or nothing is asked.
    """

    text: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """A turn as it was read: what stood before it, None at the beginning, and what it was taken for."""

    turn: Turn
    before: Before | None
    guess: Guess


def talks(path: Path = HELD_OUT) -> list[list[Turn]]:
    """Return the talks of a file; points that are no longer there are left out.

    Raises:
        ValueError: A line has no tab: it says which.
    """
    known = library().points
    found: list[list[Turn]] = [[]]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            found.append([])
            continue
        text, tab, names = line.partition("\t")
        if not tab:
            raise ValueError(
                f"{path.name}, line {number}: write the message, a tab, and the points that answer it."
            )
        answers = names.partition("#")[0].split()
        found[-1].append(Turn(text, tuple(name for name in answers if name in known)))
    return [talk for talk in found if talk]


def weighing() -> Weighing:
    """Return how config.yml weighs a message with the talk."""
    pipeline = yaml.safe_load((TOP / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    own = next(part for part in pipeline if part["name"].endswith("QuestionClassifier"))
    return Weighing(
        Weights(**own["leaning"]), Weights(**own["leaning_on_a_story"]), TalkWeights(**own["whole_talk"])
    )


def played(talk: Sequence[Turn], model: QuestionModel, weights: Weighing) -> Iterator[Read]:
    """Yield the turns of a talk that some point answers, each behind what the model itself told before it."""
    said: list[str] = []
    told: list[str] = []
    for turn in talk:
        before = behind(said[-1], said, told, model) if said else None
        guess = read(without_lead_in(turn.text), model, weights, before)
        if turn.points:
            yield Read(turn, before, guess)
        said.append(turn.text)
        if guess.points and guess.ranking[0][0] == guess.points[0][0].partition("/")[0]:
            name = guess.points[0][0]
            told = [*(other for other in told if other != name), name]


def found(turns: Sequence[Read]) -> Mapping[str, float]:
    """Return of how many turns the first point answers, and one of the first three."""
    names = [[name for name, _ in one.guess.points[:3]] for one in turns]
    first = sum(bool(own[:1]) and own[0] in one.turn.points for own, one in zip(names, turns, strict=True))
    three = sum(bool({*own} & {*one.turn.points}) for own, one in zip(names, turns, strict=True))
    return {"turns": len(turns), "first": first / len(turns), "in three": three / len(turns)}
