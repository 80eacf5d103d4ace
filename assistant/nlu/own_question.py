"""The parent's own question beside a pasted page, an e-mail or a long story.

A page of an IEP has twenty lines about goals, and the one line with the question is outweighed by them. Where it stands on a line of its own, that
line is read by itself and the whole counts little; in a long story without lines, the sentence that asks and the whole count the same.
tests/nlu/pasted.yml measures both.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.nlu.question_splitter import asks, parts

PAGE, STORY = 45, 60
"""Words from which on a message may be a page with a question, and a story whose sentence that asks counts by itself."""
LINES, LINE_WORDS = 3, 30
"""A page has at least so many lines; and the question's own line at most so many words."""
BESIDE_A_PAGE, IN_A_STORY = 0.3, 0.7
"""Weight of the whole message beside the question."""


@dataclass(frozen=True)
class OwnQuestion:
    """A question, and how much the whole message counts beside it, 0 to 1."""

    text: str
    whole: float


def own_question(text: str) -> OwnQuestion | None:
    """Return the parent's own question in a long message; None where there is none, or the message is short.

    Last lines come before first ones, and both before those in the middle: there pages ask questions of their own.
    """
    words = len(text.split())
    if words < PAGE:
        return None
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    asking = [
        line for line in lines if len(line.split()) <= LINE_WORDS and any(asks(part) for part in parts(line))
    ]
    if len(lines) >= LINES and asking:
        place = lines[-1] if lines[-1] in asking else lines[0] if lines[0] in asking else asking[-1]
        return OwnQuestion(place, BESIDE_A_PAGE)
    sentences = [part for part in parts(text) if asks(part)]
    if words < STORY or not sentences:
        return None
    return OwnQuestion(sentences[-1], IN_A_STORY)
