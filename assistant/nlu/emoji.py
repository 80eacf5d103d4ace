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


FEW = 6
"""Words beside which an emoji counts: beside more of them it tells the mood, and "thank you" would outweigh what is asked."""


def in_words(text: str) -> str:
    """Return `text` with emojis as words, a repeated one once; without them where it has words enough of its own.

    >>> in_words("👏👏")
    'that helped great'
    >>> in_words("yes book a call 😊 tuesday after 4 please")
    'yes book a call tuesday after 4 please'
    """
    if not _SIGNS.search(text):
        return text
    bare = _SIGNS.sub(" ", text)
    said = bare if len(bare.split()) > FEW else _SIGNS.sub(lambda sign: f" {WORDS[sign[1]]} ", text)
    return re.sub(r"\s+", " ", said).strip()
