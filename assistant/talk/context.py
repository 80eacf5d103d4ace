"""What a few words mean within the talk: "who do I call about that", "what if it goes over 10"."""

from __future__ import annotations

import re

from assistant.knowledge.library import Library
from assistant.talk.form_words import is_question
from assistant.talk.turn import Memory, Turn

TOPIC_WEIGHT, NEXT_WEIGHT = 4.0, 2.0
"""How much likelier a short question is about the talk's topic, or one of the questions that follow from it."""
LEAST_IN_CONTEXT = 0.3
LEAST_BESIDE = 0.5
"""From this share on, words that were taken for a mere detail ("what about the SAT") are a question of their own."""
SURE = 0.8
GUESSED = 0.42
"""Below this confidence a question that points back is answered from the talk's topic."""
LEANING_WORDS = 9
BARE_WORDS = 6
"""Up to so many words, a question that names nothing of its own leans on the talk, even without a pronoun."""
NOT_UNDERSTOOD = frozenset({"nlu_fallback", "out_of_scope"})
WITHOUT_STEPS = frozenset(
    {"ask_term", "ask_difference", "ask_explain_plan", "ask_both_plans", "ask_law", "ask_capabilities", "ask_human"}
    | {"ask_bot_identity", "ask_privacy", "ask_learn_more"}
)  # fmt: skip
"""Topics that tell nothing to do next: "what now" is a question of its own there."""

_CONTINUES = r"(?:and|so|but|ok|okay|also|or|then|what if|what about|how about)"
_LEANS = re.compile(rf"^{_CONTINUES}\b|\b(?:it|its|that|this|they|them|he|she|him|her|those|there|even|one)\b", re.IGNORECASE)  # fmt: skip
_MERE_OK = re.compile(r"^(?:ok|okay)\b(?!.*\b(?:it|its|that|this|they|them|those|one)\b)", re.IGNORECASE)
"""How a sigh begins that asks nothing: "ok breathing now"."""
_CONTINUED = re.compile(rf"^{_CONTINUES}\b", re.IGNORECASE)
_TO_THE_BOT = re.compile(
    r"\b(?:you|u|ur|your|yours|yourself|bot|chat|app|robot|assistant|work|private|confidential|anonymous|data|delete\w*|erase\w*"
    r"|stored?|saved?|type\w*|typing|wrote|message\w*)\b",
    re.IGNORECASE,
)
_OF_THE_BOT = frozenset({"ask_capabilities", "ask_privacy"})
_KEYS = (
    (re.compile(r"\b(?:how (?:long|fast|soon|many days)|by when|when|deadline)\b", re.IGNORECASE), "ask_timeline"),
    (re.compile(r"\b(?:how much|costs?|pays?|free|charge)\b", re.IGNORECASE), "ask_cost"),
    (re.compile(r"\bto whom?\b|\bwhom?(?: do| can| should|m)? (?:i|we) (?:even )?(?:call|ask|email|write|tell|talk|contact)\b", re.IGNORECASE), "ask_who_to_contact"),
)  # fmt: skip
KEY_WEIGHT = 3.0
"""How much likelier a few words make the question that they are the plain key to ("and how long till he gets one")."""
_BEFORE = r"^(?:(?:ok|okay|so|and|but|well|oh|wait|alright)[, ]+)*"
_WHAT_NOW = re.compile(
    _BEFORE
    + r"(?:what (?:do|should|can|would|could) (?:i|we) (?:even |really )?do(?: now| then| next| about (?:it|that|this))?"
    r"|what now|now what|what(?:'?s| is) next|what (?:should|does|must|will) (?:the school|they) (?:have to |need to )?do|how (?:do|can|should) (?:i|we) (?:ask for|get|request) (?:one|it|that|this))[\s?!.]*$",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    _BEFORE
    + r"(?:(?:can|could|may|should) (?:they|he|she|(?:the |my |our )?(?:school|teacher|principal|district)) (?:really |just |even |legally |actually )*do (?:that|this|it)"
    r"|(?:is|are|isn'?t|aren'?t|wasn'?t|was) (?:that|this|it|they|he|she|the school) (?:even |really |actually |legally |at all )*(?:legal|illegal|lawful|allowed|ok|okay|fair|right|true|normal)(?: (?:to do|doing) (?:that|this|it))?)[\s?!.]*$",
    re.IGNORECASE,
)
"""The whole message asks whether what was just told is allowed or true, and names nothing of it."""


def in_topic(turn: Turn, memory: Memory, library: Library) -> str | None:
    """Return what a few words ask that lean on the talk ("and its free?"), weighed by its topic; None if they don't."""
    topic = library.answers.get(memory.question or "")
    if topic is None or asks_whether(turn) or not _leans_on_talk(turn):
        return None
    if _WHAT_NOW.search(turn.text) and topic.intent not in WITHOUT_STEPS:
        return topic.intent
    near = {topic.intent: TOPIC_WEIGHT} | dict.fromkeys(topic.next, NEXT_WEIGHT)
    near |= dict.fromkeys(topic.follow_ups, TOPIC_WEIGHT)
    shares = _shares(turn, library)
    weighed = {intent: share * near.get(intent, 1.0) for intent, share in shares.items()}
    best = max(weighed, key=lambda intent: weighed[intent], default="")
    if best in near and weighed[best] >= LEAST_IN_CONTEXT:
        return best
    taken_wrong = turn.intent == "inform" or _hardly_about_the_bot(turn)
    beside = taken_wrong and best in library.answers and shares[best] >= LEAST_BESIDE
    return best if beside else None


def asks_whether(turn: Turn) -> bool:
    """Whether a turn only asks "can they do that", "is that legal", "is that true".

    It is about the one thing just told of. A topic's text answers some other thing, and its first words would be read as
    the verdict on this one, so the parent is asked which thing is meant.
    """
    return not turn.chosen and bool(_WHETHER.search(turn.text))


def topic_itself(turn: Turn, memory: Memory, library: Library) -> str | None:
    """Return the talk's topic where a few words point back to it and nothing else was understood.

    Twice in a row this would be a circle: the second time the parent is asked.
    """
    topic = memory.question if memory.question in library.answers else None
    if (
        topic is None
        or asks_whether(turn)
        or topic in WITHOUT_STEPS
        or memory.failures
        or memory.after_crisis
        or not _points_back(turn)
    ):
        return None
    first = turn.confidences[0]
    lost = (
        turn.intent in ("nlu_fallback", "change_booking", "inform")
        or (turn.intent == "out_of_scope" and first < LEAST_BESIDE)
        or _hardly_about_the_bot(turn)
        or (turn.intent.startswith("ask_") and first < GUESSED)
    )
    return topic if lost else None


def _shares(turn: Turn, library: Library) -> dict[str, float]:
    """Return how the confidence is spread over the questions that the words may ask, and "not ours"."""
    rows = {
        intent: confidence
        for intent, confidence in zip(turn.ranking, turn.confidences, strict=False)
        if (intent in library.answers and (intent not in _OF_THE_BOT or _TO_THE_BOT.search(turn.text)))
        or intent == "out_of_scope"
    }
    for words, intent in _KEYS:
        if intent in rows and words.search(turn.text):
            rows[intent] *= KEY_WEIGHT
    whole = sum(rows.values())
    return {intent: confidence / whole for intent, confidence in rows.items()} if whole else {}


def _hardly_about_the_bot(turn: Turn) -> bool:
    """Whether "how do i do that", or "can i take it back later", was taken for a question about the assistant."""
    if _TO_THE_BOT.search(turn.text):
        return False
    unsure = bool(turn.confidences) and turn.confidences[0] < SURE
    return turn.intent == "ask_capabilities" or (turn.intent == "ask_privacy" and unsure)


def _points_back(turn: Turn) -> bool:
    short = not turn.chosen and len(turn.text.split()) <= LEANING_WORDS and bool(turn.confidences)
    if turn.intent == "inform" and (turn.entities or not _asks_on(turn)):
        return False
    if turn.intent in NOT_UNDERSTOOD and _MERE_OK.search(turn.text) and not is_question(turn.text):
        return False
    return short and bool(_LEANS.search(turn.text))


def _asks_on(turn: Turn) -> bool:
    return bool(_CONTINUED.search(turn.text)) or is_question(turn.text)


def _leans_on_talk(turn: Turn) -> bool:
    """Whether a turn is too short to stand alone, and not surely understood."""
    if turn.chosen or len(turn.text.split()) > LEANING_WORDS or not turn.confidences:
        return False
    if turn.intent == "inform":
        return not turn.entities and _asks_on(turn)
    unsure = (
        turn.intent in NOT_UNDERSTOOD
        or turn.intent == "change_booking"
        or _hardly_about_the_bot(turn)
        or (turn.intent.startswith("ask_") and turn.confidences[0] < SURE)
    )
    bare = len(turn.text.split()) <= BARE_WORDS and not any(
        turn.values(kind) for kind in ("plan", "no_plan", "condition", "state", "term")
    )
    return unsure and (bare or bool(_LEANS.search(turn.text)))
