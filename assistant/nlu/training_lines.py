"""The wordings that the question model learns from: which are read whole, which are few words, and what is said beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHORT = 12
"""Words of a message that may lean on what was told."""
TALK_BESIDE, QUESTIONS_BESIDE, STRIDE = 3, 8, 37
"""Every how many short messages of the talk ("thanks", "huh", and topics without points), and questions, are also learnt behind a point
they have nothing to do with; and how far apart these points are taken."""


@dataclass(frozen=True)
class Lines:
    """Messages and what they ask, side by side.

    Attributes:
        texts: The messages.
        intents: `ask_cost` for a topic, `ask_cost/who_pays` for a point.
        follows: The intent each was said after where it leans on that, else None.
        given: How many of them, the first ones, were written as they stand; the others are put behind a point that they have nothing to do with.
    """

    texts: Sequence[str]
    intents: Sequence[str]
    follows: Sequence[str | None]
    given: int

    @classmethod
    def of(cls, texts: Sequence[str], intents: Sequence[str], follows: Sequence[str | None] | None) -> Lines:
        """Return the messages with those beside them; the same data gives the same lines."""
        leaning = list(follows or [None] * len(texts))
        beside = list(_beside(texts, intents, leaning))
        return cls(
            [*texts, *(text for text, _, _ in beside)],
            [*intents, *(intent for _, intent, _ in beside)],
            [*leaning, *(before for _, _, before in beside)],
            len(texts),
        )

    def read_whole(self) -> Lines:
        """Return those that are read as one text with what was said before them.

        Not those that lead from one topic into another: the words before say the old topic and would teach the wrong one. `NextPoint`
        alone reads them (docs/decisions/0040).
        """
        return self._only(self.staying())

    def staying(self) -> list[int]:
        """Return the places of those that do not lead from one topic into another."""
        return [
            number
            for number, (intent, before) in enumerate(zip(self.intents, self.follows, strict=True))
            if number >= self.given or _within_a_topic(intent, before)
        ]

    def few(self) -> Lines:
        """Return the short questions: they may lean on what was told."""
        return self._only(
            [
                number
                for number, text in enumerate(self.texts)
                if self.intents[number].startswith("ask_") and len(text.split()) <= SHORT
            ]
        )

    def _only(self, kept: Sequence[int]) -> Lines:
        return Lines(
            [self.texts[number] for number in kept],
            [self.intents[number] for number in kept],
            [self.follows[number] for number in kept],
            sum(number < self.given for number in kept),
        )


def _within_a_topic(intent: str, before: str | None) -> bool:
    """Whether a message stays in the topic that was told before it, or leans on nothing."""
    return before is None or before.partition("/")[0] == intent.partition("/")[0]


def _beside(
    texts: Sequence[str], intents: Sequence[str], follows: Sequence[str | None]
) -> Iterator[tuple[str, str, str]]:
    """Yield (text, intent, before): short messages that mean the same whatever was told before them.

    Without them everything said after a point would be read as a question within its topic. Each message gets a point that has
    nothing to do with it, taken in turn, so that the same data gives the same model.
    """
    points = sorted({intent for intent in intents if "/" in intent})
    if not points:
        return
    pointed = {point.partition("/")[0] for point in points}
    short = [
        (text, intent)
        for text, intent, before in zip(texts, intents, follows, strict=True)
        if before is None and len(text.split()) <= SHORT
    ]
    for number, (text, intent) in enumerate(short):
        every = QUESTIONS_BESIDE if intent.partition("/")[0] in pointed else TALK_BESIDE
        before = points[number * STRIDE % len(points)]
        if number % every == 0 and before.partition("/")[0] != intent.partition("/")[0]:
            yield text, intent, before


def with_points(intents: Sequence[str]) -> list[int]:
    """Return the numbers of the lines of topics that have points.

    Lines of the topic alone are a class beside its points: "what is a 504 plan" asks none of them, and without such a class one would have
    to be chosen.
    """
    pointed = {intent.partition("/")[0] for intent in intents if "/" in intent}
    return [number for number, intent in enumerate(intents) if intent.partition("/")[0] in pointed]


def behind_wordings(
    texts: Sequence[str], intents: Sequence[str], follows: Sequence[str | None]
) -> Iterator[str]:
    """Yield each message, one that leans on a point behind a wording of that point, each wording in turn."""
    asked: dict[str, list[str]] = {}
    for text, intent, before in zip(texts, intents, follows, strict=True):
        if before is None:
            asked.setdefault(intent, []).append(text)
            if "/" in intent:
                asked.setdefault(intent.partition("/")[0], []).append(text)
    turn = 0
    for text, before in zip(texts, follows, strict=True):
        if before is None:
            yield text
            continue
        turn += 1
        own = asked.get(before) or [""]
        yield f"{own[turn % len(own)]} {text}".strip()


def openings(texts: Sequence[str], intents: Sequence[str]) -> dict[str, str]:
    """Return the first wording of each topic and point: it stands for what was asked when a message leans on it."""
    first: dict[str, str] = {}
    for text, intent in zip(texts, intents, strict=True):
        first.setdefault(intent, text)
        first.setdefault(intent.partition("/")[0], text)
    return first
