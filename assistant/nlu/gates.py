"""Two gates behind the classifier: "is it ours?", and "do I know which question it is?"."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.nlu.question_model import Guess

OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Gates:
    """Thresholds chosen on the development split (docs/decisions/0006); config.yml holds them.

    Attributes:
        stranger: Out of scope from this probability of the class `out_of_scope` on.
        far: Out of scope below this similarity, unless the classifier is sure.
        unsure: Below this probability of the best intent the parent is asked which question it is.
        margin: ... or when the second best is as near as this.
    """

    stranger: float = 0.5
    far: float = 0.3
    unsure: float = 0.2
    margin: float = 0.02

    def decide(self, guess: Guess) -> tuple[str, float]:
        """Return the intent to act on, and its confidence."""
        best, probability = guess.ranking[0]
        stranger = guess.probability(OUT_OF_SCOPE)
        if stranger >= self.stranger or (best == OUT_OF_SCOPE and stranger >= self.unsure):
            return OUT_OF_SCOPE, stranger
        if guess.similarity < self.far and probability < 2 * self.unsure:
            return OUT_OF_SCOPE, 1 - guess.similarity
        if probability < self.unsure or (
            len(guess.ranking) > 1 and probability - guess.ranking[1][1] < self.margin and probability < 0.5
        ):
            return FALLBACK, 1 - probability
        return best, probability
