"""What a person typed, freed of what only looks like words: one cleaner for every channel and for the pipeline.

Pasted text separates words by a dozen kinds of space. A cleaner that drops what it does not know glues them together, and
"I want to kill myself" is no longer heard. So every kind of space becomes a space, and only what can't be seen goes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SPACE = re.compile("[^\\S\n]|[\u2800\u3164\uffa0]")
"""Every sign that separates words, but a line's end: tab, no-break, thin, ideographic, U+2028; also signs that are blank."""
_ZERO_WIDTH = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0e\U000e0000-\U000e01ef]")
"""What has no width although Python calls it printable. What it calls unprintable goes as well."""
_PRESENTATION = re.compile("(?<=\\w)\ufe0f")
"""The sign that makes an emoji of the sign before it: after a letter it does nothing but part a word."""
_MOST_MARKS = 4
"""Accents in a row that are kept. No language stacks more, and to order many takes quadratic time."""
_PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\u02d7", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u02bb\u02c8\u2032\ua78c`\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | {chr(sign): chr(sign - 0xFEE0) for sign in range(0xFF01, 0xFF5F)}
)
"""Dashes, apostrophes, quotes and letters of full width, each as the sign of a keyboard that it stands for."""
_COMMAND = re.compile(r"^[\s/]+")


def cleaned(text: str) -> str:
    r"""Return typed text as it is shown: every kind of space a space, without signs that can't be seen.

    >>> cleaned("I\u00a0want\u2028to\tlive,\ufeff niña\ud800")
    'I want to live, niña'
    """
    text = _SPACE.sub(" ", text.replace("\r\n", "\n"))
    if not (text.isascii() and text.replace("\n", "").isprintable()):
        text = _PRESENTATION.sub("", _ZERO_WIDTH.sub("", "".join(_seen(text))))
        text = unicodedata.normalize("NFC", text)
    return text


def _seen(text: str) -> Iterator[str]:
    """Yield the signs of a text that have a width, or an accent's place."""
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= _MOST_MARKS and (sign == "\n" or sign.isprintable()):
            yield sign


def plain(text: str) -> str:
    r"""Return typed text as it is read: cleaned, with the dashes, apostrophes and quotes of a keyboard.

    It is as long as `cleaned` makes it, so that places in one are places in the other.

    >>> plain("he can’t — “５０４”")
    'he can\'t - "504"'
    """
    return cleaned(text).translate(_PLAIN)


def typed(text: str) -> str:
    """Return `plain` text so that Rasa takes it for words: it obeys `/restart`, wherever spaces and slashes come first.

    >>> typed(" /restart ")
    'restart'
    """
    return without_command(plain(text))


def without_command(text: str) -> str:
    """Return a text without the slashes in front that make a command of it."""
    return _COMMAND.sub("", text).rstrip()
