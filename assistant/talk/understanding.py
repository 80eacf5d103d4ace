"""What a turn asks, given what the talk knows: plan, follow-ups, corrections, several questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.knowledge.answers import Answer
from assistant.knowledge.library import Library
from assistant.nlu.bare_detail import words_beyond
from assistant.talk.children import corrected, plan_of_child, told_plans
from assistant.talk.context import LEANING_WORDS, NOT_UNDERSTOOD, asks_whether, in_topic, topic_itself
from assistant.talk.turn import Memory, Named, Turn

BOTH_PLANS = frozenset({"ask_difference", "ask_which_plan", "ask_both_plans", "ask_switch_plan"})
"""Questions about the two plans side by side: the plan that the talk knows does not narrow them."""
NO_PLAN_YET = frozenset({"ask_get_started", "ask_sst_meeting"})
"""Questions that a family asks before there is a plan."""
BY_CONDITION = ("ask_condition_qualifies", "ask_accommodation_examples")

SURELY_ASKED = 0.5
"""From this confidence on, a question counts more than a term in it."""
_CORRECTION = re.compile(
    r"^(?:oh |no[, ]|nope|wait|oops|my bad|correction)|\b(?:sorry|actually|i meant|i mean|my mistake|not an?|wrong|instead|i said)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:had|used to have|was on|were on|came off|started (?:out )?with|previously|before (?:he|she|they|it)|old|first)\b.*\b(?:now|switched|moved|then|currently|today|changed|upgraded)\b",
    re.IGNORECASE | re.DOTALL,
)
_NEGATED = re.compile(r"\b(?:not|isn'?t|no longer|without|never had|doesn'?t have|does not have|dont have|don'?t have|instead of|rather than)\s+(?:really\s+)?(?:an?|the|on|a real)?\s*$", re.IGNORECASE)  # fmt: skip
_LACKING = re.compile(r"\b(?:no|neither|nor|or)\s+(?:an?|the|any)?\s*$", re.IGNORECASE)
_FOR_THAT = re.compile(
    r"\b(?:get|gets|qualif\w+|eligible|need|needs|have|count\w*)\b.*\b(?:for|with) (?:that|this|it)\b",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(r"\bwhat(?:'?s| is| are| would| does| do| will)\b(?! about\b)", re.IGNORECASE)
_OTHERS = {"504": "iep", "iep": "504"}
_OTHER_PLAN = re.compile(r"\b(?:the )?other (?:one|plan|kind)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:that|this|it|again)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """One question to answer: the intent, and what is known for it."""

    intent: str
    plan: str | None = None
    condition: str | None = None
    state: str | None = None
    term: str | None = None
    aside: str | None = None
    """The intent of a short question within the topic `intent`, which its answer's follow-ups serve."""
    about_use: bool = False
    """Whether a term said before is asked about for one plan ("does that count with a 504 too")."""
    carried: bool = False
    """Whether only a detail changed ("what about for a 504"): the topic is asked again, not the aside by itself."""

    again: bool = False
    """Whether few words led back to what was just answered: its heart is said, not all of it."""
    nearest: bool = False
    """Whether nothing in the words was understood but that they point back to the topic."""

    @property
    def named(self) -> str:
        """Return the intent that the parent asked: the side question's own, where they asked it in this turn."""
        return (
            self.aside if self.aside and self.aside.startswith("ask_") and not self.carried else self.intent
        )


def answer_to(question: Question, library: Library) -> Answer:
    """Return the answer that serves a question: the topic's own, or its follow-up."""
    answer = library.answers[question.intent]
    return answer.follow_ups.get(question.aside or "", answer)


def named_plan(turn: Turn) -> tuple[str | None, bool]:
    """Return the plan the turn is about and whether both were named (then the plan is None).

    "had a 504, now it's an IEP" is about the IEP; "an IEP, not a 504" too.
    """
    spoken = [e for e in turn.entities if e.kind == "plan"]
    if len({e.value for e in spoken}) == 2 and all(_lacking(turn.text, e) for e in spoken):
        return "none", False  # "he has no 504 and no iep"
    meant = [e for e in spoken if not _negated(turn.text, e)] or ([] if turn.values("no_plan") else spoken)
    values = list(dict.fromkeys(e.value for e in meant))
    if len(values) == 1:
        return values[0], False
    if len(values) == 2:
        if _CHANGED.search(turn.text):
            return meant[-1].value, False
        return None, True
    if turn.values("no_plan"):
        return "none", False
    return None, False


def _negated(text: str, entity: Named) -> bool:
    return bool(_NEGATED.search(text[: entity.start]))


def _lacking(text: str, entity: Named) -> bool:
    return _negated(text, entity) or bool(_LACKING.search(text[: entity.start]))


def leftover(turn: Turn) -> list[str]:
    """Return the words of a turn beyond its entities and small words: none means a bare detail."""
    return words_beyond(turn.text, [(entity.start, entity.end) for entity in turn.entities])


def is_follow_up(turn: Turn, memory: Memory) -> bool:
    """Whether the turn only changes a detail of the last question ("and for an IEP?", "it's an IEP")."""
    if turn.chosen or memory.question is None or not turn.entities:
        return False
    if turn.intent == "crisis" or len(turn.text.split()) > 14:
        return False
    return not leftover(turn) and not _asks_with_a_word(turn)


def _asks_with_a_word(turn: Turn) -> bool:
    """Whether the detail is just a word of a question that was understood ("does he qualify", "whats an iep")."""
    kinds = {entity.kind for entity in turn.entities}
    if not turn.intent.startswith("ask_") or not turn.confidences or turn.confidences[0] < SURELY_ASKED:
        return False
    if turn.intent in ("ask_explain_plan", "ask_plan_contents"):
        return bool(_WHAT_IS.search(turn.text))
    return kinds == {"term"} and turn.intent not in ("ask_term", "ask_repeat")


def _names_other_plan(turn: Turn) -> bool:
    return not turn.chosen and not turn.values("plan") and bool(_OTHER_PLAN.search(turn.text))


def _only_swaps(turn: Turn, children: Mapping[str, str]) -> bool:
    """Whether the turn says no more than whose plan is meant now ("and for my oldest?", "and the other one")."""
    named = {
        "other",
        "kind",
        "oldest",
        "older",
        "youngest",
        "younger",
        "little",
        "big",
        "boy",
        "girl",
        *children,
    }
    return all(word.replace("'s", "") in named for word in leftover(turn))


def is_correction(turn: Turn) -> bool:
    """Whether the turn takes something back ("sorry, it's an IEP")."""
    return bool(_CORRECTION.search(turn.text))


def asked(turn: Turn, memory: Memory, library: Library) -> tuple[list[Question], Memory]:
    """Return the questions of a turn, in order, and the memory with what the turn told.

    An empty list means that the turn asks nothing that an answer file could serve.
    """
    plan, both = named_plan(turn)
    children = told_plans(turn, memory.children or {})
    if plan in ("504", "iep") and children == (memory.children or {}) and is_correction(turn):
        children = corrected(children, memory.plan, plan)
    child = plan_of_child(turn, children)
    other = _OTHERS.get(memory.said_plan or "") if _names_other_plan(turn) else None
    memory = memory.with_(
        children=children or None,
        plan=plan or child or other or memory.plan,
        condition=next(iter(turn.values("condition")), memory.condition),
        state=next(iter(turn.values("state")), memory.state),
        term=next(iter(turn.values("term")), memory.term),
    )
    if asks_whether(turn):
        return [], memory
    swapped = memory.question is not None and bool(child or other) and _only_swaps(turn, children)
    if is_follow_up(turn, memory) or swapped:
        followed = _question(_followed(turn, memory, library), turn, memory, both)
        if followed.intent == memory.question and memory.aside in library.answers[followed.intent].follow_ups:
            followed = replace(followed, aside=memory.aside, carried=True)
        return [followed], memory
    leaning: str | None = None
    if turn.questions and turn.intent in library.answers:
        intents = list(turn.questions)
    elif leaning := in_topic(turn, memory, library):
        intents = [leaning]  # "can i record it" alone might ask about this chat
    elif topic := topic_itself(turn, memory, library):
        return [replace(_question(topic, turn, memory, both), aside=memory.aside, nearest=True)], memory
    else:
        intents = [_alone(turn, memory, library)]
    questions = [
        _in_channel(_question(intent, turn, memory, both), turn, library)
        for intent in intents
        if intent in library.answers
    ]
    if len(questions) == 1:
        question = _worded(_within_topic(questions[0], turn, memory, library), turn, library)
        if (
            leaning is not None
            and leaning == memory.question
            and question.aside is None
            and memory.aside in library.answers[leaning].variants
        ):
            question = replace(question, aside=memory.aside)  # "what do i do now" is about what was told
        same = (question.intent, question.aside, question.plan) == (
            memory.question,
            memory.aside,
            memory.said_plan,
        )
        questions = [
            replace(question, again=leaning not in (None, turn.intent) and same and not turn.entities)
        ]
    return questions, memory


def _alone(turn: Turn, memory: Memory, library: Library) -> str:
    """Return what a turn asks that does not lean on the talk's topic.

    A term that stands alone in what is otherwise not understood asks what it means.
    """
    if memory.condition and turn.values("plan") and _FOR_THAT.search(turn.text):
        return "ask_condition_qualifies"  # "can she get an iep for that"
    only_term = turn.values("term") and not turn.values("condition")
    if turn.intent not in library.answers and only_term and turn.intent in NOT_UNDERSTOOD:
        return "ask_term"
    return turn.intent


def _within_topic(question: Question, turn: Turn, memory: Memory, library: Library) -> Question:
    """Return the question as one within the talk's topic, if the topic has a word of its own on it."""
    topic = library.answers.get(memory.question or "")
    if topic is None or turn.chosen or len(turn.text.split()) > LEANING_WORDS:
        return question
    return (
        replace(question, intent=topic.intent, aside=question.intent)
        if question.intent in topic.follow_ups
        else question
    )


def _in_channel(question: Question, turn: Turn, library: Library) -> Question:
    """Return the question with the words of the turn's channel, where what is true of one is not of the other."""
    theirs = question.aside is None and turn.channel in library.answers[question.intent].channels
    return replace(question, aside=turn.channel) if theirs else question


def _worded(question: Question, turn: Turn, library: Library) -> Question:
    """Return the question with the variant that its wording asks for, such as recording a meeting."""
    if question.aside or turn.chosen:
        return question
    variants = library.answers[question.intent].variants
    return replace(
        question, aside=next((name for name, words in variants.items() if words.search(turn.text)), None)
    )


def _followed(turn: Turn, memory: Memory, library: Library) -> str:
    """Return the question that a bare detail continues."""
    question = memory.question or turn.intent
    if turn.values("plan") or turn.values("no_plan"):
        return question if question != "ask_difference" or not turn.intent.startswith("ask_") else turn.intent
    if turn.values("term") and (question == "ask_term" or not turn.values("condition")):
        return "ask_term"
    if turn.values("condition"):
        return question if question in BY_CONDITION else "ask_condition_qualifies"
    if turn.values("state"):
        return question if library.answers[question].by_state else "ask_timeline"
    return question


def _only_plan_in(turn: Turn) -> str | None:
    """Return the one plan that this turn names ("is a 504 special ed"), whatever the talk knew before.

    "had a 504, now they offer an IEP" names two: a question about the two plans then needs the text for both.
    """
    named = turn.values("plan") or (["none"] if turn.values("no_plan") else [])
    return named[0] if len(named) == 1 else None


def _question(intent: str, turn: Turn, memory: Memory, both: bool) -> Question:
    plan = memory.plan
    if both:
        plan = None
    elif intent in BOTH_PLANS and not turn.chosen:
        plan = _only_plan_in(turn)
    elif intent in NO_PLAN_YET and not turn.values("plan"):
        plan = "none"
    term = (
        memory.term
        if turn.values("term") or _POINTS_BACK.search(turn.text) or is_follow_up(turn, memory)
        else None
    )
    about_use = term is not None and not turn.values("term") and bool(turn.values("plan"))
    return Question(intent, plan, memory.condition, memory.state, term, about_use=about_use)
