"""Finds personal data in a parent's words and masks it, before anything is logged, sent on, or kept longer than needed.

Patterns, not a promise: figures by their form (`figures.py`), names and schools by the words around them and by being no ordinary word
(`people.py`). So what is said to parents is "as far as we recognize them".
Plan talk ("504", "34 CFR 300.301", "10 school days", "age 22") has its own test, tests/unit/privacy/test_mask.py.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from assistant.privacy.figures import figures
from assistant.privacy.found import Found
from assistant.privacy.people import known_names, names_and_schools

_OURS = frozenset(["assistant", "actions", "whichplan"])
"""Loggers of this project: what they say holds no word of a parent."""


def personal_data(text: str, names: Iterable[str] = ()) -> list[Found]:
    """Return the personal data of a text, in order and without overlap; of two that overlap the surer one.

    Args:
        text: What a parent wrote, or a sentence that repeats it.
        names: Names that the talk knows to be a person's; found in any case of letters.
    """
    taken: list[Found] = []
    for found in _candidates(text, names):
        if found.start < found.end and all(found.end <= one.start or found.start >= one.end for one in taken):
            taken.append(found)
    return sorted(taken, key=lambda found: found.start)


def masked(text: str, names: Iterable[str] = ()) -> str:
    """Return the text with personal data replaced by what it was.

    >>> masked("My son Jaden was born 3/14/2015, call me at (206) 555-0142 or pat@example.org")
    'My son [name] was born [date], call me at [phone] or [email]'
    >>> masked("Does 34 CFR 300.301 or a 504 plan give 60 days in grade 5?")
    'Does 34 CFR 300.301 or a 504 plan give 60 days in grade 5?'
    """
    for found in reversed(personal_data(text, names)):
        text = f"{text[: found.start]}[{found.kind}]{text[found.end :]}"
    return text


class MaskedFormatter(logging.Formatter):
    """Writes a log line, its traceback included, without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, masked."""
        return masked(super().format(record))


def says_no_words(record: logging.LogRecord) -> bool:
    """Tell whether a record may be written: below a warning, Rasa and other libraries log what parents write, word for word."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in _OURS


def log_masked(level: int = logging.WARNING) -> None:
    """Send the process's log to the terminal, masked; however loud somebody sets a library, it gets no word of a parent there."""
    handler = logging.StreamHandler()
    handler.addFilter(says_no_words)
    handler.setFormatter(MaskedFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


def _candidates(text: str, names: Iterable[str]) -> Iterator[Found]:
    """Find everything, the surest first."""
    yield from figures(text)
    yield from known_names(text, names)
    yield from names_and_schools(text)
