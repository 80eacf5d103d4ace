"""How old the child is that a message tells of: "he is 4", "my 9 yr old", "turns 3 in january", "in 2nd grade".

A grammar, not a choice among topics: it reads a number of years and nothing else. tests/unit/talk/test_ages.py has a table of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.talk.turn import Turn

Ages = tuple[int, int]
"""Whole years, the youngest and the oldest that a child may be; both included."""

OLDEST = 22
_CHILD = r"(?:son|daughter|kid|child|boy|girl|grandson|granddaughter|stepson|stepdaughter|nephew|niece|grandbaby|oldest|youngest|middle)"
_IS = r"(?:(?:he|she)(?:'?s| is| just turned| has turned)|turned|aged?|(?:i'?m|i am))"
_YEARS = r"(?:[\s-]*(?:y\.?/?o\.?\b|(?:yrs?|years?)\b(?:[\s-]*olds?\b)?))"
_NOT_YEARS = r"(?!\s*(?:%|percent|points?|grades?|levels?|times|days?|weeks?|months?|hours?|min|lbs?|ft|inch|classes|kids|of\b|years? (?:behind|ago|in a row|below))|[:/.,]?\d|th\b|st\b|nd\b|rd\b)"
_PATTERNS: tuple[tuple[re.Pattern[str], int, int], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), below, above)
    for pattern, below, above in (
        (r"\b(\d{1,2})(?:\s+and a half)?[\s-]*(?:yrs?|years?)[\s-]*olds?\b", 0, 0),
        (r"\b(\d{1,2})\s*(?:y/o|y\.o\.|yo)\b", 0, 0),
        (rf"\b{_IS} (?:only |just |now |already |about |almost )?(\d{{1,2}})\b{_NOT_YEARS}", 0, 0),
        (rf"\b{_CHILD}(?: is|'s|,|,? ?\()\s*(\d{{1,2}})\b{_YEARS}?(?=\s*[,.;)!?]|\s+(?:and|with|but|has)\b|\s*$)", 0, 0),
        (r"\b(?:he|she|who|son|daughter|kid|child|boy|girl|and) (?:turns|is turning|will turn|will be|is about to turn|is almost|is nearly) (\d{1,2})\b" + _NOT_YEARS, 1, 0),
        (r"\b(?:he'?s|she'?s) (?:turning|almost|nearly|about to (?:turn|be)) (\d{1,2})\b" + _NOT_YEARS, 1, 0),
    )
)  # fmt: skip
"""What tells an age, and how many years a child may be younger or older than the number."""
_MONTHS = re.compile(r"\b(\d{1,2})[\s-]*(?:months?|mos?)[\s-]*olds?\b", re.IGNORECASE)
_SCHOOLS: tuple[tuple[re.Pattern[str], Ages], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), ages)
    for pattern, ages in (
        (r"\b(?:my|our|a|an|the|his|her)\s+(?:\w+\s+)?(?:infant|newborn)\b", (0, 0)),
        (r"\b(?:my|our|a|is a)\s+(?:\w+\s+)?toddler\b", (1, 2)),
        (r"\b(?:my|our|a|is a|is in|in)\s+(?:\w+\s+)?(?:preschool(?:er)?|pre-?k)\b", (2, 5)),
        (r"\bkindergart\w*er\b|\b(?:is|he'?s|she'?s) in (?:k|kindergarten|kinder)\b", (4, 6)),
        (r"\b(?:elementary|grade) schooler\b|\bis in elementary\b", (5, 11)),
        (r"\bmiddle schooler\b|\bis in (?:middle school|junior high)\b", (10, 14)),
        (r"\bhigh schooler\b|\bis in high school\b", (13, 18)),
        (r"\bis in college\b|\b(?:my|our) adult (?:son|daughter|child)\b", (18, OLDEST)),
    )
)
_ELSEWHEN = re.compile(
    r"\b(?:since|until|till|before|after|had|was|were|back|last|wait|failed|from|when|next|by|starts?|starting|going (?:in)?to|enter\w*|other|another)\b[^.,;!?]*$",
    re.IGNORECASE,
)
"""Words before a grade that put it at another time: "since 2nd grade", "wait until kindergarten"."""
_AT_A_TIME = re.compile(
    r"\b(?:when|once|after|until|till|before|by the time|if|since|as soon as)\s+$", re.IGNORECASE
)
"""Words right before an age that put it at another time: "who signs when he turns 18"."""
_NEAR = 60
"""Characters before a grade that may put it at another time."""


def told_ages(turn: Turn) -> Ages | None:
    """Return how old the child is that a turn tells of; None where it tells nothing, or of several children."""
    if turn.chosen:
        return None
    found = set(_in_years(turn.text)) or set(_in_school(turn))
    return found.pop() if len(found) == 1 else None


def _in_years(text: str) -> Iterator[Ages]:
    for match in _MONTHS.finditer(text):
        yield int(match[1]) // 12, int(match[1]) // 12
    seen: set[int] = set()
    for pattern, below, above in _PATTERNS:
        for match in pattern.finditer(text):
            years = int(match[1])
            if (
                years <= OLDEST
                and match.start(1) not in seen
                and not _AT_A_TIME.search(text[: match.start()])
            ):
                seen.add(match.start(1))
                yield years - below, years + above


def _in_school(turn: Turn) -> Iterator[Ages]:
    for one in turn.entities:
        before = turn.text[max(one.start - _NEAR, 0) : one.start]
        level = turn.text[one.end :].lower().lstrip(" -").startswith("level")  # "reads at a 2nd grade level"
        if one.kind != "grade" or level or not one.value.isdecimal() or _ELSEWHEN.search(before):
            continue
        yield int(one.value) + 5, int(one.value) + 7
    for pattern, ages in _SCHOOLS:
        for match in pattern.finditer(turn.text):
            if not _ELSEWHEN.search(turn.text[max(match.start() - _NEAR, 0) : match.start()]):
                yield ages
