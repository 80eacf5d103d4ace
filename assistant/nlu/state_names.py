"""Finds which state a parent lives in: its name, two letters, a city of a large district, or a word that one state alone uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.knowledge.packs import load_packs
from assistant.knowledge.source import CONTENT, ContentError, read

NAMES = CONTENT / "state_names.yml"
_AMBIGUOUS = "ambiguous"
_KINDS = frozenset({"also", "cities", "firsts", "words", "capitals"})

WORDS_TOO = frozenset({"OK", "HI", "OH", "OR", "IN", "ME", "ID", "MA", "LA"})
"""Letters that are a word in capitals too ("OK thanks", "live IN Texas"): only behind a place or alone."""
OTHERS_TOO = frozenset({"PA", "MD", "MS", "CO", "VA", "AL", "DE", "CT", "MO", "MT", "AR", "PR", "NE", "SC"})
"""Letters that stand for something else too (a doctor, a middle school, a scan): only where a place is told."""
_BEHIND_IN = WORDS_TOO - {"LA"}
"""`In LA` is Los Angeles."""
_BEHIND_A_CITY = WORDS_TOO - {"OK", "HI", "OH", "ME"}
"""`Yes, OK` and `Hello, ME too` name no city."""
_BEFORE = re.compile(r"(?:\b(?:in|from|near|state of)|,)\s*$", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|from|state of)\s+$", re.IGNORECASE)
_CITY = re.compile(r"\b[A-Z][a-z]+,\s*$")
_AFTER = re.compile(
    r"\s*(?:$|[,.:;!?\n])|\s+(?:here|parents?|mom|dad|district|schools?|law|rules?|state|family)\b"
)
_LOWER = re.compile(
    r"\b(?:in|from)\s+([a-z]{2})\b(?=\s*(?:$|[.,!?;:])|\s+(?:and|so|my|they|how|what|is|the|school|district|if|do|does|can)\b)"
)
_NOT_LOWER = frozenset({"ms", "md", "al", "co", "de", "pr", "ar"}) | {word.lower() for word in WORDS_TOO}
_LEFT = re.compile(
    r"\b(?:mov\w+|came|coming|come|transferr?\w*|relocat\w+|left)\b[^.!?]{0,40}\b(?:from|left)\s+$|\bleft\s+$",
    re.IGNORECASE,
)
"""The state that a family left has no say in what its school has to do now."""
_PERSON = re.compile(
    r"\b(?:george|daughter|son|kid|child|girl|boy|named|called|name is|name's|sister|granddaughter|teacher|principal|ms\.?|mrs\.?|mr\.?)\s+$",
    re.IGNORECASE,
)
_SCHOOL = re.compile(r"\s+(?:elementary|middle|high|academy|street|avenue|ave)\b", re.IGNORECASE)
_PLACE_BEFORE = re.compile(r"\b(?:in|from|near|around|outside|here in|out of)\s+$", re.IGNORECASE)
_PLACE_AFTER = re.compile(
    r"\s+(?:i\.?s\.?d\b|public schools?|schools?\b|unified|school district|district\b|area\b)|,?\s*(?:(?-i:[A-Z]{2})|tx|fl|nc|co|az|ny|texas|florida|north carolina|colorado|arizona|new york)\b",
    re.IGNORECASE,
)

Found = tuple[str, int, int]
"""State, start and end in the text."""


class StateNames:
    """Finds states in a message.

    >>> StateNames().find("im in Houston and my ARD is friday")
    [('Texas', 6, 13)]

    Raises:
        ContentError: content/state_names.yml names no state, or a kind of name that there is not.
    """

    def __init__(self, path: Path = NAMES) -> None:
        self._letters = {pack.abbreviation: pack.state for pack in load_packs().values()}
        self._places: dict[str, str] = {state.lower(): state for state in self._letters.values()}
        self._firsts: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._capitals: dict[str, str] = {}
        file = read(path)
        self._ambiguous = frozenset(name.lower() for name in file.data.get(_AMBIGUOUS, ()))
        for letters, kinds in file.data.items():
            if letters == _AMBIGUOUS:
                continue
            if letters not in self._letters or not kinds.keys() <= _KINDS:
                raise ContentError(
                    f"{path.name}: {letters}: write a state's two letters, and of it only {', '.join(sorted(_KINDS))}."
                )
            state = self._letters[letters]
            for name in (*kinds.get("also", ()), *kinds.get("cities", ())):
                self._places[name.lower()] = state
            self._firsts |= {name.lower(): state for name in kinds.get("firsts", ())}
            self._words |= {word.lower(): state for word in kinds.get("words", ())}
            self._capitals |= dict.fromkeys(kinds.get("capitals", ()), state)
        self._place = _any_of([*self._places, *self._firsts, *self._ambiguous])
        self._word = _any_of(self._words)
        self._capital = re.compile(_any_of(self._capitals).pattern)  # as it is written

    def find(self, text: str) -> list[Found]:
        """Return the states named in `text`, in order of place; the words of a state count where no place is named."""
        named = list(self._named(text))
        within = {place for _, start, end in named for place in range(start, end)}
        found = [*named, *(one for one in self._lettered(text) if one[1] not in within)]
        found.sort(key=lambda one: one[1])
        here = [one for one in found if not _LEFT.search(_before(text, one[1]))]
        if found:
            return here
        words = [(self._words[m[0].lower()], m.start(), m.end()) for m in self._word.finditer(text)]
        if not text.isupper():
            words += [(self._capitals[m[0]], m.start(), m.end()) for m in self._capital.finditer(text)]
        return sorted(words, key=lambda one: one[1]) if len({state for state, *_ in words}) == 1 else []

    def _named(self, text: str) -> Iterator[Found]:
        for match in self._place.finditer(text):
            name, before, after = match[0].lower(), _before(text, match.start()), text[match.end() :]
            if name in self._ambiguous or _PERSON.search(before) or _SCHOOL.match(after):
                continue
            if name in self._places:
                yield self._places[name], match.start(), match.end()
            elif (
                _PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after) or text.strip(" .!").lower() == name
            ):
                yield self._firsts[name], match.start(), match.end()

    def _lettered(self, text: str) -> Iterator[Found]:
        bare = text.strip(" .!?\n")
        if bare.upper() in self._letters and (
            bare.lower() not in _NOT_LOWER or bare in WORDS_TOO - {"OK", "HI", "LA"}
        ):
            yield self._letters[bare.upper()], text.find(bare), text.find(bare) + len(bare)
            return
        for match in _LOWER.finditer(text):
            if match[1] not in _NOT_LOWER and match[1].upper() in self._letters:
                yield self._letters[match[1].upper()], match.start(1), match.end(1)
        if text.isupper():
            return  # everything is in capitals, so capitals say nothing
        for match in re.finditer(r"\b[A-Z]{2}\b", text):
            state = self._letters.get(match[0])
            before, after = _before(text, match.start()), text[match.end() :]
            if state is None or _PERSON.search(before):
                continue
            if match[0] in WORDS_TOO:
                placed = bool(
                    (match[0] in _BEHIND_IN and _IN.search(before))
                    or (match[0] in _BEHIND_A_CITY and _CITY.search(before))
                    or (match[0] in _BEHIND_A_CITY and not before.strip() and after.startswith(":"))
                )
            elif match[0] in OTHERS_TOO:
                placed = bool(_BEFORE.search(before)) or (not before.strip() and bool(_AFTER.match(after)))
            else:
                placed = True
            if placed:
                yield state, match.start(), match.end()


def _before(text: str, start: int) -> str:
    """Return the words right before a place in the text: what stands further off says nothing about it."""
    return text[max(0, start - 60) : start]


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<![\w&])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w&])", re.IGNORECASE)
