"""The last step of a booking: a yes, a no, or a few words on what it is about."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker

from actions.book.offer import (
    says_yes,
)
from actions.book.time import taken_back
from actions.form_base import (
    LEAVES,
    asks_something,
    is_sure,
)
from actions.tongue import speaks_spanish
from assistant.booking import (
    read_contact,
)
from assistant.talk.form_words import corrected_step, is_question, tells_reason
from assistant.talk.turn import Turn

MOST_REASON = 300
"""Characters of what a call is about."""
_NO_REASONS = frozenset({"ask_repeat", "change_booking", "book_consultation"})
_NO = re.compile(
    r"^(?:no|nope|nah|not (?:that|this|yet|right)|wrong|don'?t|different|another|other)\b", re.IGNORECASE
)
_HEDGED = re.compile(
    r"\b(?:but|instead|except|unless|wait|later|earlier|different|another|change|only if)\b", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:about|sobre|acerca de|es por|es que|es para)\b.+", re.IGNORECASE | re.DOTALL)
_YES_AND_THANKS = re.compile(
    r"^(?:(?:oh|ok(?:ay)?|awesome|wonderful|amazing|thanks?(?: you)?(?: so much| very much| a lot)?|great|perfect)\b[,.! ]*)*"
    r"(?:yes|yep|yeah|yup|sure|si|sí|est[aá] bien|claro(?: que s[ií])?|de acuerdo|perfecto|por supuesto|dale|ok(?:ay)?|perfect|great|please|(?:it |that |all )?(?:sounds|looks|is) (?:good|right|great|correct|fine|perfect)|that works|works|correct|right|book it|go ahead|do it)\b"
    r"(?:[,.! ]+(?:and|yes|please|pls|book it|do it|go ahead|that works|works|for me|that'?s|is|it'?s|sounds|looks|all|right|correct|good|great|fine|perfect|wonderful|awesome|amazing"
    r"|ma'?am|sir|thank|thanks|thx|ty|tysm|you|u|so|very|much|a|lot|again|for|your|ur|help|this|everything|i|we|really|appreciate|it|gracias|muchas|por|favor|sí|si|perfecto|bien|está|esta|reservela|resérvela|bless|ur|best|the|are|see|talk|speak|to|soon|then|till|until|forward|look|looking|bye|later))*[.! ]*$",
    re.IGNORECASE,
)
"""A yes with nothing but thanks or a goodbye beside it."""
_TELLS_IN_SPANISH = re.compile(
    r"\b(?:int[eé]rprete|sobre|acerca de|porque|se trata de|es (?:por|para|que)|necesit\w+|mi (?:hij|ni[ñn]|niet|sobrin)\w*)\b",
    re.IGNORECASE,
)
_PUTS_DOWN = re.compile(
    r"\b(?:(?:can|could|would|will) (?:you|u) |please |pls |and |also )*(?:put(?: down| in)?|note|write(?: down)?|add|mention|tell (?:them|her|him|the advocate))(?: down| in)?"
    r"(?: that|:)? (?P<note>(?:it'?s|it is|this is|i|we|my|our|he|she|they|about|there)\b.+)",
    re.IGNORECASE,
)


async def confirmation_slots_of(turn: Turn, tracker: Tracker) -> dict[str, Any]:
    """Return the slots that an answer to "shall I book it?" fills; none where it is no answer to that."""
    if noted := _PUTS_DOWN.search(turn.text):
        agreed = bool(_YES_AND_THANKS.search(turn.text[: noted.start()].strip(" ,.!")))
        reason = noted["note"].rstrip(" ?.")
        return {"reason": reason[:MOST_REASON], "booking_confirmed": True} if agreed else _about(reason)
    if tells_reason(turn.text) or read_contact(turn.text, asked_name=False).others:
        return _about(turn.text)
    if _YES_AND_THANKS.search(turn.text) and not is_question(turn.text):
        return {"booking_confirmed": True}
    if speaks_spanish(tracker) and _TELLS_IN_SPANISH.search(turn.text) and not says_yes(turn):
        return _about(turn.text)
    if asks_something(turn) or (turn.intent in LEAVES and is_sure(turn)):
        return {}
    return await _yes_no_or_words(turn, tracker)


async def _yes_no_or_words(turn: Turn, tracker: Tracker) -> dict[str, Any]:
    """Take a yes with something beside it, a no, or words that nothing else explains: those are what the call is about."""
    yes = says_yes(turn)
    if yes and _HEDGED.search(turn.text):  # "yes but can you make it 30 minutes later"
        return await taken_back("opening", tracker) if corrected_step(turn.text) == "opening" else {}
    if turn.intent == "deny" or _NO.search(turn.text):
        return await taken_back("opening", tracker)
    if yes:
        about = _ABOUT.search(turn.text)
        return {"booking_confirmed": True} | ({"reason": about[0][:MOST_REASON]} if about else {})
    if len(turn.text.split()) > 1 and turn.intent not in _NO_REASONS:
        return _about(turn.text)
    return {}


def _about(reason: str) -> dict[str, Any]:
    """Keep what the call is about; the yes is asked for again."""
    return {"reason": reason[:MOST_REASON], "booking_confirmed": None, "asked_step": None}
