"""What a message means, read alone, beside the last words and the last answer, and over the whole talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.knowledge.library import library
from assistant.nlu.gates import BOOK, FALLBACK, OUT_OF_SCOPE
from assistant.nlu.leaning import Before, Weights, asked_next, mixed, together
from assistant.nlu.own_question import own_question
from assistant.nlu.question_model import LETTER, Guess, QuestionModel
from assistant.nlu.question_splitter import asks, parts
from assistant.nlu.whole_talk import TalkWeights, in_the_talk

ABOUT_THE_BOT = frozenset(
    {"ask_capabilities", "ask_bot_identity", "ask_privacy", "ask_human", "ask_call", "ask_repeat"}
)
LEANS = frozenset({FALLBACK, OUT_OF_SCOPE, "inform", "change_booking"})
"""What a message that leans on the talk may seem by itself: "and if my ex refuses", "can we move it"."""
FEWEST_WORDS, MOST_LETTERS = 5, 600
"""How many words have to be in what the parent said last to read a message behind it, and how much of it is read."""
MOST_MESSAGES = 16
"""How many of the parent's last messages a later one is weighed with."""
LEANING_WORDS = 12
"""Up to so many words a message is also read as one that leans on what was told last. Longer ones tell their own story."""
NEXT_WORDS = 20
"""Up to so many words what parents ask next counts as well."""
STANDS_ALONE, LIKELY_ALONE = 0.8, 0.6
"""From this probability on, thanks, a yes and the like are what they seem, whatever was told before; and behind a story, which would
outweigh them."""
ASK_CALL, COMPLAINT = "ask_call", "feedback_negative"
MAY_LEAN, SURELY_LEANS = 0.3, 0.8
"""From these probabilities on, a message may lean on what was told, and surely does."""
ALWAYS_HEARD = frozenset({BOOK, LETTER})
"""A wish that no talk before it may swallow: it counts from `LIKELY_ALONE` on."""


@dataclass(frozen=True)
class Weighing:
    """How a message is weighed with what was said and told before it; config.yml holds the numbers.

    Attributes:
        leaning: A short message together with the question before it ...
        leaning_on_a_story: ... and with words that asked nothing.
        talk: How much each reading of a later message counts.
    """

    leaning: Weights = field(default_factory=Weights)
    leaning_on_a_story: Weights = field(default_factory=Weights)
    talk: TalkWeights = field(default_factory=TalkWeights)


def behind(
    last: str, said: Sequence[str], told: Sequence[str], model: QuestionModel, *, surely: bool = False
) -> Before | None:
    """Return what a message may lean on; None where nothing was said or told that tells enough.

    A few words ("what if he says no") tell too little: there the question that was answered stands for them.

    Args:
        last: What the parent said right before it; empty where that was danger, a stranger's, or for a form.
        said: All that the parent said, oldest first.
        told: The points and topics that were told, oldest first.
        model: Knows how a point is asked.
        surely: Whether the last words asked the point told last, however they are worded.
    """
    tells = len(last.split()) >= FEWEST_WORDS
    if not tells and not told:
        return None
    point = library().points.get(told[-1]) if told else None
    return Before(
        last[:MOST_LETTERS] if tells else model.opening(told[-1]),
        told,
        point.then if point else (),
        surely or not tells or any(asks(part) for part in parts(last)),
        tuple(said[-MOST_MESSAGES:]),
    )


def read(text: str, model: QuestionModel, weighing: Weighing, before: Before | None) -> Guess:
    """Return what `text` may mean, read alone and, behind what was said before it, over the whole talk."""
    if (own := own_question(text)) is not None:
        return mixed(of_school(model.guess(own.text)), model.guess(text), own.whole)
    if before is None:
        return model.guess(text)
    alone = model.guess(text, told=before.told[-1:])
    if _does_something(text, alone, before):
        return alone
    guess = _behind_the_last(text, alone, model, weighing, before)
    return in_the_talk(text, guess, before, weighing.talk, model) if before.said else guess


def _does_something(text: str, alone: Guess, before: Before) -> bool:
    """Whether few words are thanks, a yes or another act: but "can i skip that" stops nothing, "why is that bad" asks on."""
    if not before.words or len(text.split()) > LEANING_WORDS:
        return False
    intent, sure = alone.ranking[0]
    act = not intent.startswith("ask_") or intent == "ask_repeat"
    enough = STANDS_ALONE if before.asked and intent not in ALWAYS_HEARD else LIKELY_ALONE
    asks_on = asks(text) and (intent == "stop" or (intent == COMPLAINT and alone.leans >= SURELY_LEANS))
    return act and intent not in LEANS and sure >= enough and not asks_on


def _behind_the_last(
    text: str, alone: Guess, model: QuestionModel, weighing: Weighing, before: Before
) -> Guess:
    """Return what a short message means beside the last words and the last answer; a longer one as it is."""
    words = len(text.split())
    if words > NEXT_WORDS:
        return alone
    weights = weighing.leaning if before.asked else weighing.leaning_on_a_story
    following = alone.following[0] if alone.following else ()
    if not before.words or words > LEANING_WORDS:
        return asked_next(alone, following, weights.next_point)
    # who surely leans on nothing is hardly weighed with the question before: both are seen as they are known, and nothing is encoded anew
    leans = alone.leans >= MAY_LEAN or not before.asked
    with_last = model.guess(text, before.words) if leans else model.guess_together([before.words, text])
    told = before.point.partition("/")[0]
    if told and told not in ABOUT_THE_BOT and alone.leans >= SURELY_LEANS:
        # "and it's free?", "how long do they get" behind an answer on school mean that answer, not our call
        alone, with_last = alone.without(ASK_CALL), with_last.without(ASK_CALL)
    both = together(alone, with_last, before, weights)
    return asked_next(both, following, weights.next_point)


def of_school(guess: Guess) -> Guess:
    """Return what is meant if it is not about the assistant: "how long does it take" below a page means the page."""
    for intent in ABOUT_THE_BOT:
        guess = guess.without(intent)
    return guess
