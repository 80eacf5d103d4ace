"""Which point a later message of a talk asks, weighed over all that was said and told before it.

"And if she never answers" means the testing of which the talk began, not the meeting of the last answer. Seven readings of the message are
added: as a short message is read beside the last answer (`leaning.py`), alone, behind the parent's last words, behind all of the parent's words, what those words mean without it (that counts against a
point: what only they ask was asked before), and what parents ask next behind each of the last answers. How much each reading counts was
learnt from talks of which each turn's point is known (training/talks, `make talk-weights`, docs/decisions/0042).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.nlu.encoder import Floats
from assistant.nlu.leaning import Before, sorted_shares, with_topics
from assistant.nlu.question_model import Guess, QuestionModel

Shares = Sequence[tuple[str, float]]
NOTHING: Shares = ()
ASKS = "ask_"
"""How the name of a question of ours begins."""
LEAST = float(np.exp(-9.0))
"""The least share of a point in a reading: below it one reading is as sure of "not that" as it can be."""
LIKELIEST = 25
"""Points of each reading that are weighed."""
TOLD_BEFORE = 3
"""Answers whose next questions are weighed, the last ones."""


@dataclass(frozen=True)
class TalkWeights:
    """How much each reading counts: factors of the logarithm of a point's share in it; config.yml holds the numbers.

    Attributes:
        so_far: As it is read beside the last words and the last answer (`leaning.py`).
        alone: The message by itself.
        behind: Behind the parent's last words.
        every: Behind all of the parent's words.
        past: All of the parent's words before it.
        follows: What parents ask next behind the last answer ...
        follows_earlier: ... and behind one of those before it, the likeliest.
        told: Added to a point that was told in the talk ...
        just_told: ... and to the one told last.
    """

    so_far: float = 1.0
    alone: float = 0.0
    behind: float = 0.0
    every: float = 0.0
    past: float = 0.0
    follows: float = 0.0
    follows_earlier: float = 0.0
    told: float = 0.0
    just_told: float = 0.0


@dataclass(frozen=True)
class Readings:
    """What a message may mean in several readings; each (`topic/point`, share), best first.

    Attributes:
        so_far, alone, behind, every, past: See `TalkWeights`.
        follows: What parents ask next behind the last answer, the one before it, and so on; empty where none was told.
    """

    so_far: Shares
    alone: Shares
    behind: Shares
    every: Shares
    past: Shares
    follows: Sequence[Shares] = ()

    @classmethod
    def of(cls, text: str, so_far: Guess, before: Before, model: QuestionModel) -> Readings:
        """Return the readings of a message, `so_far` as it is read beside the last words and the last answer."""
        alone = model.guess(text, told=before.told[-1 : -TOLD_BEFORE - 1 : -1])
        return cls(
            so_far.points,
            alone.points,
            model.guess_together([part for part in (before.words, text) if part]).points,
            model.guess_together((*before.said, text)).points,
            model.guess_together(before.said).points,
            [rows for rows in alone.following if rows],
        )

    def candidates(self) -> list[str]:
        """Return the points that any of them, but not the past alone, holds for likely, in order of their names."""
        readings = (self.so_far, self.alone, self.behind, self.every, *self.follows)
        return sorted({name for rows in readings for name in _likeliest(rows)})


def seen(readings: Readings, told: Sequence[str], candidates: Sequence[str]) -> Floats:
    """Return what is seen of each candidate, shape (candidates, weights), in the order of the fields of `TalkWeights`."""
    last, *earlier = readings.follows or (NOTHING,)
    single = (readings.so_far, readings.alone, readings.behind, readings.every, readings.past)
    columns = [_logs(rows, candidates) for rows in single]
    columns.append(_logs(last, candidates))
    columns.append(np.max([_logs(rows, candidates) for rows in (earlier or [last])], axis=0))
    columns.append(np.array([name in told for name in candidates], float))
    columns.append(np.array([bool(told) and name == told[-1] for name in candidates], float))
    return np.stack(columns, axis=1).astype(np.float32)


def in_the_talk(text: str, guess: Guess, before: Before, weights: TalkWeights, model: QuestionModel) -> Guess:
    """Return a guess with its points weighed over the talk: they share anew what they had together.

    A topic in general, and what is no question of ours, stays as likely as it was. What is likeliest no question ("he has no plan yet") is left
    as it is: with one point so much surer, it would seem one.
    """
    if not guess.ranking[0][0].startswith(ASKS):
        return guess
    readings = Readings.of(text, guess, before, model)
    heard = {name for name, _ in guess.ranking}  # a topic that was taken out of it stays out
    candidates = [name for name in readings.candidates() if name.partition("/")[0] in heard]
    known = dict(guess.points)
    general = {name: share for name, share in known.items() if "/" not in name}
    topics = {name.partition("/")[0] for name in (*candidates, *known)}
    mass = sum(share for name, share in guess.ranking if name in topics) - sum(general.values())
    if not candidates or mass <= 0:
        return guess
    scores = seen(readings, before.told, candidates) @ np.array(list(vars(weights).values()), np.float32)
    shares = np.exp(scores - scores.max())
    shares *= mass / shares.sum()
    points = {**dict(zip(candidates, shares.tolist(), strict=True)), **general}
    ranking = with_topics({name: share for name, share in guess.ranking if name not in topics}, points)
    return replace(guess, ranking=sorted_shares(ranking), points=sorted_shares(points), following=())


def _likeliest(rows: Shares) -> list[str]:
    return [name for name, _ in rows if "/" in name][:LIKELIEST]


def _logs(rows: Shares, candidates: Sequence[str]) -> Floats:
    shares = dict(rows)
    found: Floats = np.log([max(shares.get(name, 0.0), LEAST) for name in candidates])
    return found
