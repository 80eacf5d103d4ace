"""Whether a message is Spanish, wholly or in part.

A small model of our own: how likely each word is in Spanish (lines of content/es/), in English (the same, and all wordings of data/nlu/, which
tell how often parents write "para" or "plan") and in other languages; and that a language goes on for some words, so that "no" or "total" is
what stands around it. Libraries for languages need long texts and know no code-switching; "hola my son tiene IEP pero" has to be both.
tests/nlu/languages.yml and languages_near.yml measure it.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path

from assistant.knowledge.spanish import spanish
from assistant.nlu.word_likelihood import WordLikelihood
from assistant.privacy.first_names import FIRST_NAMES
from assistant.settings import TOP

_WORD = re.compile(r"[a-záéíóúüñàâãçèêëïôõœ¿']+", re.IGNORECASE)
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][a-záéíóúüñ'A-Z]*[a-záéíóúüñ]"
_NAMES = re.compile(
    rf"(?<![\w']){_CAPITAL}(?:(?: (?:de|del|la|las|los|y)){{1,2}} {_CAPITAL}| {_CAPITAL})+(?![\w'])|(?<=\S )(?<!\w'){_CAPITAL}"
)
"""Words with a capital behind others, and several in a row: "Maria del Carmen Ortiz" makes no message Spanish."""
_PLAIN = str.maketrans("áéíóúü", "aeiouu")
"""Most parents type no accents; an ñ they do."""
_WORDINGS = TOP / "data" / "nlu"
_GOES_ON = 0.8
"""How likely the next word is in the same language."""
_BEGINS = {"spanish": 0.15, "english": 0.8, "other": 0.05}
_MOST, _MOST_UNREAD = 6.0, 1.5
"""How much less likely (natural logarithm) one word at most makes a language; one that no line has is often a name or a slip."""
_SURELY = 0.7
MOSTLY, PARTLY = 0.6, 0.2
"""Shares of a message's words from which on it is Spanish, and Spanish in part."""
_MORE_SPANISH = 0.55
"""Share of Spanish from which on a message in both languages is answered in Spanish, whatever its English half asks."""
_LETTERS = 600
"""So many of a message's first letters tell its language: a pasted page would cost as much as an answer."""
_FEWEST = 2
"""Words that have to be surely Spanish, where a message has more than two."""
_NEUTRAL = frozenset({"iep", "ard", "adhd", "sst", "fape", "lre", "ok", "no", "email", "kids"}) | FIRST_NAMES


class Language(Enum):
    """What a message is written in, as far as it matters here."""

    OTHER = "other"
    MIXED = "mixed"
    SPANISH = "spanish"


def _words(text: str) -> list[str]:
    return [word.strip("'¿") for word in _WORD.findall(text.lower().translate(_PLAIN)) if word.strip("'¿")]


class Recogniser:
    """Tells Spanish from English and from others.

    Args:
        words: How often each word was read, by language: "spanish", "english", "other".
    """

    def __init__(self, words: Mapping[str, Counter[str]]) -> None:
        self._of = {name: WordLikelihood(words[name]) for name in _BEGINS}

    def share(self, text: str) -> tuple[float, int, int]:
        """Return the share of words that are Spanish, 0 to 1, how many surely are, and how many words were judged."""
        words = [
            word
            for written in _NAMES.sub(" ", text).split()
            if not re.search(r"[\d@]", written)
            for word in _words(written)
            if word not in _NEUTRAL
        ]
        if not words:
            return 0.0, 0, 0
        spanish_ones = self._spanish(words)
        return sum(spanish_ones) / len(words), sum(p >= _SURELY for p in spanish_ones), len(words)

    def _spanish(self, words: Sequence[str]) -> list[float]:
        """Return how likely each word is Spanish, beside the others: forward and backward through the message."""
        seen = [self._weights(word) for word in words]
        change = (1 - _GOES_ON) / (len(_BEGINS) - 1)

        def onward(chances: Mapping[str, float]) -> dict[str, float]:
            total = sum(chances.values())
            return {name: change + (_GOES_ON - change) * chances[name] / total for name in chances}

        forward = [{name: _BEGINS[name] * seen[0][name] for name in _BEGINS}]
        for weights in seen[1:]:
            forward.append({name: chance * weights[name] for name, chance in onward(forward[-1]).items()})
        backward = [dict.fromkeys(_BEGINS, 1.0)]
        for weights in reversed(seen[1:]):
            backward.append(onward({name: backward[-1][name] * weights[name] for name in _BEGINS}))
        both = [
            {name: one[name] * other[name] for name in _BEGINS}
            for one, other in zip(forward, reversed(backward), strict=True)
        ]
        return [one["spanish"] / sum(one.values()) for one in both]

    def _weights(self, word: str) -> dict[str, float]:
        """Return how likely a word is in each language, the likeliest 1."""
        unread = not any(language.words[word] for language in self._of.values())
        likely = {
            name: language.letters(word) if unread else language.word(word)
            for name, language in self._of.items()
        }
        best, most = max(likely.values()), _MOST_UNREAD if unread else _MOST
        return {name: math.exp(max(value - best, -most)) for name, value in likely.items()}

    def of(self, text: str) -> Language:
        """Return what `text` is written in."""
        return self.heard(text)[0]

    def heard(self, text: str) -> tuple[Language, float]:
        """Return what `text` is written in, and how much of its first letters is Spanish, 0 to 1."""
        share, sure, words = self.share(text[:_LETTERS])
        if words == 1 and not any(self._of["spanish"].words[word] for word in _words(text)):
            return Language.OTHER, share  # "alejandra, 210 555 0188"
        if share >= MOSTLY and sure >= (_FEWEST if words > _FEWEST else 1):
            return Language.SPANISH, share
        return (Language.MIXED if share >= PARTLY and sure >= _FEWEST else Language.OTHER), share


SPEAK_SPANISH = "speak_spanish"
"""The intent of a message that gets a Spanish answer."""
_ACTS = frozenset({"affirm", "deny", "stop", "delete_talk", "change_booking"})
"""What is acted on whatever its language: "sí", "no"."""
_NOT_READ = frozenset({"nlu_fallback", "out_of_scope", "crisis"})
"""What the classifier of English makes of what it can't read; danger told in Spanish is heard by the guard's patterns."""


def wants_spanish(text: str, intent: str, places: Iterable[tuple[int, int]] = ()) -> bool:
    """Whether a message without danger gets a Spanish answer: it is Spanish, or half of it is and the English half tells nothing.

    Args:
        text: What the parent wrote.
        intent: What the classifier makes of it.
        places: Where places are named in it, first letter and the one behind the last: "el paso" is no Spanish.
    """
    if intent in _ACTS or text.startswith("/"):
        return False
    for start, end in places:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    if not text.strip():
        return False
    language, share = shared_recogniser().heard(text)
    if language is not Language.MIXED:
        return language is Language.SPANISH
    return intent in _NOT_READ or share >= _MORE_SPANISH


def words_of(lines: Mapping[str, Iterable[str]], wordings: Counter[str]) -> dict[str, Counter[str]]:
    """Return how often each word stands in the lines of each language, for English in the wordings of parents too."""
    words = {name: Counter(word for line in own for word in _words(line)) for name, own in lines.items()}
    words["english"].update(wordings)
    return words


@functools.cache
def words_of_wordings(folder: Path = _WORDINGS) -> Counter[str]:
    """Return how often each word stands in the training lines of a folder."""
    found: Counter[str] = Counter()
    for file in sorted(folder.glob("*.yml")):
        found.update(_words(file.read_text(encoding="utf-8")))
    return found


_trained: list[Counter[str]] = []
"""The words of the wordings as the model keeps them, once one is loaded."""


def know_wordings(words: Mapping[str, int]) -> None:
    """Take the words of the wordings from a model that was loaded: reading all wordings would take a second of each start."""
    _trained[:] = [Counter(words)]
    shared_recogniser.cache_clear()


@functools.cache
def shared_recogniser() -> Recogniser:
    """Return the process's one recogniser; without a model that was loaded, the first call reads all wordings."""
    return Recogniser(words_of(spanish().lines, _trained[0] if _trained else words_of_wordings()))


def language_of(text: str) -> Language:
    """Return what a message is written in.

    >>> language_of("mi hijo tiene problemas en la escuela")
    <Language.SPANISH: 'spanish'>
    >>> language_of("my son Diego goes to La Mesa elementary").value
    'other'
    """
    return shared_recogniser().of(text)
