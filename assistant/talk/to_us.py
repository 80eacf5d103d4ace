"""What is plainly said to the assistant about this talk: no call, "stop asking me that", "that's not what I asked".

Rules, not a choice of the model: they count only where a whole sentence holds no word that names anything else, so that "I don't want a call from the
teacher" and "stop asking him that" are never meant. Each takes something back that the assistant does by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.nlu.question_splitter import parts
from assistant.talk.turn import Turn

_SMALL = frozenset(
    """a about actually again already all an and another any anything anymore as at be but can do done dont even ever for from get give going got hey i id im
    is isnt it its just keep like me more need never no nope not now of offer offering offers ok okay on one ones only other please quit really right so
    sorry stop stopped still such thank thanks that thats the them there these thing things this those to told try trying u us wait want wanted was wasnt
    wont would wouldnt yet you your youre""".split()
)
_NO_CALL = re.compile(
    r"\b(?:no|don'?t|do not|not|never|stop|quit|without)\b.*\b(?:calls?|phone ?calls?|calling|advocates?|consultations?|book(?:ing)?)\b",
    re.IGNORECASE,
)
_CALL_WORDS = _SMALL | frozenset(
    "call calls phone phonecall calling advocate advocates consultation consultations book booking free talk with anyone person suggest suggesting pushing".split()
)
_STOP_ASKING = re.compile(
    r"\b(?:stop|quit|don'?t|do not|no need to|why do you) (?:keep )?ask(?:ing)?\b", re.IGNORECASE
)
_ASKING_WORDS = _SMALL | frozenset(
    "ask asking asked my our which what plan state kind type question questions same said why do where live have has in every time times know which".split()
)
_NOT_ASKED = re.compile(
    r"\b(?:not|never|(?:did|does|is|was)n'?t)\b.*\b(?:asked|asking|ask|my question|it|answer(?:ed|ing)?|meant?)\b|\bnot that(?: one)?(?: either)?\W*$|\balready (?:said|told|answered)\b",
    re.IGNORECASE,
)
_ASKED_WORDS = _SMALL | frozenset(
    "answer answered answering either ask asked asking did didnt does doesnt either mean meant mine my question said say saying same what which were".split()
)
_WORD = re.compile(r"[a-z']+|\d+")


def wants_no_call(turn: Turn) -> bool:
    """Whether a sentence says that no call is wanted: "i dont want a call", "stop offering me a call"."""
    return _says(turn, _NO_CALL, _CALL_WORDS)


def stops_asking(turn: Turn) -> bool:
    """Whether a sentence wants no more to be asked: "stop asking me which plan it is"."""
    return _says(turn, _STOP_ASKING, _ASKING_WORDS)


def not_asked(turn: Turn) -> bool:
    """Whether the message says that the answer was no answer: "that's not what i asked", "you already said that"."""
    sentences = [] if turn.chosen else parts(turn.text)
    return any(_NOT_ASKED.search(one) for one in sentences) and not _named(turn.text, _ASKED_WORDS)


def is_all(turn: Turn) -> bool:
    """Whether a message says nothing beyond what it says to us about the call or the asking."""
    wordings = ((_NO_CALL, _CALL_WORDS), (_STOP_ASKING, _ASKING_WORDS))
    return all(
        any(_plainly(part, *wording) for wording in wordings) or not _named(part, _SMALL)
        for part in _clauses(turn.text)
    )


def _says(turn: Turn, pattern: re.Pattern[str], words: Collection[str]) -> bool:
    return not turn.chosen and any(_plainly(part, pattern, words) for part in _clauses(turn.text))


def _clauses(text: str) -> list[str]:
    return [clause for part in parts(text) for clause in re.split(r",\s*|\s+but\s+", part) if clause.strip()]


def _plainly(sentence: str, pattern: re.Pattern[str], words: Collection[str]) -> bool:
    return bool(pattern.search(sentence)) and not _named(sentence, words)


def _named(sentence: str, words: Collection[str]) -> list[str]:
    """Return the words of a sentence that are none of these: they name something beside this talk."""
    return [word for word in _WORD.findall(sentence.lower()) if word.replace("'", "") not in words]
