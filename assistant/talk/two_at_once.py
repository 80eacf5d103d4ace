"""Two answers to one message: what is said first of both is seen first, whatever else belongs to the first one comes behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.knowledge.library import Library
from assistant.talk.answering import assembled, joined, point_button, words_to_send
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.talk.telling import Told


def details_last(replies: Sequence[Reply]) -> list[Reply]:
    """Return the replies, the words to send and the steps of all but the last moved behind the last one's own.

    A phone shows some 70 words: the second answer has to be among them.
    """
    *firsts, last = replies
    if not firsts or not all(reply.heading and reply.body for reply in replies):
        return list(replies)
    moved = [detail for reply in firsts if (detail := _details(reply))]
    if not moved:
        return list(replies)
    firsts = [assembled(replace(reply, script="", more="", more_title="")) for reply in firsts]
    more = joined(last.more, *moved)
    return [*firsts, assembled(replace(last, more=more, more_title=PHRASES.more_of_both))]


def _details(reply: Reply) -> str:
    """Return what stands behind an answer, under its heading; empty where there is nothing."""
    behind = joined(words_to_send(reply), reply.more)
    return joined(f"**{reply.heading}**", behind) if behind else ""


def either_of(told: Sequence[Told], library: Library) -> list[Reply]:
    """Return two answers in short, of which one is meant, with the whole of each a button away."""
    replies = [one.reply for one in told]
    buttons = [point_button(library.points[one.point]) for one in told if one.point]
    return [*replies[:-1], assembled(replace(replies[-1], ask=PHRASES.which_of_two, buttons=buttons))]
