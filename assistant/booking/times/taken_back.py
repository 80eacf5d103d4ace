"""A time that one message takes back: "book friday. sorry meant thursday" is a wish for the Thursday alone."""

import re

from assistant.booking.times.told import DAY_SAID, DENIES, ELSEWHERE, HOUR_SAID, WEEKDAY_SAID

_SURE = r"i mean(?:t)?|meant|correction|typo|scratch that"
_LIKELY = r"sorry|oops|whoops|my bad|my mistake|actually|wait"
_WEAK = r"oh|no|nope|ugh|hold on|make (?:that|it)|to say|it'?s|for|on|at|let'?s (?:do|say)|(?:can|could) we (?:do|say)|do"
_MARKS = re.compile(
    rf"(?<!\bor)(?<!\band)(?<![\s,.;:!?…-])[\s,.;:!?…-]+(?P<words>(?:\b(?:{_SURE}|{_LIKELY}|{_WEAK})\b[\s,.!:…-]+)+)",
    re.IGNORECASE,
)
_DAYS = rf"(?:the |next |this )?(?:{DAY_SAID.pattern})"
_NEW_DAY = re.compile(rf"{_DAYS}(?:(?:,| or| and|/) ?{_DAYS})*", re.IGNORECASE)
_NEW_HOUR = re.compile(
    rf" ?(?P<whole>{HOUR_SAID.pattern})|(?P<number>\d{{1,2}}(?::\d\d)?)(?=\s*(?:$|[,.;!?)]))", re.IGNORECASE
)
# what may stand behind the new time; "sorry thursday is bad" takes nothing back
_GOES_ON = re.compile(
    r"\s*(?:$|[,.;!?)…\n]|- |(?:instead|please|pls|plz|thanks|thx|if|my|and my|it'?s|works|is (?:better|good|fine|ok))\b(?! for (?:him|her|them)))",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[.;!?…\n]+(?=\s)")
_WEEKDAY = re.compile(rf"\b{WEEKDAY_SAID}(?!\w)", re.IGNORECASE)


def without_taken_back(text: str) -> str:
    """Return the text with a corrected day or hour in the place of the one that it takes back.

    >>> without_taken_back("book friday at 3. sorry meant thursday")
    'book thursday at 3'
    """
    for mark in _MARKS.finditer(text):
        sure = re.search(rf"\b(?:{_SURE})\b", mark["words"], re.IGNORECASE)
        if not sure and not re.search(rf"\b(?:{_LIKELY})\b", mark["words"], re.IGNORECASE):
            continue
        start = max((end.end() for end in _SENTENCE_ENDS.finditer(text, 0, mark.start())), default=0)
        said, rest = text[start : mark.start()], text[mark.end() :]
        # "i can't do friday. sorry, thursday?" takes no day back
        if not sure and (DENIES.search(said) or ELSEWHERE.search(said)):
            continue
        if (mended := _mended(said, rest)) is not None:
            return text[:start] + mended
    return text


def _mended(said: str, rest: str) -> str | None:
    """Return a sentence with the time with which the rest begins in place of its own, and what follows that."""
    if day := _NEW_DAY.match(rest):
        rest = rest[day.end() :]
    hour = _NEW_HOUR.match(rest)
    if hour:
        rest = rest[hour.end() :]
    if not (day or hour) or not _GOES_ON.match(rest):
        return None
    if day:
        kind = _WEEKDAY if _WEEKDAY.search(day[0]) and _WEEKDAY.search(said) else DAY_SAID
        mended = _replaced(kind, said, day[0])
        if mended is None:
            return None
        said = mended
    if hour:
        old = [found[0] for found in HOUR_SAID.finditer(said)]
        # "after 3, i mean 4" is after 4
        new = re.sub(r"\d.*", hour["number"], old[0]) if hour["number"] and old else hour[0].strip()
        mended = _replaced(HOUR_SAID, said, new)
        if mended is None and not day:
            return None
        said = mended or f"{said} {new}"
    return said + rest


def _replaced(kind: re.Pattern[str], said: str, new: str) -> str | None:
    """Return the sentence with the new words from the first of a kind to the last; None where it has none."""
    spans = [found.span() for found in kind.finditer(said)]
    if not spans:
        return None
    before = said[: spans[0][0]]
    return f"{before}{new.removeprefix('the ') if before.endswith('the ') else new}{said[spans[-1][1] :]}"
