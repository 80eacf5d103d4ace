"""Heeds what is plainly said to us in any turn: no call is offered again, nothing asked again, and a wrong answer makes way for the next."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date

from assistant.knowledge.library import Library
from assistant.talk.acts import inform, not_helpful
from assistant.talk.danger import Said, Says
from assistant.talk.meant import as_question
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import clarify
from assistant.talk.reply import Reply
from assistant.talk.to_us import is_all, not_asked, stops_asking, wants_no_call
from assistant.talk.turn import Memory, Turn

BOOK = "/book_consultation"
_NO_QUESTION = ("stop", "deny", "not_helpful", "human", "repeat")
"""Kinds of turn that such words are taken for as a whole, although they say something more."""


def heeding(says: Says) -> Says:
    """Return `says` for a talk in which what is said to us counts before anything else the words may be taken for."""

    @functools.wraps(says)
    def heeded(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
        if turn.chosen or turn.intent == "crisis" or memory.after_crisis:
            return _without_offers(says(turn, memory, library, today), says.__name__)
        if not_asked(turn) and memory.last and says.__name__ != "not_helpful":
            return _without_offers(not_helpful(turn, memory, library, today), "not_helpful")
        no_call, no_asking = wants_no_call(turn), stops_asking(turn)
        if no_call:
            memory = memory.with_(call_declined=True, pending=None)
        if no_asking:
            memory = memory.with_(plan_asked=True, state_asked=True, pending=None)
        if (no_call or no_asking) and is_all(turn):
            text = PHRASES.call_declined if no_call else PHRASES.not_asked_again
            return [Reply(text, "asked")], memory.with_(failures=0)
        if (no_call or no_asking) and says.__name__ in _NO_QUESTION:
            details = turn.names_plan or turn.values("state") or turn.values("condition")
            rest = inform if details else clarify
            return _without_offers(rest(as_question(turn, library), memory, library, today), rest.__name__)
        return _without_offers(says(turn, memory, library, today), says.__name__)

    return heeded


def _without_offers(said: Said, kind: str) -> Said:
    """Return what is said without the call among the buttons, where the parent wants none; who asks for a person gets one."""
    replies, after = said
    if not after.call_declined or kind == "human":
        return said
    kept = [
        replace(reply, buttons=[button for button in reply.buttons if button.payload != BOOK])
        for reply in replies
    ]
    return kept, after.with_(pending=None if after.pending == "call" else after.pending)
