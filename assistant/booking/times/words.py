"""Times in words: "next tuesday after 3", "not before noon", "the 3rd at 4:30".

A sentence is taken apart piece by piece: days, then times of day. Each piece that is understood is
cut out; if anything but small talk is left over, the sentence counts as not understood and None is
returned, because a time half understood is a wrong time.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from assistant.booking.times.clock_words import MORNING_ENDS, ClockWords
from assistant.booking.times.constraint import Office, TimeConstraint
from assistant.booking.times.day_words import DayWords
from assistant.booking.times.sentence import CLOCK, ONE_DAY, PART, WEEKDAY, Sentence
from assistant.booking.times.spanish_times import in_english
from assistant.booking.times.wording import plain_wording
from assistant.booking.times.wordlist import word_set, words_in
from assistant.booking.zones import zone_in


def understand(
    text: str, now: datetime, zone: ZoneInfo, office: Office | None = None
) -> TimeConstraint | None:
    """Read when a parent would like the call, or return None when it is not fully understood.

    Args:
        text: What was typed.
        now: The current instant.
        zone: The parent's zone; a zone named in the text goes before it.
        office: When calls take place, on the parent's clock: "3" means the three within it.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 24, 20, tzinfo=UTC)
    >>> understand("next tuesday after 3", now, ZoneInfo("America/Los_Angeles")).words()
    'Tuesday, December 1, from 3:00 PM on'
    """
    if len(text) > 300:
        return None
    named, rest = zone_in(in_english(text))
    today, plain = now.astimezone(named or zone).date(), plain_wording(rest)
    read = partial(_understood, today=today, office=office or Office())
    if (
        (half := _HALF_DAY_OFF.search(plain))
        and (base := _base(plain[: half.start()], read))
        and not base.either
    ):
        return replace(_without_half_day(base, half["day"], half["part"]), zone=named)
    pieces = _alternatives(plain)
    found = [read(piece) for piece in pieces]
    if found == [None]:
        found = _either(*map(read, plain.split(" or ", 1)))
    understood = [one for one in found if one is not None]
    if not found or len(understood) < len(found):
        return None
    constraint = understood[0] if len(understood) == 1 else TimeConstraint(either=tuple(understood))
    return replace(constraint, zone=named)


_HALF_DAY_OFF = re.compile(
    rf",? ?\b(?:but|except(?: for)?)(?: not)?(?: on)? (?:every )?(?P<day>{WEEKDAY})s?(?: in the)? (?P<part>morning|afternoon)s?$"
)


def _base(text: str, read: Callable[[str], TimeConstraint | None]) -> TimeConstraint | None:
    return TimeConstraint() if text.strip() in ("", "anything", "any") else read(text)


def _without_half_day(base: TimeConstraint, day: str, part: str) -> TimeConstraint:
    """Return "any day but monday morning": the other days, and the Monday from noon on."""
    weekday = next(
        n for n, name in enumerate(words_in("mon tue wed thu fri sat sun")) if day.startswith(name)
    )
    days = base.weekdays if base.weekdays is not None else frozenset(range(7))
    noon = MORNING_ENDS
    half = replace(base, earliest=noon) if part == "morning" else replace(base, latest=noon)
    return TimeConstraint(
        either=(replace(base, weekdays=days - {weekday}), replace(half, weekdays=frozenset({weekday})))
    )


def _either(
    first: TimeConstraint | None, second: TimeConstraint | None = None
) -> list[TimeConstraint | None]:
    """Return "before 10 or after 3 on tuesday" as two, both on the Tuesday; nothing if one of them is not understood."""
    if first is None or second is None:
        return []
    days = [one for one in (first, second) if one.days or one.weekdays is not None]
    if len(days) == 1:
        first, second = (
            replace(one, days=days[0].days, weekdays=days[0].weekdays) for one in (first, second)
        )
    return [first, second]


def _understood(text: str, today: date, office: Office) -> TimeConstraint | None:
    sentence = Sentence(text)
    sentence.wrong = bool(_ABOUT_LIFE.search(text))
    days, clocks = DayWords(sentence, today), ClockWords(sentence, today, office)
    days.read()
    clocks.read()
    while sentence.cut(_ANYTIME):
        pass
    left = [word.strip(".,!?;:()-&") for word in sentence.rest.split()]
    if sentence.wrong or not sentence.read_any or any(word and word not in _FILLER for word in left):
        return None
    return TimeConstraint(
        days=tuple(sorted(set(days.days), key=lambda one: one.first)),
        weekdays=frozenset(days.weekdays) if days.weekdays is not None else None,
        earliest=clocks.earliest,
        latest=clocks.latest,
        exact=clocks.exact,
    )


_FILLER = word_set(
    """
    a able about actually again ahead all also am an and any anything anytime appointment are around as at
    availability available be best better between book booked booking but call can change could day days
    do does doing during either else fine fit for free from gonna good got great guess have hello her hey
    hi him hmm hope how i i'd i'll i'm ideally if im in instead is it it's its just kind let's lets like
    lol make maybe me meant meet might mine my of oh ok okay on only open opening openings or perfect
    perhaps please pls plz possible possibly prefer preferably probably rather really schedule see set
    should slot so some something sometime somewhere spot sure switch talk thank thanks that that's thats
    the them then there thing think this time times to too try u um until us wanna want we we'd week well
    what what's whats will with work working works would y'all yeah yep yes you your
    """
)
# "i work until 5" tells when the parent can not; what that leaves is asked, not guessed
_ABOUT_LIFE = re.compile(
    r"\b(?:i|we) (?:work(?! for| with)|(?:am|'m) (?:at work|busy)|have work|got work)|\bi'm at work\b"
)
_ANYTIME = re.compile(
    r"\b(?:anytime|as soon as possible|asap|(?:the )?(?:soonest|earliest|next|first) (?:available|possible|opening|slot|time|call)"
    r"|(?:the )?(?:soonest|earliest)|no preference|all week|any day of the week|i don't care|i don't mind|doesn't matter|any day|i'm flexible|im flexible"
    r"|flexible|any works|whatever (?:works|you have|is open|is best)|as early as possible|soon)\b"
)


_DAY = re.compile(rf"\b(?:{ONE_DAY})(?!\w)")
_TIME_OF_DAY = re.compile(rf"(?<![\w/:])(?:{CLOCK}|{PART}\b|anytime\b)")
_SEPARATOR = re.compile(r"\s*(?:[,;]|\b(?:or|and)\b)\s*")
_BETWEEN = re.compile(r"\b(between .*?) and ")


def _alternatives(text: str) -> list[str]:
    """Take apart what names several days, each with a time of its own: "monday at 9 or tuesday at 3".

    Days without a time belong to the next that has one: "monday or tuesday at 9, or friday at noon".
    """
    text = _BETWEEN.sub(r"\1 to ", text)
    pieces: list[str] = []
    has_both = False
    start = end = 0
    for separator in (*_SEPARATOR.finditer(text), None):
        piece = text[end : separator.start() if separator else len(text)]
        if has_both and _DAY.search(piece):
            pieces.append(text[start:end])
            start, has_both = end, False
        whole = text[start : separator.start() if separator else len(text)]
        has_both = bool(_DAY.search(whole) and _TIME_OF_DAY.search(_DAY.sub(" ", whole)))
        end = separator.end() if separator else end
    pieces.append(text[start:])
    pieces = [_SEPARATOR.sub("", piece, 1) if _SEPARATOR.match(piece) else piece for piece in pieces]
    timed = [piece for piece in pieces if _DAY.search(piece) and _TIME_OF_DAY.search(_DAY.sub(" ", piece))]
    return pieces if len(timed) > 1 else [text]
