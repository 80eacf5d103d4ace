"""Which question a turn means: as a turn that surely asks it, and what comes nearest where nothing is sure."""

from __future__ import annotations

from dataclasses import replace

from assistant.knowledge.library import Library
from assistant.talk.answering import ask_button, live, point_button
from assistant.talk.reply import Button
from assistant.talk.turn import Turn

SUGGESTIONS = 3
LEAST_SAID_ABOUT = 0.1
LEAST_MEANT = 0.3
"""From this share of all questions on, one stands out."""


def asking(turn: Turn, intent: str) -> Turn:
    """Return the turn as one that surely asks `intent`, a topic or a point."""
    topic = intent.partition("/")[0]
    points = ((intent, 1.0),) if topic != intent else ()
    return replace(turn, intent=topic, ranking=(topic,), confidences=(1.0,), points=points, questions=())


def as_question(turn: Turn, library: Library) -> Turn:
    """Return the turn as the likeliest question it may ask, where it is no act of the talk after all; else as not understood."""
    named = next(
        (name for name, sure in turn.ranked if name in library.answers and sure >= LEAST_SAID_ABOUT), None
    )
    return replace(turn, intent=named or "nlu_fallback", questions=())


def likeliest_point(topic: str, turn: Turn, library: Library) -> str:
    """Return the likeliest live point of a topic, the topic itself where it has none."""
    points = live(library, [name for name, _ in turn.points if name.startswith(f"{topic}/")])
    return points[0].name if points else topic


def meant_instead(turn: Turn, library: Library) -> str | None:
    """Return the likeliest question beside the act that a turn is taken for, as far as it stands out among the questions."""
    rows = [row for row in turn.ranked if row[0] in library.answers]
    whole = sum(sure for _, sure in rows)
    return next((name for name, sure in rows if sure >= LEAST_MEANT * whole), None) if whole else None


def said_about(turn: Turn, library: Library) -> str | None:
    """Return the question that "what did you say about teasing" names, as far as one was heard."""
    named = (name for name, sure in turn.ranked if sure >= LEAST_SAID_ABOUT and name in library.answers)
    return next((name for name in named if not library.is_about(name, "assistant")), None)


def nearest(turn: Turn, library: Library) -> list[Button]:
    """Return what comes nearest to words that were not understood: points, else topics."""
    points = live(library, [name for name, _ in turn.points])
    topics = [
        name for name in turn.ranking if name in library.answers and not library.is_about(name, "assistant")
    ]
    return [*map(point_button, points), *(ask_button(library, name) for name in topics)][:SUGGESTIONS]


def topic_buttons(library: Library, intents: tuple[str, ...]) -> list[Button]:
    """Return a button for each of these topics and points."""
    return [ask_button(library, intent) for intent in intents]


def each_once(buttons: list[Button]) -> list[Button]:
    """Return the buttons; of those with one title only the last."""
    return list({button.title: button for button in buttons}.values())
