"""What a turn asks, given what the talk knows: plan, follow-ups, corrections, several questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.knowledge.answers import Answer
from assistant.knowledge.library import Library
from assistant.knowledge.points import Point
from assistant.nlu.bare_detail import words_beyond
from assistant.talk.child import Child
from assistant.talk.children import corrected, heard, names_of
from assistant.talk.fitting import fitting, other_ages
from assistant.talk.standing import named_plan, stands
from assistant.talk.turn import Memory, OneQuestion, Turn
from assistant.talk.whether import asks_whether

_SUPPORTS = {"ask_supports_by_condition": "ask_accommodation_examples"}
"""Which supports fit a condition: the condition's own words stand with the second one."""
NOT_UNDERSTOOD = frozenset({"nlu_fallback", "out_of_scope"})

SURELY_ASKED = 0.5
"""From this confidence on, a question counts more than a term in it."""
SURELY_ANOTHER = 0.8
"""From this confidence on, words that could be a mere detail of the last question are a question of their own."""
SURE_OF_A_POINT = 0.3
"""From this share within its topic on, a point is the answer; below it the topic's general words are (decision 21)."""
AS_LIKELY = 0.35
"""From this likelihood beside a point for a family without a plan on, its rival is what a family with one asks."""
SURELY_AGAIN = 0.6
"""Below this likelihood beside a point that was told, its rival is not what is asked: the classifier has counted the telling already."""
_CORRECTION = re.compile(
    r"^(?:oh |no[, ]|nope|wait|oops|my bad|correction)|\b(?:sorry|actually|i meant|i mean|my mistake|not an?|wrong|instead|i said)\b",
    re.IGNORECASE,
)
_FOR_THAT = re.compile(
    r"\b(?:get|gets|qualif\w+|eligible|need|needs|have|count\w*)\b.*\b(?:for|with) (?:that|this|it)\b",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(r"\bwhat(?:'?s| is| are| would| does| do| will)\b(?! about\b)", re.IGNORECASE)
_OTHERS = {"504": "iep", "iep": "504"}
_OTHER_PLAN = re.compile(r"\b(?:the )?other (?:one|plan|kind)\b", re.IGNORECASE)
_ASKS_ON = re.compile(r"^(?:and|or|what about|how about|is|does|do|would)\b|\?\s*$", re.IGNORECASE)
_AND = re.compile(r"^(?:ok|okay|so|well)?,?\s*(?:and|or|but|what about|how about|what if)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:that|this|it|again)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """One question to answer: the intent, and what is known for it."""

    intent: str
    plan: str | None = None
    condition: str | None = None
    state: str | None = None
    term: str | None = None
    about_use: bool = False
    """Whether a term said before is asked about for one plan ("does that count with a 504 too")."""
    point: str = ""
    """`topic/point`, the likeliest within the topic; empty where the topic has none."""
    share: float = 0.0
    """The point's share within its topic, 0 to 1."""
    others: tuple[tuple[str, float], ...] = ()
    """(`topic/point`, share) of points that the words may ask as well, likeliest first."""
    held: str | None = None
    """The plan that the child has, where it is another than `plan`: who asked for an IEP has no case manager yet."""
    asks_on: bool = False
    """Whether the turn asks the same of another plan ("and a 504?"), and does not tell which plan it is ("it's an IEP")."""
    unsure: bool = False
    """Whether the point is one of two that the words may ask: both are told, in short."""
    rival: str = ""
    """`topic/point` that the words may ask as well, though less likely."""
    once_more: bool = False
    """Whether the point is what the words ask although it was told before: it is said once more, and no other one."""
    aside: str | None = None
    """The follow-up of ask_human that serves a question about the call itself, inside booking."""


def by_condition(library: Library, question: Question) -> bool:
    """Whether a condition that was named makes the answer more exact."""
    return library.is_about(question.intent, "condition") and question.condition in library.conditions


def answer_to(question: Question, library: Library) -> Answer:
    """Return the general answer that serves a question: the topic's own, or its follow-up."""
    answer = library.answers[question.intent]
    return answer.follow_ups.get(question.aside or "", answer)


def leftover(turn: Turn) -> list[str]:
    """Return the words of a turn beyond its entities and small words: none means a bare detail."""
    return words_beyond(turn.text, [(entity.start, entity.end) for entity in turn.entities])


def is_follow_up(turn: Turn, memory: Memory) -> bool:
    """Whether the turn only changes a detail of the last question ("and for an IEP?", "it's an IEP")."""
    if turn.chosen or memory.question is None or not turn.entities:
        return False
    if turn.intent == "crisis" or len(turn.text.split()) > 14:
        return False
    return not leftover(turn) and not _asks_with_a_word(turn) and not _asks_another(turn, memory)


def _asks_another(turn: Turn, memory: Memory) -> bool:
    """Whether small words and a plan surely ask another topic than the last one ("how do i get an iep")."""
    if not turn.intent.startswith("ask_") or turn.intent == memory.question or not turn.confidences:
        return False
    return turn.confidences[0] >= SURELY_ANOTHER and not (is_correction(turn) or _AND.search(turn.text))


def _asks_with_a_word(turn: Turn) -> bool:
    """Whether the detail is just a word of a question that was understood ("does he qualify", "whats an iep")."""
    kinds = {entity.kind for entity in turn.entities}
    if not turn.intent.startswith("ask_") or not turn.confidences:
        return False
    if kinds == {"term"} and turn.intent not in (
        "ask_term",
        "ask_repeat",
    ):  # "does he qualify", not "and LRE?"
        return len(turn.text.split()) > len(turn.entities) + 1
    if turn.confidences[0] < SURELY_ASKED:
        return False
    if turn.intent in ("ask_explain_plan", "ask_plan_contents") or "condition" in kinds:
        return bool(
            _WHAT_IS.search(turn.text)
        )  # "whats an iep", "what would it have for adhd", not "what about adhd"
    return False


def _names_other_plan(turn: Turn) -> bool:
    return not turn.chosen and not turn.values("plan") and bool(_OTHER_PLAN.search(turn.text))


def _only_swaps(turn: Turn, children: Iterable[Child]) -> bool:
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
        *names_of(children),
    }
    return all(word.replace("'s", "") in named for word in leftover(turn))


def is_correction(turn: Turn) -> bool:
    """Whether the turn takes something back ("sorry, it's an IEP")."""
    return bool(_CORRECTION.search(turn.text))


def asked(turn: Turn, memory: Memory, library: Library) -> tuple[list[Question], Memory]:
    """Return the questions of a turn, in order, and the memory with what the turn told.

    An empty list means that the turn asks nothing that an answer file could serve.
    """
    memory, moved, both = with_what_is_told(turn, memory)
    heard_first = turn.point[0]
    turn = fitting(turn, memory.child, library)
    at_their_age = turn.point[0] in library.points and turn.point[0] in other_ages(heard_first, library)
    if asks_whether(turn):
        return [], memory
    swapped = memory.question is not None and moved and _only_swaps(turn, memory.children)
    if _only_a_state(turn) and not state_matters(memory, library):
        return [], memory  # it is kept, and is no question of its own
    if is_follow_up(turn, memory) or swapped:
        return [_anew(turn, memory, library, both)], memory
    if turn.questions and turn.intent in library.answers:
        found = turn.questions
    else:
        found = (OneQuestion(_alone(turn, memory, library), *turn.point),)
    fitting_plan = (_for_their_plan(one, memory.plan, library) for one in found)
    known = (one for one in fitting_plan if one.intent in library.answers)
    questions = [_in_channel(_question(one, turn, memory, both, library), turn, library) for one in known]
    questions = [replace(one, once_more=at_their_age) for one in questions]
    return with_rival(questions, turn, memory, both, library), memory


def with_rival(
    questions: list[Question], turn: Turn, memory: Memory, both: bool, library: Library
) -> list[Question]:
    """Return the question with its rival: both to be told in short where neither is sure, else as the first point to ask next.

    Asked again after the first of them was told, the words mean the second, unless that is far less likely all the same. Where a child may be in danger now, nothing is shortened.
    """
    rival = library.points.get(turn.rival)
    if len(questions) != 1 or not questions[0].point or by_condition(library, questions[0]):
        return questions
    if questions[0].share < SURE_OF_A_POINT:
        return questions
    told = {key.partition("@")[0] for key in memory.told or ()}
    if rival is None:  # that it was told was weighed already, and nothing else is nearly as likely
        return [replace(questions[0], once_more=questions[0].once_more or questions[0].point in told)]
    pair = (library.points[questions[0].point], rival)
    if any(point.status != "live" or library.answers[point.topic].status != "live" for point in pair):
        return questions
    own, other = (
        questions[0],
        _question(OneQuestion(rival.topic, rival.name, 1.0), turn, memory, both, library),
    )
    if rival.name in told or _for_who_has_none(rival, other.plan):
        return [own]
    as_likely = _likely(rival.name, turn) >= AS_LIKELY * _likely(own.point, turn)
    if as_likely and _for_who_has_none(pair[0], own.plan):
        return [other]
    if own.point in told:
        less = _likely(rival.name, turn)  # 0 where it is not among the points that are listed
        sure = 0 < less < _likely(own.point, turn) * SURELY_AGAIN
        return [replace(own, once_more=True, rival=rival.name)] if sure else [other]
    if turn.unsure and not any(point.urgent_first for point in pair):
        return [replace(own, share=1.0, unsure=True), replace(other, unsure=True)]
    return [replace(own, rival=rival.name)]


def _for_their_plan(one: OneQuestion, plan: str | None, library: Library) -> OneQuestion:
    """Return a question without its point where that was written for a family without a plan: the topic knows whom to write to with one.

    It was where its words for no plan are those for a plan that is not known.
    """
    point = library.points.get(one.point)
    if point is None or not _for_who_has_none(point, plan) or point.says["none"] != point.says.get("either"):
        return one
    return replace(one, point="")


def _likely(name: str, turn: Turn) -> float:
    """Return how likely a point is among all, 0 to 1: those of the first topic are listed by their share within it."""
    share = dict(turn.points).get(name, 0.0)
    return share * turn.confidences[0] if name.startswith(f"{turn.intent}/") and turn.confidences else share


def _for_who_has_none(point: Point, plan: str | None) -> bool:
    """Whether a point has words for a family without a plan and none for the plan that is known: "whom to write to without one"."""
    return plan in _OTHERS and "none" in point.says and plan not in point.says


def with_what_is_told(turn: Turn, memory: Memory) -> tuple[Memory, bool, bool]:
    """Return the memory with what the turn tells, whether it is about another child or plan now, and whether it names both plans."""
    talked_of = memory.plan if memory.plan in _OTHERS else None
    found = [] if turn.chosen else stands(turn, talked_of)
    plan, both = named_plan(turn, talked_of)
    told = heard(turn, memory.children, found)
    children = told.children
    if plan in _OTHERS and not any(one.how for one in found):
        if is_correction(turn):
            children = corrected(children, memory.plan, plan)
        elif children and (turn.chosen or not leftover(turn)):
            children = (children[0].told(plan, "held"), *children[1:])  # "an IEP", a button
    other = _OTHERS.get(memory.said_plan or "") if _names_other_plan(turn) and not told.named else None
    child = children[0] if told.named else None
    before = memory.plan if child is None else child.plan
    memory = memory.with_(
        children=children,
        plan=None if told.several else plan or other or before,
        condition=next(iter(turn.values("condition")), child.condition if child else memory.condition),
        state=_one_state(turn) or memory.state,
        term=next(iter(turn.values("term")), memory.term),
    )
    return memory, bool(other) or bool(child and child.plan), both


def _one_state(turn: Turn) -> str | None:
    """Return the state that a turn names; None where it names several, for then nobody knows which is the family's."""
    named = set(turn.values("state"))
    return named.pop() if len(named) == 1 else None


def _only_a_state(turn: Turn) -> bool:
    return not turn.chosen and {entity.kind for entity in turn.entities} == {"state"} and not leftover(turn)


def state_matters(memory: Memory, library: Library) -> bool:
    """Whether a state changes what was told last."""
    point = library.points.get(memory.last or "")
    if point is not None:
        return point.by_state
    return memory.question in library.answers and bool(library.answers[memory.question or ""].by_state)


def _anew(turn: Turn, memory: Memory, library: Library, both: bool) -> Question:
    """Return the last question for a new detail ("no wait, its an IEP", "and in Texas?"): the same point, where one was told."""
    intent = _followed(turn, memory, library)
    last = memory.last or ""
    if last in library.points and last.startswith(f"{intent}/"):
        return _question(OneQuestion(intent, last, 1.0), turn, memory, both, library)
    general = f"{intent}@{library.answers[intent].plan_for(memory.plan)}"
    if last == intent and not memory.was_told(general):  # the topic in general, for the other plan
        return _question(OneQuestion(intent), turn, memory, both, library)
    own = next((row for row in turn.points if row[0].startswith(f"{intent}/")), ("", 0.0))
    return _question(
        OneQuestion(intent, *own), turn, memory, both, library
    )  # "what if its a 504 kid" after a topic in general


def _alone(turn: Turn, memory: Memory, library: Library) -> str:
    """Return the topic that a turn asks.

    A term that stands alone in what is otherwise not understood asks what it means.
    """
    if memory.condition and turn.values("plan") and _FOR_THAT.search(turn.text):
        return "ask_condition_qualifies"  # "can she get an iep for that"
    only_term = turn.values("term") and not turn.values("condition")
    if turn.intent not in library.answers and only_term and turn.intent in NOT_UNDERSTOOD:
        return "ask_term"
    return turn.intent


def _in_channel(question: Question, turn: Turn, library: Library) -> Question:
    """Return the question with the words of the turn's channel, where what is true of one is not of the other."""
    theirs = question.aside is None and turn.channel in library.answers[question.intent].channels
    return replace(question, aside=turn.channel) if theirs else question


def _followed(turn: Turn, memory: Memory, library: Library) -> str:
    """Return the question that a bare detail continues."""
    question = memory.question or turn.intent
    if turn.values("plan") or turn.values("no_plan"):
        return question if question != "ask_difference" or not turn.intent.startswith("ask_") else turn.intent
    if turn.values("term") and (question == "ask_term" or not turn.values("condition")):
        return "ask_term"
    if turn.values("condition"):
        return _SUPPORTS.get(question) or (
            question if library.is_about(question, "condition") else "ask_condition_qualifies"
        )
    return question


def _only_plan_in(turn: Turn) -> str | None:
    """Return the one plan that this turn names ("is a 504 special ed"), whatever the talk knew before.

    "had a 504, now they offer an IEP" names two: a question about the two plans then needs the text for both.
    """
    named = turn.values("plan") or (["none"] if turn.values("no_plan") else [])
    return named[0] if len(named) == 1 else None


def _question(one: OneQuestion, turn: Turn, memory: Memory, both: bool, library: Library) -> Question:
    intent, plan = one.intent, memory.plan
    if memory.condition and one.confidence < SURELY_ASKED:  # "tell me the condition" was answered before
        intent = _SUPPORTS.get(intent, intent)
    if both:
        plan = None
    elif library.is_about(intent, "both_plans") and not turn.chosen:
        plan = _only_plan_in(turn)
    elif library.is_about(intent, "no_plan_yet") and not turn.values("plan"):
        plan = "none"
    held = memory.child.held if memory.child.only_wished(plan) else None
    if held and library.answers[intent].in_place:
        plan = held  # "they denied the iep. who do i email"
    term = (
        memory.term
        if turn.values("term") or _POINTS_BACK.search(turn.text) or is_follow_up(turn, memory)
        else None
    )
    about_use = term is not None and not turn.values("term") and bool(turn.values("plan"))
    point = one.point if one.point.startswith(f"{intent}/") else ""
    others = tuple(row for row in turn.points if row[0] != point)
    return Question(
        intent,
        plan,
        memory.condition,
        memory.state,
        term,
        about_use,
        point,
        one.confidence if point else 0.0,
        others,
        held,
        bool(_ASKS_ON.search(turn.text)) and not is_correction(turn),
    )
