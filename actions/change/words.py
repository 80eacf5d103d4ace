"""What words about a call that is booked ask for: to move it, to cancel it, to leave it as it is."""

from __future__ import annotations

import re

from assistant.booking.times.spanish_times import without_spanish_times
from assistant.talk.spanish_acts import act_in_spanish

MOVE, CANCEL, KEEP = "move", "cancel", "keep"
_MOVE = re.compile(
    r"\b(?:move|resched\w*|change|switch|push|shift|another|different|other|later|earlier|move it|new time|postpone|make it|can'?t make|wrong time)\b",
    re.IGNORECASE,
)
CANCELS = re.compile(
    r"\b(?:cancel\w*|delete|drop|call off|called off|don'?t need|do not need|won'?t need|no longer need|take me off|get rid of|remove)\b",
    re.IGNORECASE,
)
KEEPS = re.compile(
    r"\b(?:keep|leave it|stay\w*|as it is|no change|never ?mind|nvm|nothing|forget it)\b|^(?:no|nope|nah|stop)\b",
    re.IGNORECASE,
)
WANTS_CODE = re.compile(
    r"\b(?:again|another|new|resend|re-send|didn'?t (?:get|come|receive)|did not (?:get|come|receive)|never (?:got|came)|no (?:code|email)|not (?:there|arrived))\b",
    re.IGNORECASE,
)
HAS_NO_EMAIL = re.compile(
    r"\bphone\b|\b(?:no|don'?t have|do not have|without) (?:an? |any )?e-?mail\b", re.IGNORECASE
)
_SPANISH = frozenset({"cancel_call", "move_call", "when_is_it", "another_time"})
"""Acts told in Spanish that are about a call which is booked."""
_CALL = re.compile(
    r"\b(?:calls?|appointment|appt|booking|booked|consult\w*|slot|time|day|date|resched\w*|cancel\w*|confirm\w*|invit\w*)\b",
    re.IGNORECASE,
)
_OF_SCHOOL = re.compile(
    r"\b(?:school|teacher|principal|district|team|iep|504|evaluation|testing|meeting|therap\w+|bus|class|recess|services?)\b",
    re.IGNORECASE,
)
_WITH_US = re.compile(
    r"\b(?:calls?|appointment|appt|consult\w*|booking|booked|with (?:you|the advocate))\b", re.IGNORECASE
)


def _in_english(text: str) -> str:
    """Return words about a call with a change told in Spanish as its English words ("cambia la llamada para el martes")."""
    found = act_in_spanish(without_spanish_times(text))
    return found[1].english if found and found[0] in _SPANISH else text


def changes_in_spanish(text: str) -> bool:
    """Whether words in Spanish are about a call with us that is booked: to move it, to cancel it, when it is."""
    found = act_in_spanish(without_spanish_times(text))
    return found is not None and found[0] in _SPANISH - {"another_time"}


def of_ours(text: str) -> bool:
    """Whether words about moving or canceling name a call with us, where none is booked in this talk; not "cancel the meeting with the school"."""
    text = _in_english(text)
    return bool(_CALL.search(text)) and not (_OF_SCHOOL.search(text) and not _WITH_US.search(text))


def wished_change(text: str) -> str | None:
    """Return what the words ask for a call that is booked: "move", "cancel" or nothing certain.

    >>> wished_change("cant make our call at 3, can we do thursday instead")
    'move'
    """
    text = _in_english(text)
    if CANCELS.search(text):
        return None if re.search(r"\b(?:how|if|can i still|without)\b", text, re.IGNORECASE) else CANCEL
    return MOVE if _MOVE.search(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")) else None
