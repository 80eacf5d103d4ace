"""Two gates behind the classifier: "is it ours?", and "do I know which question it is?"."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.nlu.question_model import Guess

OUT_OF_SCOPE = "out_of_scope"
CRISIS = "crisis"
FALLBACK = "nlu_fallback"
SMALL_TALK = frozenset(
    {"affirm", "deny", "thank", "greet", "goodbye", "stop", "feedback_positive", "feedback_negative"}
)


@dataclass(frozen=True)
class Gates:
    """Thresholds chosen on the held-out messages (docs/decisions/0006); config.yml holds them.

    Attributes:
        stranger: Out of scope from this probability of the class `out_of_scope` on ...
        hint: ... and from this one on where no intent of ours reaches `doubt`.
        unsure: Below this probability of the best intent the parent is asked which question it is.
        danger: Below this probability of the class `crisis` the next best intent counts: hard stories about injury
            and care read like danger, and the crisis guard's patterns have heard what is ...
        danger_beside: ... and this much is enough where the next best is no question of ours: there the parent would read
            "that is outside what I know".
        small_talk: Below this probability of thanks, a yes, praise and the like it is not acted on: "thats the third time
            this year" is no praise.
    """

    stranger: float = 0.15
    hint: float = 0.01
    doubt: float = 0.35
    unsure: float = 0.2
    danger: float = 0.9
    danger_beside: float = 0.7
    small_talk: float = 0.4

    def decide(self, guess: Guess) -> tuple[str, float]:
        """Return the intent to act on, and its confidence."""
        ranking = guess.ranking if self._endangered(guess) else [r for r in guess.ranking if r[0] != CRISIS]
        best, probability = ranking[0]
        if best == CRISIS:  # before the strangers' gate: danger is never "not ours"
            return CRISIS, probability
        stranger = guess.probability(OUT_OF_SCOPE)
        hinted = stranger >= self.hint and probability < self.doubt
        if best == OUT_OF_SCOPE or stranger >= self.stranger or hinted:
            return OUT_OF_SCOPE, stranger
        if probability < (self.small_talk if best in SMALL_TALK else self.unsure):
            return FALLBACK, 1 - probability
        return best, probability

    def _endangered(self, guess: Guess) -> bool:
        best, probability = guess.ranking[0]
        ours = any(intent.startswith("ask_") for intent, _ in guess.ranking[1:2])
        return best == CRISIS and probability >= (self.danger if ours else self.danger_beside)
