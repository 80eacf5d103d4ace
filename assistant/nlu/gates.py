"""Two gates behind the classifier: "is it ours?", and "do I know which question it is?"."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.nlu.question_model import CRISIS, LETTER, Guess

OUT_OF_SCOPE = "out_of_scope"
BOOK = "book_consultation"
FALLBACK = "nlu_fallback"
NO_LETTER = frozenset({CRISIS, BOOK, LETTER, "ask_repeat", "change_letter"})
"""What no wish for a letter stands beside: "shorter please" speaks like one and means the answer, or the letter that is there."""
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
        danger: Below this probability of the class `crisis` the next best intent counts: stories of illness and care read
            like danger to it, and the patterns of the crisis guard have heard most of what is.
        danger_sign: One sentence tells of danger from this probability on: the lines to call are named below the answer.
        small_talk: Below this probability of thanks, a yes, praise and the like it is not acted on: "thats the third time
            this year" is no praise.
        letter: A wish for a letter counts from this probability of its class on, whatever else leads but a wish for the call: "draft a reply, they
            say his grades are too good" has more words of its subject than of the wish ...
        letter_wish: ... and from this one on by the wish alone. Together 96 % of 80 held-out wishes are heard, and none of 60 questions on letters.
    """

    stranger: float = 0.15
    hint: float = 0.01
    doubt: float = 0.35
    unsure: float = 0.2
    danger: float = 0.75
    danger_sign: float = 0.9
    small_talk: float = 0.4
    letter: float = 0.12
    letter_wish: float = 0.65

    def heard(self, guess: Guess, wish: float) -> tuple[str, float]:
        """Return the intent to act on, and its confidence; `wish` is how likely the message wishes for a letter, whatever it is about."""
        intent, confidence = self.decide(guess)
        if wish >= self.letter_wish and intent not in NO_LETTER:
            return LETTER, wish
        return intent, confidence

    def decide(self, guess: Guess) -> tuple[str, float]:
        """Return the intent to act on, and its confidence."""
        best, probability = guess.ranking[0]
        if (
            best == CRISIS and probability >= self.danger
        ):  # before the strangers' gate: danger is never "not ours"
            return CRISIS, probability
        if best == CRISIS:
            guess = guess.without(CRISIS)
            best, probability = guess.ranking[0]
        if (wish := guess.probability(LETTER)) >= self.letter and best != BOOK:
            return LETTER, wish
        stranger = guess.probability(OUT_OF_SCOPE)
        hinted = stranger >= self.hint and probability < self.doubt
        if best == OUT_OF_SCOPE or stranger >= self.stranger or hinted:
            return OUT_OF_SCOPE, stranger
        if probability < (self.small_talk if best in SMALL_TALK else self.unsure):
            return FALLBACK, 1 - probability
        return best, probability
