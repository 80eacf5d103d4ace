"""The same lines give the same model: a maintainer who trains again sees no answer change."""

from __future__ import annotations

from assistant.nlu.encoder import shared_encoder
from assistant.nlu.question_model import Guess, QuestionModel
from bench.messages import held_out, wordings

EACH = 3
"""Lines an intent, of 1,700: all of them would take five minutes twice, and nothing here depends on their number."""
MESSAGES = 150


def guesses() -> list[Guess]:
    """Train a model and return what it makes of held-out messages."""
    lines: dict[str, list[str]] = {}
    for text, intent in wordings():
        lines.setdefault(intent, []).append(text)
    texts = [text for own in lines.values() for text in own[:EACH]]
    intents = [intent for intent, own in lines.items() for _ in own[:EACH]]
    model = QuestionModel(shared_encoder())
    model.train(texts, intents)
    return [model.guess(message.text) for message in held_out()[:MESSAGES]]


def test_training_twice_gives_the_same_model() -> None:
    first, second = guesses(), guesses()
    assert len({guess.ranking[0][0] for guess in first}) > 5, "all messages were taken for a few intents"
    assert first == second, "the same lines gave other probabilities"
