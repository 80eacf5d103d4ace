"""Which turns the people who write the answers should see: no answer, a choice, the same again, "that's not what I asked".

The actions note it beside the reply, without a word of the parent's; a channel keeps it (assistant/unanswered).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.knowledge.library import Library
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.talk.turn import Memory, Turn

NO_ANSWER, CHOICE, REPEAT, NOT_IT, THUMB = "no_answer", "choice", "repeat", "not_it", "thumb_down"
"""Why a turn is noted; the last one is a press below an answer, which no turn of the talk brings."""
NEAREST = 3
_UNSURE = ("clarify", "out_of_scope")


def noted(
    kind: str, turn: Turn, replies: Sequence[Reply], after: Memory, library: Library
) -> dict[str, Any] | None:
    """Return what to keep of a turn, or None where it was answered, was danger, or was a button.

    Args:
        kind: The function of assistant.talk.conversation that answered.
        turn: What was heard.
        replies: What is said.
        after: What the talk knows afterwards.
        library: The answers; a row names topics and points of it alone.

    Returns:
        `why`, `near` (up to three points, else topics, the nearest first), `topic`, `point`, `plan`, `state`, `version`.
    """
    why = _why(kind, replies)
    if not why or (turn.chosen and why != NOT_IT) or any(reply.outcome == "crisis" for reply in replies):
        return None
    points = [name for name, _ in turn.points if name in library.points]
    topics = [name for name in turn.ranking if name in library.answers]
    told = next((reply.answer for reply in reversed(replies) if reply.answer), None)
    last = after.last if why in (NOT_IT, REPEAT) and told is None else None
    if (
        why == NOT_IT
    ):  # these words complain; what was asked came near to what was told, and to what came next
        points = [name for name in (last, *(after.near or ())) if name in library.points]
        topics = [name for name in (last or "").split("/")[:1] if name in library.answers]
    return {
        "why": why,
        "near": (points or topics)[:NEAREST],
        "topic": told.intent if told else (last or "").partition("/")[0] or (topics[0] if topics else ""),
        "point": (told.point if told else last if last in library.points else "") or "",
        "plan": after.plan or "",
        "state": after.state or "",
        "version": library.digest,
    }


def _why(kind: str, replies: Sequence[Reply]) -> str:
    last = replies[-1]
    if (
        last.text in (PHRASES.not_helpful, PHRASES.no_call_either)
        or replies[0].text == PHRASES.not_what_asked
    ):
        return NOT_IT
    if (
        kind == "repeat"
        or last.body == PHRASES.all_told
        or last.body.startswith(PHRASES.told_again.partition("{")[0])
    ):
        return REPEAT
    if last.outcome in _UNSURE or last.text == PHRASES.not_said_now:
        return NO_ANSWER
    if last.answer and not last.answer.point and PHRASES.which_point in last.ask:
        return CHOICE
    return ""
