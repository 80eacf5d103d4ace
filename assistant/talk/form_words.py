"""The words that steer any form: back, skip, no thanks, a correction, a question about the call itself."""

from __future__ import annotations

import re

from assistant.talk.turn import Turn

_BACK = re.compile(
    r"^(?:please |can (?:i|we|you) )?(?:go |step |take me )?back(?: one| a step| up| please)*[.!? ]*$"
    r"|\b(?:go|take me) back\b(?!.*\b(?:start|beginning|menu|main)\b)|\b(?:previous|last) (?:step|question)\b|^undo\b",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"^(?:please |can (?:i|we) |let'?s |i(?:'d| would)? (?:want|like) to |i'?ll )?(?:skip|pass)(?: (?:it|this|that|the|my|one|on|question|step|part"
    r"|name|e-?mail|phone|time|for|now|please))*[.!? ]*$"
    r"|^next(?: question| step| one)?(?: please)?[.! ]*$|\brather not (?:say|tell|give|answer)\b|\bprefer not to\b|^do i have to(?: (?:answer|say|give|tell|fill|enter|type)\b.*)?[.!? ]*$",
    re.IGNORECASE,
)
_DECLINE = re.compile(
    r"^(?:no,? (?:thanks|thank you|thx)|(?:actually |sorry,? )?(?:no,? )?(?:not now|not right now|maybe later|i(?:'ve| have)? changed my mind))\b"
    r"|\b(?:don'?t|do not) (?:want|need) (?:a|the|any|this|to|my) (?:call|book|letter|write (?:it|this|that|a letter))\b|\bno call\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"^(?:ok |please |just )?(?:stop|cancel|quit|exit|abort|never ?mind|nvm|forget (?:it|about it|this))(?: (?:it|that|this|the|booking|please|everything|call|form))*[.! ]*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:no,? )?(?:none|neither|nothing)\b|\bnot (?:any of )?(?:these|those)\b|\b(?:any|other|more|different|some) (?:other |more |different )?(?:times?|options?|ones|slots?|openings?|days?)\b"
    r"|\b(?:something|anything) else\b|^(?:show (?:me )?)?more\b|^(?:no,? )?(?:otr[ao]s? (?:hora|d[ií]a|opci[oó]n)(?:e?s)?|ningun[ao]|m[aá]s horas)\b|^(?:no|nope|later|next ones?)[.! ]*$|\b(?:don'?t|doesn'?t|do not|none) works?\b",
    re.IGNORECASE,
)
_WRONG = r"(?:wrong|different|change|chang\w+|other|new|correct|fix|typo|mistyped|misspelled|mis-?spelt|incorrect|not right|isn'?t right|update|switch)"
_ADDRESS = r"(?:e-?mail|phone|number|address|cell)"
_CORRECTIONS = {
    "contact_address": re.compile(
        rf"\b{_WRONG}\b.*\b{_ADDRESS}\b|\b{_ADDRESS}\b.*\b{_WRONG}\b|\bnot my {_ADDRESS}\b", re.IGNORECASE
    ),
    "contact_name": re.compile(
        rf"\b{_WRONG}\b.*\bname\b|\bname\b.*\b{_WRONG}\b|\bnot my name\b", re.IGNORECASE
    ),
    "opening": re.compile(
        r"\b(?:wrong|different|change|another|other|new|earlier|later)\b.*\b(?:time|day|date|slot|times|days)\b|\b(?:time|day|date)\b.*\bwrong\b"
        r"|^(?:re-?schedule|change it|another one)\b|\b(?:minutes?|hours?|half an hour|bit|little) (?:later|earlier)\b",
        re.IGNORECASE,
    ),
}
_QUESTION = re.compile(
    r"\?|^(?:(?:wait|ok|okay|so|and|but|um|hey|hi|sorry|actually|quick question|one question)[,.: ]+)*(?:is|are|am|do|does|did|how|what|whats|what's|who|whos|who's|why"
    r"|when|where|which|can|could|will|would|should|must)\b",
    re.IGNORECASE,
)
_NOT_THE_CALL = re.compile(
    r"\b(?:school|schools|evaluat\w+|test\w*|teacher|district|plan|plans|504|iep|ieps|meeting|principal|child|kid|son|daughter|lawyer cost)\b",
    re.IGNORECASE,
)
_ABOUT_CALL = {
    "ask_cost": r"\b(?:free|costs?|pay|price|charge\w*|fees?|how much|catch)\b",
    "ask_privacy": r"\bwhy\b.*\b(?:need|want|ask\w*)\b.*\b(?:e-?mail|phone|number|name)\b|\b(?:private|confidential|spam|sell|share)\b|\bwhat do you do with\b|\bwhat\b.*\b(?:e-?mail|phone|number|name)\b.*\bfor\b",
    "ask_meeting_prep": r"\b(?:what|anything|something)\b.*\b(?:need|bring|prepare|have ready|get ready|send)\b|\b(?:need|have) to (?:bring|prepare|send)\b|^does (?:that|it) matter\b",
    "ask_timeline": r"\bhow (?:long|many minutes)\b|\bwhat (?:is|s|'s) the length\b",
    "ask_who_leads": r"\bwho\b.*\b(?:call\w*|talk\w*|speak\w*|phone|be|it|advocate|advocates|with|person)\b|\bwhom\b|\b(?:lawyer|attorney|real person|human)\b",
    "ask_services": r"\b(?:phone|video|zoom|in person|facetime|teams|google meet|voice)\b|\bhow (?:does|will) (?:it|this|the call) work\b",
}
_ABOUT = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _ABOUT_CALL.items()}
_MOST_WORDS = 16
_SHORT = 5
_TELLS = re.compile(
    r"^(?:(?:it'?s|it is|this is|that is|the call is|well|mostly|mainly)[, ]+)*(?:about|because|regarding)\b"
    r"|\b(?:my|our) (?:son|daughter|kid|child|boy|girl|grandson|granddaughter|school|district|teacher)\w*\b",
    re.IGNORECASE,
)
_WANTS_TO_KNOW = re.compile(
    r"\b(?:tell me|explain|i want to know|i need to know|don'?t (?:get|understand)|no idea|idk|wondering|question)\b",
    re.IGNORECASE,
)


def goes_back(text: str) -> bool:
    """Whether the step before is wanted again."""
    return bool(_BACK.search(text))


def skips(text: str) -> bool:
    """Whether the step shall be left out."""
    return bool(_SKIP.search(text))


def declines(text: str) -> bool:
    """Whether the parent no longer wants the call; "no" alone may answer the step instead."""
    return bool(_DECLINE.search(text))


def stops(text: str) -> bool:
    """Whether a few plain words end the form, whatever they were understood as."""
    return bool(_STOP.search(text))


def wants_more(turn: Turn) -> bool:
    """Whether none of the times shown will do; "what other options are there for my son" is a question."""
    short = len(turn.text.split()) <= _SHORT or not turn.intent.startswith("ask_")
    return short and bool(_MORE.search(turn.text))


def corrected_step(text: str) -> str | None:
    """Return the step of the booking whose value the parent takes back without giving a new one.

    >>> corrected_step("oh that's the wrong email")
    'contact_address'
    """
    return next((step for step, pattern in _CORRECTIONS.items() if pattern.search(text)), None)


def is_question(text: str) -> bool:
    """Whether a text is worded as a question."""
    return bool(_QUESTION.search(text.strip()))


def about_call(turn: Turn) -> list[str]:
    """Return which follow-ups of content/en/answers/ask_human/topic.yml answer a question about the call itself.

    While a call is being booked "is it free" means the call, whatever it means elsewhere.
    """
    text = turn.text
    if turn.chosen or not is_question(text) or len(text.split()) > _MOST_WORDS:
        return []
    if _NOT_THE_CALL.search(text) or any(e.kind in ("plan", "condition", "term") for e in turn.entities):
        return []
    kinds = [kind for kind, pattern in _ABOUT.items() if pattern.search(text)]
    return kinds[:2] if re.search(r"\band\b|\?.*\?", text) else kinds[:1]


def tells_reason(text: str) -> bool:
    """Whether a text tells what the call shall be about, and is no question of its own."""
    return bool(_TELLS.search(text)) and not is_question(text) and not _WANTS_TO_KNOW.search(text)
