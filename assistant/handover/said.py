"""What an advocate's line in a parent's thread is: words for the parent, a note for colleagues, or one of a few commands.

The commands are typed as they stand in the thread's head; everything else is for the parent, so nothing is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.channels.slack.text import shown_text
from assistant.typed_text import cleaned, plain

Kind = Literal[
    "words",
    "private",
    "colleague",
    "hand_back",
    "close",
    "transfer",
    "no_person",
    "send",
    "no_question",
    "nothing",
]

_PERSON = r"<@(?P<user>[UW][A-Z0-9]+)(?:\|[^<>]*)?>"
_NAMED = rf"(?:{_PERSON.replace('?P<user>', '')}\s*)"
_DRESS = r"[ *_~`'>•-]*"
"""What Slack's own buttons put before a line: bold, a quotation, a list."""
_PRIVATE = re.compile(rf"{_DRESS}(?://|note{_DRESS}:)", re.IGNORECASE)
_PRIVATE_LINE = re.compile(rf"^{_DRESS}//.*(?:\n|$)", re.MULTILINE)
_HAND_BACK = re.compile(r"(?:plan )?hand[ -]*back[.!]?", re.IGNORECASE)
_CLOSE = re.compile(r"close(?:\s*:\s*|\s+//\s*|\s*$)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_TRANSFER = re.compile(rf"{_NAMED}?transfer(?: to)?:? *{_PERSON}", re.IGNORECASE)
_TO_NOBODY = re.compile(rf"{_NAMED}?transfer(?: to)?:? *(?:@.{{0,40}})?", re.IGNORECASE)
_SEND = re.compile(rf"{_NAMED}?send:? *(?:(?<=[ :])(?P<rest>\S.*))?", re.IGNORECASE | re.DOTALL)


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
    message = cleaned(message).strip()  # a space that was pasted is a space
    text = shown_text(message)
    if _PRIVATE.match(plain(text)):
        return Said("private")
    if found := _TRANSFER.fullmatch(message):
        return Said("transfer", found["user"])
    if _TO_NOBODY.fullmatch(message):
        return Said("no_person")
    if found := _SEND.fullmatch(message):
        return Said("send", shown_text(found["rest"])) if found["rest"] else Said("no_question")
    if _HAND_BACK.fullmatch(text):
        return Said("hand_back")
    if found := _CLOSE.fullmatch(text):
        return Said("close", found["rest"].strip())
    if re.match(_PERSON, message) and text:
        return Said("colleague")  # no parent is spoken to by a name of Slack's
    text = _PRIVATE_LINE.sub("", text).strip()
    return Said("words", text) if text else Said("nothing")


def files_of(event: Mapping[str, Any]) -> list[str]:
    """Return the names of the files that came with a line: none of them reaches the parent."""
    return [str(one.get("title") or one.get("name") or "a file") for one in event.get("files") or ()]
