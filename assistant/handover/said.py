"""What an advocate's line in a parent's thread is: words for the parent, a note for colleagues, or one of a few commands.

The commands are typed as they stand in the thread's head; everything else is for the parent, so nothing is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.channels.slack.text import shown_text

Kind = Literal["words", "private", "hand_back", "close", "transfer", "send", "nothing"]

_PRIVATE = re.compile(r"\s*(?://|note:)", re.IGNORECASE)
_HAND_BACK = re.compile(r"(?:plan )?hand ?back[.!]?", re.IGNORECASE)
_CLOSE = re.compile(r"close(?:\s*:\s*|\s+//\s*|\s*$)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_TRANSFER = re.compile(r"transfer(?: to)?:? +<@(?P<user>[UW][A-Z0-9]+)(?:\|[^<>]*)?>\s*", re.IGNORECASE)
_SEND = re.compile(r"(?:<@[UW][A-Z0-9]+(?:\|[^<>]*)?>\s*)?send:? +(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Said:
    """A line. `text` is for the parent, the note of a close, the person of a transfer, or the question to answer."""

    kind: Kind
    text: str = ""


def read(message: str) -> Said:
    """Return what a line is, as Slack sent it.

    >>> read("// she called last week").kind, read("close: sent the form").text, read("send how long may it take").kind
    ('private', 'sent the form', 'send')
    """
    if _PRIVATE.match(message):
        return Said("private")
    if found := _TRANSFER.fullmatch(message.strip()):
        return Said("transfer", found["user"])
    if found := _SEND.fullmatch(message.strip()):
        return Said("send", shown_text(found["rest"]))
    text = shown_text(message)
    if _HAND_BACK.fullmatch(text):
        return Said("hand_back")
    if found := _CLOSE.fullmatch(text):
        return Said("close", found["rest"].strip())
    return Said("words", text) if text else Said("nothing")


def files_of(event: Mapping[str, Any]) -> list[str]:
    """Return the names of the files that came with a line: none of them reaches the parent."""
    return [str(one.get("title") or one.get("name") or "a file") for one in event.get("files") or ()]
