"""What is nobody's: the words that are no names, the places that our content knows, the phone numbers that stand in our own answers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from assistant.settings import TOP

WORDS = Path(__file__).with_name("ordinary_words.txt")
"""Written by `training/ordinary_words.py`."""
TOLL_FREE = frozenset("800 833 844 855 866 877 888".split())
"""Area codes that only an office has: the OCR's line, a hotline."""
_STATE = re.compile(r"^state: (.+)$", re.MULTILINE)
_NUMBER = re.compile(r"(?<!\d)\(?(\d{3})\)?[-. ]{1,2}(\d{3})[-. ](\d{4})(?!\d)")
_ENDING = re.compile(
    r"(?:(?<![aiou])s|ed|ing|ly|ness|tion|able|n't|nt|ó|uvo|aba|iendo|mente|ción|ista|aron|ieron)$"
)
"""How words end that come behind "my son" and stand in no list: "elopes", "melted", "yodeling", "falleció"; not so "atticus"."""

_FREQUENT = frozenset(
    "and are been can does for from gets gives goes got had has have keeps need needs said says still that the was wants were will with".split()
)


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words, in lower case, that parents and our answers use for anything but a name."""
    return frozenset(WORDS.read_text(encoding="utf-8").split())


def may_be_a_name(word: str) -> bool:
    """Tell whether a word that is written like any other is none of the ordinary ones.

    >>> may_be_a_name("kyrielle"), may_be_a_name("keeps"), may_be_a_name("daydreams"), may_be_a_name("hsa")
    (True, False, False, False)
    """
    return (
        len(word) > 2
        and word.isalpha()
        and word not in ordinary_words()
        and not _ENDING.search(word)
        and not _is_mistyped(word)
    )


def _is_mistyped(word: str) -> bool:
    """Whether two letters of a frequent word are exchanged, or a letter is left out or doubled: "hsa", "refusses"."""
    known = ordinary_words()
    exchanged = (word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1))
    shorter = (word[:n] + word[n + 1 :] for n in range(1, len(word)) if word[n] == word[n - 1])
    doubled = (word[: n + 1] + word[n:] for n in range(len(word)))
    return any(other in _FREQUENT for other in exchanged) or any(
        other in known for others in (shorter, doubled) for other in others
    )


def is_public(digits: str) -> bool:
    """Tell whether a phone number, given by its digits, is an office's: a toll-free one, or one that stands in our content."""
    number = digits[-10:]
    return number[:3] in TOLL_FREE or number in _numbers_of_content()


@cache
def known_places() -> re.Pattern[str]:
    """Return a pattern for states, cities and counties of more than one word, as our content knows them: "Fort Wayne", "San Jose"."""
    content = TOP / "content"
    by_state = yaml.load((content / "state_names.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - text alone
    states = [_STATE.search(file.read_text(encoding="utf-8")) for file in content.glob("states/*.yml")]
    names = {match[1].strip() for match in states if match}
    for known in by_state.values():
        lists = known.values() if isinstance(known, dict) else [known]
        names |= {name for one in lists if isinstance(one, list) for name in one}
    several = sorted((re.escape(name) for name in names if " " in name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(several)})\b", re.IGNORECASE)


@cache
def _numbers_of_content() -> frozenset[str]:
    content = TOP / "content"
    files = [*content.glob("states/*.yml"), *content.glob("en/*.yml"), content / "consultation.yml"]
    return frozenset(
        "".join(number) for file in files for number in _NUMBER.findall(file.read_text(encoding="utf-8"))
    )
