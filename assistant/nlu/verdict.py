"""What a message is taken for: the classifier's guess, heard with danger, gates and the sentence that asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.nlu.bare_detail import bare_intent
from assistant.nlu.crisis_guard import danger_in
from assistant.nlu.gates import CRISIS, FALLBACK, OUT_OF_SCOPE, Gates
from assistant.nlu.lead_in import without_lead_in
from assistant.nlu.question_model import Guess, QuestionModel
from assistant.nlu.question_splitter import asks, parts, questions

ABOUT_THE_BOT = frozenset({"ask_capabilities", "ask_bot_identity", "ask_privacy", "ask_human", "ask_repeat"})
SURELY_STRANGE = 0.5
"""From this probability on a message is a stranger's, whatever its last sentence asks."""
HIDES_A_QUESTION = frozenset(
    {OUT_OF_SCOPE, FALLBACK, "thank", "greet", "affirm", "deny", "feedback_positive"}
)
"""What a whole message may seem, although its last sentence asks something."""
ANSWERS_NO_QUESTION = frozenset({"affirm", "deny", "feedback_positive", "feedback_negative"})


@dataclass(frozen=True)
class Doubts:
    """Thresholds beyond the gates; config.yml holds them.

    Attributes:
        second_question: A further sentence counts as a question of its own from this probability on.
        small_talk: Below it, what is worded as a question is no praise and no yes.
    """

    second_question: float = 0.5
    small_talk: float = 0.8


@dataclass(frozen=True)
class Verdict:
    """What a message is taken for.

    Attributes:
        ranking: (intent, confidence), the one to act on first, then the others by falling probability.
        questions: The intents of all its questions, the message's own first; empty where there is one or none.
    """

    ranking: tuple[tuple[str, float], ...]
    questions: tuple[str, ...]

    @classmethod
    def of(
        cls,
        text: str,
        entities: Sequence[Mapping[str, Any]],
        model: QuestionModel,
        gates: Gates,
        doubts: Doubts,
    ) -> Verdict:
        """Return what `text` is taken for; `entities` are those found in it, as Rasa's messages hold them."""
        guess = model.guess(without_lead_in(text))
        intent, confidence = gates.decide(guess)
        surely_strange = guess.probability(OUT_OF_SCOPE) >= SURELY_STRANGE
        hidden = intent in HIDES_A_QUESTION and not surely_strange
        if hidden and (asking := _last_question(text, model, gates, doubts)):
            guess = asking  # "thanks!! what if i don't agree"; a story may read like a stranger's
            intent, confidence = gates.decide(guess)
        if intent in ANSWERS_NO_QUESTION and confidence < doubts.small_talk and asks(text):
            intent, confidence = FALLBACK, 1 - confidence  # "is that even legal" neither praises nor agrees
        if danger_in(text):
            intent, confidence = CRISIS, 1.0
        elif not intent.startswith("ask_") and (bare := bare_intent(text, entities)):
            intent, confidence = bare, 1.0  # "what about for a 504", "and LRE?"
        others = (row for row in guess.ranking if row[0] != intent)
        return cls(((intent, confidence), *others), _all_questions(text, intent, model, doubts))


def _last_question(text: str, model: QuestionModel, gates: Gates, doubts: Doubts) -> Guess | None:
    """Return what the last asking sentence of a longer message means, where that is surely a question of ours."""
    sentences = parts(text)
    asking = [part for part in sentences if asks(part)]
    if len(sentences) < 2 or not asking:
        return None
    guess = model.guess(asking[-1])
    intent, confidence = gates.decide(guess)
    ours = intent.startswith("ask_") and intent not in ABOUT_THE_BOT
    return guess if ours and confidence >= doubts.second_question else None


def _all_questions(text: str, first: str, model: QuestionModel, doubts: Doubts) -> tuple[str, ...]:
    """Return the intents of all questions in `text`, the message's own first; one alone is no list."""
    if not first.startswith("ask_"):
        return ()
    found = [first]
    for part in questions(text):
        ranking = model.guess(part).ranking
        if first not in ABOUT_THE_BOT:
            # "does it cost anything?" after a question on plans means the plans
            ranking = tuple(row for row in ranking if row[0] not in ABOUT_THE_BOT)
        intent, probability = ranking[0]
        probability /= sum(share for _, share in ranking)
        if probability >= doubts.second_question and intent.startswith("ask_") and intent not in found:
            found.append(intent)
    return tuple(found) if len(found) > 1 else ()
