"""How likely a word is in a language: how often it stands in lines of it, and how its letters follow one another."""

from __future__ import annotations

import math
from collections import Counter

_ORDER = 3
_SMOOTH = 0.1
_LETTERS = 30


class WordLikelihood:
    """Counts of words, and of letters in a row, of one language.

    Args:
        words: How often each word was read.
    """

    def __init__(self, words: Counter[str]) -> None:
        self.words = words
        self._read = sum(words.values())
        # what was read but once measures how many words were not read yet (Good and Turing)
        self._unread = sum(times == 1 for times in words.values()) / self._read
        rows = Counter(row for word in words for row in _rows(word))
        self._rows, self._before = rows, Counter[str]()
        for row, times in rows.items():
            self._before[row[:-1]] += times

    def word(self, word: str) -> float:
        """Return the natural logarithm of the word's share of all words."""
        known = (1 - self._unread) * self.words[word] / self._read
        return math.log(known + self._unread * math.exp(self.letters(word)))

    def letters(self, word: str) -> float:
        """Return the natural logarithm of how likely the word's letters follow one another."""
        return sum(
            math.log((self._rows[row] + _SMOOTH) / (self._before[row[:-1]] + _SMOOTH * _LETTERS))
            for row in _rows(word)
        )


def _rows(word: str) -> list[str]:
    padded = f"{'^' * (_ORDER - 1)}{word}$"
    return [padded[place : place + _ORDER] for place in range(len(padded) - _ORDER + 1)]
