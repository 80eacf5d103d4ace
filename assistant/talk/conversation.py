"""What is said to a turn outside booking: one function a kind of turn, named by data/rules.yml through the actions."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date

from assistant.knowledge.library import Library
from assistant.talk.acts import affirm, deny, feelings, human, inform, not_helpful, repeat, stop
from assistant.talk.danger import (
    Said,
    Says,
    with_lines_in_doubt,
)
from assistant.talk.heeding import heeding
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import answer, clarify, crisis, out_of_scope
from assistant.talk.reply import Reply
from assistant.talk.turn import Memory, Turn
from assistant.talk.whether import asks_whether


def not_twice(replies: list[Reply], said_last: str) -> list[Reply]:
    """Return the replies, the last one in other words where it would be the same prompt as `said_last`.

    The same answer may be wanted twice, and the words for danger stay as they were reviewed.
    """
    last = replies[-1]
    if last.answer is not None or last.outcome == "crisis" or last.text != said_last:
        return replies
    return [*replies[:-1], replace(last, text=PHRASES.hello_still)]


def _unless_it_asks_whether(says: Says) -> Says:
    """Return `says` with "is that true" kept from it: alone, those words look like a yes, a complaint or a stranger's."""

    @functools.wraps(says)
    def first_which(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
        return (clarify if asks_whether(turn) else says)(turn, memory, library, today)

    return first_which


TURNS: dict[str, Says] = {function.__name__: function for function in (answer, clarify, human, crisis)} | {
    function.__name__: _unless_it_asks_whether(function)
    for function in (out_of_scope, repeat, inform, feelings, deny, affirm, stop, not_helpful)
}
TURNS |= {
    name: with_lines_in_doubt(TURNS[name])
    for name in ("answer", "clarify", "out_of_scope", "inform", "feelings")
}
TURNS = {name: heeding(says) for name, says in TURNS.items()}
