"""Reads what a parent says to a letter: the value of a blank, or a change of the letter.

Which kind of change is meant is learnt (`change_letter/add`); the patterns here only cut the value out of the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.booking import name_from
from assistant.knowledge.letters import Blank
from assistant.talk.days import read_day
from assistant.talk.form_words import is_question
from assistant.talk.letters import as_sentence
from assistant.talk.turn import Turn

SURELY = 0.5
SURELY_ASIDE = 0.8
"""From this confidence on, words that answer a question of the letter may be small talk or another wish."""
FEW_WORDS, MOST_OF_A_QUESTION = 8, 12
_SMALL_TALK = frozenset(
    {"thank", "share_feelings", "feedback_positive", "feedback_negative", "greet", "delete_talk", "goodbye"}
)
_WISHES = frozenset({"write_letter", "count_days", "book_consultation", "change_booking", "ask_human"})
_NONE = re.compile(
    r"^(?:no|none|none of (?:it|them|that|this|those)|nothing|nope|nah|(?:(?:no|nope|well)[,. ]+)?not (?:yet|really|sure|decided(?: yet)?|that i (?:know|saw|remember|can see)(?: of)?)"
    r"|no ?(?:one|body)(?: (?:saw|knows|noticed)(?: (?:it|that|this))?)?|n/?a|idk|unknown|unsure"
    r"|(?:(?:no|sorry)[,. ]+)?(?:i )?(?:do not|don'?t|can'?t|cannot) (?:know|remember|recall|think so)(?: (?:it|that|yet|exactly|when|the (?:day|date)|which day))*)[.! ]*$",
    re.IGNORECASE,
)
"""A bare no to "was there …": the blank stays empty, for "marks that I saw: I don't think so" would speak against the parent."""
_GRADE = re.compile(
    r"\b(?:(?:in |is in )?(?:the )?(?P<number>\d{1,2})(?:st|nd|rd|th)?[- ]?(?:grade(?:r)?)|grade (?P<after>\d{1,2})"
    r"|(?P<word>pre-?k|kindergarten|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)(?:[- ]grade(?:r)?)?)\b",
    re.IGNORECASE,
)
_NUMBERS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_BARE_GRADE = re.compile(r"[, ]+(?P<number>\d{1,2})(?:st|nd|rd|th)?[.! ]*$")
_LEADS_NAME = re.compile(
    r"^\W*(?:(?:it'?s|this is|for|his|her|their|my|our|the|child'?s|kid'?s|son'?s|daughter'?s|school'?s|name|school|child|son|daughter|boy|girl"
    r"|kid|is|was|goes to|called|named|change|make|put|should be|to|and|just|please|actually|he'?s|she'?s|he|she)\s+)+",
    re.IGNORECASE,
)
_LEADS_ADDED = re.compile(
    r"^\W*(?:(?:please|pls|can|could|would|you|also|oh|and|ok|okay|i'?d like you to|i want you to|i want to|let'?s|maybe|one more thing)[, ]+)*"
    r"(?:(?:add|mention|include|say|write|put|tell them|note|state)\b(?: in| to the letter| to it| into the letter)?)[,: ]*(?:(?:a (?:line|sentence|part|bit)|something|the fact|also)\b[, ]*)?"
    r"(?:(?:about|on|that|saying|which says|how)\b[,: ]*)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:add|mention|include|put|write|say)\b.*\b(?:about|on)\b", re.IGNORECASE)
_TRAILING = re.compile(
    r"[,. ]+(?:(?:to|in|into) (?:the|it|this|that)(?: letter| email| e-mail)?|too|also|as well|please)[.! ]*$",
    re.IGNORECASE,
)
_FINISHED = re.compile(
    r"^\W*(?:(?:no|nope|ok|okay|great|perfect|good|yes)[,. ]+)*(?:done|finished|all set|that'?s (?:it|all|fine|good|great)|no changes?|nothing(?: else)?"
    r"|(?:it'?s|its|it is|looks?|sounds?) (?:fine|good|great|perfect|ok|okay)(?: so| now| like that)?|leave it|send it|ready)[.! ]*$",
    re.IGNORECASE,
)
"""Words that end a letter that is shown. A rule, for they answer "would you like a change?" and mean much else elsewhere."""


_ASKS_US = re.compile(
    r"^(?:(?:and|so|but|ok|okay|wait|also|then|um)[,. ]+)*(?:(?:who|whom|how|what|where|when)(?:'?s| do| does| is| are| can| should| will| would| happens| if| long| many| much)\b"
    r"|(?:can|could|should|do|does|must|may|will|is|are) (?:i|we|you|they|it|this|that|there|the school)\b)",
    re.IGNORECASE,
)
"""How a question to us begins; what a parent tells begins with "when he reads" or "what he does" as well."""


def asks_us(turn: Turn) -> bool:
    """Whether a turn is worded as a question to us, whatever it was taken for: "who do i send it to" is nothing to write in the letter."""
    return (
        not turn.chosen and bool(_ASKS_US.search(turn.text)) and len(turn.text.split()) <= MOST_OF_A_QUESTION
    )


def is_aside(turn: Turn) -> bool:
    """Whether a turn is no part of the letter: a question, small talk, another wish. What a parent tells may hold question words."""
    text, sure = turn.text, turn.confidences[0] if turn.confidences else 1.0
    words = len(text.split())
    if turn.chosen or asks_us(turn):
        return True
    if turn.intent == "ask_repeat":
        return words <= FEW_WORDS and sure >= SURELY
    if turn.intent.startswith("ask_") or turn.intent in ("out_of_scope", "count_days"):
        short = is_question(text) and words <= MOST_OF_A_QUESTION and sure >= SURELY
        return "?" in text or short
    if turn.intent in _WISHES:
        return sure >= SURELY_ASIDE and words <= MOST_OF_A_QUESTION
    return turn.intent in _SMALL_TALK and sure >= SURELY_ASIDE and words <= FEW_WORDS


def says_none(text: str) -> bool:
    """Whether a parent has nothing for a blank."""
    return bool(_NONE.match(text.strip()))


def is_finished(turn: Turn) -> bool:
    """Whether a letter that is shown is left as it is."""
    few = len(turn.text.split()) <= FEW_WORDS and "?" not in turn.text
    agrees = turn.intent in ("affirm", "deny", "thank", "feedback_positive", "goodbye") and few
    return bool(_FINISHED.match(turn.text)) or agrees


def values_in(name: str, blank: Blank, text: str, today: date) -> Mapping[str, str]:
    """Return what a parent's words fill: of a blank of a letter, by name; empty where they hold nothing for it.

    Args:
        name: The blank.
        blank: Its kind decides how the words are read.
        text: What was typed.
        today: What "the 4th" is told from.
    """
    if not re.search(r"\w", text):
        return {}
    if blank.kind == "child":
        return child_in(text)
    if blank.kind in ("past_day", "coming_day"):
        day = read_day(text, today, past=blank.kind == "past_day")
        return {name: day.isoformat() if day else " ".join(text.split()).strip(" .")}
    return {name: as_sentence(text)}


def child_in(text: str) -> Mapping[str, str]:
    """Return the child's name and grade that a text gives.

    >>> child_in("her name is mia, she's in 4th grade")
    {'child': 'Mia', 'grade': '4'}
    """
    found: dict[str, str] = {}
    rest = text
    if match := _GRADE.search(text) or _BARE_GRADE.search(text):
        rest = text[: match.start()] + " " + text[match.end() :]
        found["grade"] = _grade(match.groupdict())
    words = _LEADS_NAME.sub("", re.split(r"[,.;]|\band\b", rest.strip(" ,.;"))[0])
    if name := name_from(words):
        found = {"child": name, **found}
    return found


def _grade(groups: Mapping[str, str | None]) -> str:
    if number := groups.get("number") or groups.get("after"):
        return number
    word = (groups.get("word") or "").lower()
    return str(_NUMBERS.index(word) + 1) if word in _NUMBERS else word


def added_in(text: str) -> str:
    """Return the sentence that a parent wants added; empty where only the wish was said.

    >>> added_in("add that she has asthma")
    'She has asthma.'
    """
    lead = _LEADS_ADDED.match(text)
    rest = text[lead.end() :] if lead else text
    rest = _TRAILING.sub("", rest).strip(" .:,\"'")
    whole = lead and re.search(r"\b(?:that|say|fact)\b|:", lead[0])
    if len(rest.split()) < (2 if whole else 4) or (_ABOUT.search(text) and not whole):
        return ""  # "mention the bus": which words, only the parent knows
    return as_sentence(rest)


def name_in(text: str) -> str:
    """Return the name, of a person or a school, that a change gives; empty where none is plain.

    >>> name_in("my name is dana lee")
    'Dana Lee'
    """
    rest = _LEADS_NAME.sub("", text.strip())
    rest = re.split(r"[,;]| not ", rest)[0].strip(" .!\"'")
    if not rest or len(rest.split()) > 5:
        return ""
    return " ".join(word if word != word.lower() else word.capitalize() for word in rest.split())
