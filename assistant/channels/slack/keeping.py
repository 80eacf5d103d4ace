"""Asks somebody in Slack, in private, whether a question without its answer may be kept; a channel's or thread's readers are never asked.

Until they agree the words wait in the button itself, so in Slack, where they stand anyway; nothing is stored here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.privacy.mask import masked
from assistant.talk.reply import Button, Reply
from assistant.unanswered.consent import NO, YES

MOST_WRITTEN = 700
"""Characters of the words as they are written in a button's value; Slack takes 2,000 of the whole, signed and encoded."""


@dataclass(frozen=True)
class Said:
    """A press: whether the words may be kept, which message they stood in, and the words, masked."""

    agreed: bool
    message: str
    text: str


def with_words(asked: Sequence[Reply], message: str, text: str) -> list[Reply]:
    """Return the question with the words in its buttons."""
    words = masked(text)
    while len(json.dumps(json.dumps(words))) > MOST_WRITTEN:
        words = words[:-20]
    about = json.dumps({"message": message, "text": words})
    return [
        replace(reply, buttons=[Button(one.title, f"{one.payload} {about}") for one in reply.buttons])
        for reply in asked
    ]


def read(payload: str) -> Said | None:
    """Return what a press says; None where it is about something else."""
    answer, _, about = payload.partition(" ")
    if answer not in (YES, NO):
        return None
    try:
        told = json.loads(about)
        return Said(answer == YES, str(told["message"]), str(told["text"]))
    except (ValueError, KeyError, TypeError):  # typed, not pressed
        return None
