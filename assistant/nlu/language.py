"""Whether a message is Spanish, wholly or in part.

A small model of our own: how likely the letters of each word follow one another in lines of Spanish, of English and of other languages
(content/es/listen.yml, content/es/answers.yml). Libraries for languages need long texts and know no code-switching; "hola my son tiene IEP pero"
has to be both. tests/nlu/languages.yml measures it.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum

from assistant.knowledge.spanish import spanish

_WORD = re.compile(r"[a-záéíóúüñàâãçèêëïôõœ¿']+", re.IGNORECASE)
_PLAIN = str.maketrans("áéíóúü", "aeiouu")
"""Most parents type no accents; an ñ they do."""
_ORDER = 3
_SMOOTH = 0.1
_KNOWN = 3.0
"""How much likelier (natural logarithm) a word that stands in a language's lines makes that language."""
_SURELY = 0.7
MOSTLY, PARTLY = 0.6, 0.2
"""Shares of a message's words from which on it is Spanish, and Spanish in part."""
_FEWEST = 2
"""Words that have to be surely Spanish, where a message has more than two."""
_NEUTRAL = frozenset({"iep", "ard", "adhd", "sst", "fape", "lre", "ok", "no", "email", "kids"})


class Language(Enum):
    """What a message is written in, as far as it matters here."""

    OTHER = "other"
    MIXED = "mixed"
    SPANISH = "spanish"


class _Letters:
    """Counts of letters in a row, and of words, of one language."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words = Counter(word for line in lines for word in _words(line))
        rows = Counter[str]()
        for word, times in self.words.items():
            for row in _rows(word):
                rows[row] += times
        self._rows, self._before = rows, Counter[str]()
        for row, times in rows.items():
            self._before[row[:-1]] += times

    def likelihood(self, word: str) -> float:
        """Return the natural logarithm of how likely the word's letters follow one another, a row in the mean times its length."""
        found = sum(
            math.log((self._rows[row] + _SMOOTH) / (self._before[row[:-1]] + _SMOOTH * 30))
            for row in _rows(word)
        )
        return found + (_KNOWN if word in self.words else 0.0)


def _words(text: str) -> list[str]:
    return [word.strip("'¿") for word in _WORD.findall(text.lower().translate(_PLAIN)) if word.strip("'¿")]


def _rows(word: str) -> list[str]:
    padded = f"^^{word}$"
    return [padded[place : place + _ORDER] for place in range(len(padded) - _ORDER + 1)]


class Recogniser:
    """Tells Spanish from English and from others, word by word."""

    def __init__(self, lines: dict[str, list[str]]) -> None:
        self._of = {name: _Letters(own) for name, own in lines.items()}

    def share(self, text: str) -> tuple[float, int, int]:
        """Return the share of words that are Spanish, 0 to 1, how many surely are, and how many words were judged."""
        found = [
            self._spanish(word.lower().translate(_PLAIN))
            for place, written in enumerate(text.split())
            for word in _WORD.findall(written)
            if not _is_name(written, place) and not re.search(r"[\d@]", written)
        ]
        judged = [chance for chance in found if chance is not None]
        if not judged:
            return 0.0, 0, 0
        return sum(judged) / len(judged), sum(p >= _SURELY for p in judged), len(judged)

    def _spanish(self, word: str) -> float | None:
        word = word.strip("'¿")
        if word in _NEUTRAL or not word:
            return None
        found = {name: letters.likelihood(word) for name, letters in self._of.items()}
        best = max(found.values())
        weights = {name: math.exp(value - best) for name, value in found.items()}
        return weights["spanish"] / sum(weights.values())

    def of(self, text: str) -> Language:
        """Return what `text` is written in."""
        share, sure, words = self.share(text[:600])
        if words == 1 and not any(word in self._of["spanish"].words for word in _words(text)):
            return Language.OTHER  # "alejandra, 210 555 0188"
        if share >= MOSTLY and sure >= (_FEWEST if words > _FEWEST else 1):
            return Language.SPANISH
        return Language.MIXED if share >= PARTLY and sure >= _FEWEST else Language.OTHER


def _is_name(word: str, place: int) -> bool:
    """Whether a word is a name by its capital, so that "Marisol Hernandez" makes no message Spanish."""
    return place > 0 and word[:1].isupper() and not word.isupper()


SPEAK_SPANISH = "speak_spanish"
"""The intent of a message that gets a Spanish answer."""
_ACTS = frozenset({"affirm", "deny", "stop", "delete_talk", "change_booking"})
"""What is acted on whatever its language: "sí", "no"."""
_NOT_READ = frozenset({"nlu_fallback", "out_of_scope", "crisis"})
"""What the classifier of English makes of what it can't read; danger told in Spanish is heard by the guard's patterns."""


def wants_spanish(text: str, intent: str) -> bool:
    """Whether a message without danger gets a Spanish answer: it is Spanish, or half of it is and the English half tells nothing."""
    if intent in _ACTS or text.startswith("/"):
        return False
    language = language_of(text)
    return language is Language.SPANISH or (language is Language.MIXED and intent in _NOT_READ)


@functools.cache
def shared_recogniser() -> Recogniser:
    """Return the process's one recogniser."""
    return Recogniser(spanish().lines)


def language_of(text: str) -> Language:
    """Return what a message is written in.

    >>> language_of("mi hijo tiene problemas en la escuela")
    <Language.SPANISH: 'spanish'>
    >>> language_of("my son Diego goes to La Mesa elementary").value
    'other'
    """
    return shared_recogniser().of(text)
