"""What a message is taken for: the classifier's guess, heard with danger, gates and the sentence that asks."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.nlu.acts import behind_acts
from assistant.nlu.bare_detail import bare_intent
from assistant.nlu.crisis_guard import danger_in
from assistant.nlu.gates import FALLBACK, OUT_OF_SCOPE, Gates
from assistant.nlu.lead_in import without_lead_in
from assistant.nlu.leaning import Before, mixed
from assistant.nlu.question_model import CRISIS, LETTER, Guess, QuestionModel
from assistant.nlu.question_splitter import asks, parts, questions
from assistant.nlu.reading import ABOUT_THE_BOT, SURELY_LEANS, Weighing, of_school, read

POLITE = frozenset({"thank", "greet", "goodbye"})
"""Acts after which a question that is not understood is asked back, not answered with "you are welcome"."""
SURELY_STRANGE = 0.5
"""From this probability on a message is a stranger's, whatever its last sentence asks."""
HIDES_A_QUESTION = frozenset(
    {
        OUT_OF_SCOPE,
        FALLBACK,
        "thank",
        "greet",
        "affirm",
        "deny",
        "feedback_positive",
        "feedback_negative",
        "goodbye",
        "share_feelings",
        "ask_repeat",
    }
)
"""What a whole message may seem, although its last sentence asks something."""
HEARD_IN_A_SENTENCE = 0.5
"""The confidence of danger that a sentence of its own tells, beside the question that the whole message asks."""
NEARLY_THE_TOPIC = 0.8
"""From this likelihood beside its topic in general on, a point is what is asked: "how do i get an aide for my son with an iep" (.48 beside .51)."""
SURE_OF_A_POINT = 0.5
"""From this share on, two questions of one topic with different points are two."""
ANSWERS_NO_QUESTION = frozenset({"affirm", "deny", "feedback_positive", "feedback_negative"})


BEHIND_A_QUESTION = 0.5
"""How much the reading behind the question before it counts for a further one that leans on that."""
BEHIND_A_STORY = 0.6
"""How much the reading behind the sentences that ask nothing counts for each question of a message: "how long can they take" means the
records of which its story speaks. At .8, a question that leaves the story ("can they give him a zero") is read as the story."""


@dataclass(frozen=True)
class Doubts:
    """Thresholds beyond the gates; config.yml holds them.

    Attributes:
        second_question: A further sentence counts as a question of its own from this probability on.
        small_talk: Below it, what is worded as a question is no praise and no yes.
        rival: From this likelihood beside the first point on, the second one may be meant as well: it is the first button.
        as_likely: From this one on, it is as likely as the first, where that is ...
        sure_of_a_point: ... less likely than this: both are told.
        weighing: How a message is weighed with what was said and told before it.
    """

    second_question: float = 0.5
    small_talk: float = 0.8
    rival: float = 0.15
    as_likely: float = 0.35
    sure_of_a_point: float = 0.5
    weighing: Weighing = field(default_factory=Weighing)


@dataclass(frozen=True)
class Asked:
    """One question of a message.

    Attributes:
        point: `topic/point`, the likeliest within the intent; empty where the topic has none.
        confidence: The point's share within its topic, 0 to 1.
    """

    intent: str
    point: str = ""
    confidence: float = 0.0


@dataclass(frozen=True)
class Verdict:
    """What a message is taken for.

    Attributes:
        ranking: (intent, confidence), the one to act on first, then the others by falling probability.
        questions: All its questions, in their order; empty where there is one or none.
        points: (`topic/point`, probability) of the points it may ask: those of the first intent, by their share within it, then
            the others.
        rival: The point that may be meant as well as the first one; empty where that is far likelier.
        unsure: Whether the first point is no surer than its rival, so that both are to be told.
    """

    ranking: tuple[tuple[str, float], ...]
    questions: tuple[Asked, ...]
    points: tuple[tuple[str, float], ...] = ()
    rival: str = ""
    unsure: bool = False

    @property
    def point(self) -> str | None:
        """The likeliest point of the intent to act on; None where it has none, or where none of them is asked."""
        name = self.points[0][0] if self.points else ""
        return name if name.startswith(f"{self.ranking[0][0]}/") else None

    @classmethod
    def of(
        cls,
        text: str,
        entities: Sequence[Mapping[str, Any]],
        model: QuestionModel,
        gates: Gates,
        doubts: Doubts,
        before: Before | None = None,
    ) -> Verdict:
        """Return what `text` is taken for.

        Args:
            text: The message.
            entities: Those found in it, as Rasa's messages hold them.
            model: Gives the guesses.
            gates: What is acted on.
            doubts: Thresholds beyond the gates.
            before: What it may lean on, if anything was said before it.
        """
        guess = read(without_lead_in(text), model, doubts.weighing, before)
        intent, confidence = gates.heard(guess, model.wishes_letter(without_lead_in(text)))
        surely_strange = guess.probability(OUT_OF_SCOPE) >= SURELY_STRANGE
        hidden = intent in HIDES_A_QUESTION and not surely_strange
        if hidden and (asking := _last_question(text, intent, model, gates, doubts, before)):
            guess = asking  # "thanks!! what if i don't agree"; a story may read like a stranger's
            intent, confidence = gates.decide(guess)
        if intent in ANSWERS_NO_QUESTION and confidence < doubts.small_talk and asks(text):
            intent, confidence = FALLBACK, 1 - confidence  # "is that even legal" neither praises nor agrees
        if danger_in(text):
            intent, confidence = CRISIS, 1.0
        elif not intent.startswith("ask_") and (bare := bare_intent(text, entities)):
            intent, confidence = bare, 1.0  # "what about for a 504", "and LRE?"
        if intent != LETTER and (surer := _surer_point(intent, guess)):
            intent, confidence = surer, guess.probability(surer)
        others = tuple(row for row in guess.ranking if row[0] != intent)
        own = _point_first(guess.within(intent))
        beside = tuple(point for point in guess.points if point[0].partition("/")[0] != intent)
        questions = _all_questions(text, intent, own, model, doubts)
        rival = "" if questions else _rival(intent, guess, doubts)
        unsure = bool(rival) and _neither_is_sure(guess, doubts)
        if intent != CRISIS and model.danger(text) >= gates.danger_sign:
            others = _with_a_sign(others)
        return cls(((intent, confidence), *others), questions, (*own, *beside), rival, unsure)


def _point_first(own: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Return a topic's points with a point first that is not far less likely than the topic in general: its answer says more."""
    if len(own) < 2 or "/" in own[0][0] or own[1][1] < NEARLY_THE_TOPIC * own[0][1]:
        return tuple(own)
    return (own[1], own[0], *own[2:])


def _with_a_sign(others: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Return the other intents with danger heard in one sentence: it is not acted on, and the lines are named below the answer."""
    rest = (row for row in others if row[0] != CRISIS)
    return ((CRISIS, HEARD_IN_A_SENTENCE), *rest)


def _surer_point(intent: str, guess: Guess) -> str | None:
    """Return the topic of the likeliest point where it is another than `intent`: topics blur, points are clear-cut.

    A point that has to be twice as likely would find .902 of held-out topics instead of .893, and .889 of points instead of .897.
    """
    own = guess.within(intent)
    if not own or not guess.points:
        return None
    topic = guess.points[0][0].partition("/")[0]
    return topic if topic != intent else None


def _rival(intent: str, guess: Guess, doubts: Doubts) -> str:
    """Return the point that is not far less likely than the first one; else nothing."""
    if len(guess.points) < 2:
        return ""
    (first, likely), (second, less) = guess.points[:2]
    if first.partition("/")[0] != intent or not ("/" in first and "/" in second):
        return ""
    return second if less >= doubts.rival * likely else ""


def _neither_is_sure(guess: Guess, doubts: Doubts) -> bool:
    """Whether the first point is hardly likelier than the second, and not likely by itself."""
    (_, likely), (_, less) = guess.points[:2]
    return likely < doubts.sure_of_a_point and less >= doubts.as_likely * likely


def _last_question(
    text: str, seems: str, model: QuestionModel, gates: Gates, doubts: Doubts, before: Before | None
) -> Guess | None:
    """Return what the last asking sentence of a message means, where that is a question of ours.

    Beside thanks or a feeling it may be less sure than in what `seems` a stranger's story.
    """
    sentences = parts(text)
    asking = [part for part in sentences if asks(part)] if len(sentences) > 1 else []
    behind = behind_acts(asking[-1] if asking else text)
    if not asking and behind is None:
        return None
    guess = read(behind or asking[-1], model, doubts.weighing, before)
    strange = seems in (OUT_OF_SCOPE, FALLBACK)
    if seems == "share_feelings":
        guess = of_school(guess)
    intent, confidence = gates.decide(guess)
    if seems in POLITE and intent != FALLBACK and not intent.startswith("ask_"):
        # what was said before it, the same thanks or a stranger's story, would be heard again
        guess = model.guess(behind or asking[-1])
        intent, confidence = gates.decide(guess)
    if intent == FALLBACK:
        return (
            guess if seems in POLITE else None
        )  # "thanks! can you tell me who signs it" asks, whatever it is
    ours = intent.startswith("ask_") and not (strange and intent in ABOUT_THE_BOT)
    least = doubts.second_question if strange else gates.unsure
    return guess if ours and confidence >= least else None


def _all_questions(
    text: str, first: str, own: Sequence[tuple[str, float]], model: QuestionModel, doubts: Doubts
) -> tuple[Asked, ...]:
    """Return all questions in `text`, in their order where its own is one of its parts; one alone is no list."""
    if not first.startswith("ask_"):
        return ()
    whole = Asked(first, *own[0]) if own else Asked(first)
    apart: list[Asked] = []
    before, story = "", _story(text)
    for part in questions(text):
        guess, before = _behind(part, before, story, model), part
        ranking = guess.ranking
        if first not in ABOUT_THE_BOT:
            # "does it cost anything?" after a question on plans means the plans
            ranking = tuple(row for row in ranking if row[0] not in ABOUT_THE_BOT)
        intent, probability = ranking[0]
        probability /= sum(share for _, share in ranking)
        if probability < doubts.second_question or not intent.startswith("ask_"):
            continue
        within = guess.within(intent)
        asked = Asked(intent, *within[0]) if within else Asked(intent)
        if not any(_same(asked, other) for other in apart):
            apart.append(asked)
    # two questions read as one may seem a third: "what is the difference? does it cost anything?" is not "is a 504 cheaper"
    if len(apart) > 1 and any(asked.intent == first for asked in apart):
        return tuple(apart)
    found = [whole, *(asked for asked in apart if not _same(asked, whole))]
    return tuple(found) if len(found) > 1 else ()


def _story(text: str) -> str:
    """Return the sentences of a message before the first one that asks."""
    return " ".join(itertools.takewhile(lambda part: not asks(part), parts(text)))


def _behind(part: str, before: str, story: str, model: QuestionModel) -> Guess:
    """Return what one of a message's questions may mean.

    It leans on the story that it stands behind, and "how much do they cost" on the question before it.
    """
    alone = model.guess(part)
    if story:
        return mixed(alone, model.guess(part, story), BEHIND_A_STORY)
    if not before or alone.leans < SURELY_LEANS:
        return alone
    return mixed(alone, model.guess(part, before), BEHIND_A_QUESTION)


def _same(one: Asked, other: Asked) -> bool:
    """Whether two questions are one: the same point, or the same topic where one of the points is unsure."""
    if one.intent != other.intent:
        return False
    return one.point == other.point or min(one.confidence, other.confidence) < SURE_OF_A_POINT
