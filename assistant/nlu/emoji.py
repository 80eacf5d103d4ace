"""Emojis as words: the encoder sees every one of them as the same unknown sign."""

from __future__ import annotations

import re

WORDS = {
    "👍": "yes that helps",
    "👎": "no that did not help",
    "👏": "that helped great",
    "🙌": "that helped great",
    "🎉": "that helped great",
    "🙏": "thank you",
    "❤": "thank you",
    "💕": "thank you",
    "👋": "hello",
    "👌": "ok",
    "✅": "yes",
    "❌": "no",
    "😀": "good",
    "🙂": "good",
    "😊": "good thank you",
    "😂": "haha",
    "😭": "I am so sad",
    "😢": "I am sad",
    "😞": "I am sad",
    "😔": "I am sad",
    "😩": "I am so tired",
    "😫": "I am so tired",
    "😡": "I am so angry",
    "🤬": "I am so angry",
    "😤": "I am so angry",
    "😰": "I am worried",
    "😟": "I am worried",
    "🤔": "I wonder",
    "🤷": "I do not know",
    "❓": "?",
}
_SIGNS = re.compile("(" + "|".join(map(re.escape, WORDS)) + r")(?:[\ufe0f\U0001F3FB-\U0001F3FF]|\1)*")


def in_words(text: str) -> str:
    """Return `text` with emojis as words, a repeated one once.

    >>> in_words("👏👏")
    'that helped great'
    """
    return (
        re.sub(r"\s+", " ", _SIGNS.sub(lambda sign: f" {WORDS[sign[1]]} ", text)).strip()
        if _SIGNS.search(text)
        else text
    )
