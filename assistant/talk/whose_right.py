"""What is said, once a talk, to who writes and is no parent: where to read what they may decide, or whom "your child" means."""

from __future__ import annotations

from dataclasses import replace

from assistant.knowledge.library import Library
from assistant.talk.answering import assembled, live, point_button
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.telling import Told
from assistant.talk.turn import Memory
from assistant.talk.understanding import Question

_WITHOUT_A_RIGHT = ("student", "teacher")
"""Who is told whom "your child" means, below any answer; the others only where a parent's right is told."""
_SAID = "#writer"


def for_the_writer(
    told: Told, question: Question, memory: Memory, library: Library
) -> tuple[str, list[Button], Memory]:
    """Return the sentence, the button, and the memory with both noted; nothing for a parent, or where it was said."""
    writer = memory.child.writer
    if writer is None or memory.was_told(_SAID):
        return "", [], memory
    own = [
        point
        for point in live(library, sorted(library.points))
        if writer in point.writers and point.meant_for(memory.child.ages, writer)
    ]
    noted = memory.with_(told=[_SAID, *(memory.told or ())])
    if any(told.point == point.name for point in own):
        return "", [], noted  # just that was answered
    if writer in _WITHOUT_A_RIGHT:
        return PHRASES.writer[writer], [], noted
    nearest = sorted(own, key=lambda point: point.topic != question.intent)
    if not nearest or not library.answers[question.intent].parents_right:
        return "", [], memory
    return PHRASES.writer[writer], [point_button(nearest[0])], noted


def with_note(
    told: Told, reply: Reply, question: Question, memory: Memory, library: Library
) -> tuple[Reply, Memory]:
    """Return the reply with that sentence before what it asks, and that button first."""
    note, own, memory = for_the_writer(told, question, memory, library)
    if not note:
        return reply, memory
    reply = replace(reply, ask=f"{note} {reply.ask}".strip(), buttons=[*own, *reply.buttons])
    return (assembled(reply) if reply.body else reply), memory
