"""What is measured of the understanding, from rankings alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.knowledge.library import library
from bench.messages import Message

LONG, SHORT = 25, 9
"""Messages over 25 words are stories, those under 9 fragments."""
STRANGER, DANGER = "out_of_scope", "crisis"
FALLBACK = "nlu_fallback"
BINS = 10


@dataclass(frozen=True)
class Understood:
    """What was made of one message: the intent acted on, its confidence, and the intents by falling probability."""

    intent: str
    confidence: float
    ranking: tuple[str, ...]


def share(hits: Sequence[bool]) -> float:
    """Return the share of hits, 0 to 1; not a number for none at all."""
    return sum(hits) / len(hits) if hits else float("nan")


def fits(intent: str, message: Message) -> bool:
    """Whether an intent is acceptable: a label of the message, or a newer topic that takes over messages of one."""
    answer = library().answers.get(intent)
    return intent in message.labels or bool(answer and set(answer.was) & set(message.labels))


def right_first(message: Message, understood: Understood) -> bool:
    """Whether the best intent is acceptable, before any gate."""
    return fits(understood.ranking[0], message)


def right_in_three(message: Message, understood: Understood) -> bool:
    """Whether one of the three best is acceptable."""
    return any(fits(intent, message) for intent in understood.ranking[:3])


def figures(messages: Sequence[Message], made: Sequence[Understood]) -> dict[str, float]:
    """Return the shares that issue and table speak of, each 0 to 1."""
    pairs = list(zip(messages, made, strict=True))
    ours = [(m, u) for m, u in pairs if m.labels[0] != STRANGER]
    strangers = [(m, u) for m, u in pairs if m.labels[0] == STRANGER]
    danger = [(m, u) for m, u in pairs if m.labels[0] == DANGER]
    calm = [(m, u) for m, u in pairs if DANGER not in m.labels]
    return {
        "first": share([right_first(m, u) for m, u in pairs]),
        "acted on": share([fits(u.intent, m) for m, u in pairs]),
        "in three": share([right_in_three(m, u) for m, u in pairs]),
        "long first": share([right_first(m, u) for m, u in pairs if m.words > LONG]),
        "short first": share([right_first(m, u) for m, u in pairs if m.words < SHORT]),
        "strangers caught": share([u.intent == STRANGER for _, u in strangers]),
        "false rejects": share([u.intent == STRANGER and STRANGER not in m.labels for m, u in ours]),
        "asked back": share([u.intent == FALLBACK for _, u in ours]),
        "danger caught": share([u.intent == DANGER for _, u in danger]),
        "false alarms": share([u.intent == DANGER for _, u in calm]),
        "calibration error": calibration_error(pairs),
    }


def calibration_error(pairs: Sequence[tuple[Message, Understood]], bins: int = BINS) -> float:
    """Return the expected calibration error: mean distance of confidence and share right, by bins of confidence."""
    answered = [(u.confidence, fits(u.intent, m)) for m, u in pairs if u.intent != FALLBACK]
    error = 0.0
    for place in range(bins):
        inside = [
            (c, hit)
            for c, hit in answered
            if place / bins <= c < (place + 1) / bins or (place == bins - 1 and c >= 1)
        ]
        if inside:
            confidence = sum(c for c, _ in inside) / len(inside)
            error += abs(confidence - share([hit for _, hit in inside])) * len(inside) / len(answered)
    return error


def by_intent(messages: Sequence[Message], made: Sequence[Understood]) -> dict[str, tuple[float, int]]:
    """Return for each best intent the share right first and the number of messages, the worst first."""
    rows: dict[str, list[bool]] = {}
    for message, understood in zip(messages, made, strict=True):
        rows.setdefault(message.labels[0], []).append(right_first(message, understood))
    return dict(sorted(((i, (share(h), len(h))) for i, h in rows.items()), key=lambda row: row[1]))


def confusions(messages: Sequence[Message], made: Sequence[Understood]) -> Counter[tuple[str, str]]:
    """Count (meant, taken for) over what was wrong."""
    return Counter(
        (m.labels[0], u.ranking[0]) for m, u in zip(messages, made, strict=True) if not right_first(m, u)
    )
