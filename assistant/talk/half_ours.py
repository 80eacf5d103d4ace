"""What is half ours: custody, immigration, insurance, medicine, housing, benefits, work. One honest sentence, and who knows.

Each has a topic with points on its school side; what its other side asks looks like a stranger's question, and is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.talk.phrases import PHRASES
from assistant.talk.turn import Turn

LEAST = 0.01
"""From this confidence on, a topic that is half ours stands behind what seems a stranger's question."""


@dataclass(frozen=True)
class HalfOurs:
    """A topic that is half ours, the sentence that refers its other half, and whether the school's half is likelier asked."""

    topic: str
    referral: str
    ours: bool


def half_ours(turn: Turn) -> HalfOurs | None:
    """Return the topic that is half ours behind what seems a stranger's question; None where there is none."""
    chances = dict(turn.ranked)
    stranger = chances.get("out_of_scope", 0.0)
    ranked = (name for name in turn.ranking if name.startswith("ask_"))
    topic = next(ranked, "")
    if topic not in PHRASES.half_ours or chances[topic] < LEAST:
        return None
    return HalfOurs(topic, PHRASES.half_ours[topic], chances[topic] > stranger)
