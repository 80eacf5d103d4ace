"""Where in a message its wish for a time stands: "my son was suspended today. can i talk to someone tomorrow before noon".

A message is taken apart into clauses. One that names a time beside other words gives the time alone; one that tells of something
else (a meeting, a shift) gives none. What it tells may be left aside only where the wish says its own day or hour: a time half
understood is a wrong time.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.booking.times.spanish_times import in_english

Understands = Callable[[str], bool]
"""Tells whether words are a time, fully understood."""

WEEKDAY_SAID = r"(?<!\bhe )(?<!\bshe )(?<!\bthey )(?<!\bi )(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?(?! (?:in|on|there|down|alone|out|with|next|through|outside|by)\b)|sun)(?:day)?'?s?"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}|(?:in|of) (?:january|february|march|april|may|june|july|august|september|october|november|december)"
DAY_SAID = re.compile(
    rf"\b(?:{WEEKDAY_SAID}|today|tonight|tomm?orr?ow|tmrw?|2morrow|(?:this|next|the|last|first) week(?:end)?|weeks? (?:of|after|before|from)|week ?days?|weekends?"
    rf"|next month|{_MONTH}|thanksgiving|christmas|\d{{1,2}}/\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)(?! grade))\b",
    re.IGNORECASE,
)
HOUR_SAID = re.compile(
    r"\b\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\b|ish\b|o'?clock)|\b\d{1,2}:\d\d\b|\b\d{1,2} ?(?:-|to|or|and|until|till) ?\d{1,2}(?::\d\d)?\b(?! ?(?:kids|years?|days?|weeks?|months?))"
    r"|(?:\b(?:at|after|before|b4|around|by|until|til+|past|than|between)|@) ?\d{1,4}(?::\d\d)?\b(?! ?(?:days?|weeks?|months?|years?|kids|dollars))|\b\d{1,2} or (?:later|after|earlier|before)\b"
    r"|\b(?:noon|midday|lunch|mornings?|afternoons?|evenings?|nights?)\b|\bafter (?:school|work|drop ?off|pick ?up)\b",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\b(?:any ?time|whenever|asap|as soon as possible|any ?day|first available|soonest|earliest)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"\s*(?:[;\n()😭🙏…]|,(?!\d)|[.!?]+(?=\s|$)|(?<=\s)[-/|](?=\s))\s*"
    r"|\s+(?:because|cause|cuz|bc|(?:and )?(?P<so>so)(?! (?:tired|much|many|far|long))|(?<!\bany day )(?<!\bany days )(?<!\bevery day )(?<!\banytime )(?<!\bany time )(?<!\bwhenever )but(?! not\b| no\b| except\b)(?= \D)|and(?= (?:i|we|my|they|he|she|it'?s|the|it)\b)|pero|porque|y(?= (?:quiero|quisiera|necesito|puedo|podemos|me|nos|mi|yo|lo|la|le)\b))\s+"
    r"|\s+(?=(?:(?:the|my|our|his|her) (?:\w+ )?(?:meeting|hearing|appt|appointment|number|name|names|phone|cell|email)|it'?s|i'?m|this is|her name|his name)\b)",
    re.IGNORECASE,
)
# what a clause tells of instead: a wish for our call names none of these
ELSEWHERE = re.compile(
    r"\b(?:meetings?|hearings?|mediat(?:ion|or)|due process|resolution session|manifestation|mdr|ard|conference(?! call)|dr|doctor'?s?|dentist|appt|therapy|suspen\w+|expel\w+|evaluat\w+|test(?:ed|ing)?|due|deadline|iep|504|class|practice|shift|(?:i|we|i'm|im|he|she|they) (?:\w+ )?work(?:ing)?(?! for\b| with\b)"
    r"|asleep|sleep|get (?:off|home|out|back)|gets? (?:off|home|out)|wake|birthday|grade|grader|years?|since|was|were|had|has(?! to be)|happened|told|said|sent|called|emailed|court"
    r"|vacation|out of town|have (?:a|an|to|another|my)|got (?:a|an|another|my)|starts?|ends?|begins?)\b",
    re.IGNORECASE,
)
DENIES = re.compile(
    r"\b(?:never|not|no|cannot|before|after|until|till|except|unless|without|avoid|busy|unavailable|hate|bad|only if)\b|n't\b|\b(?:cant|wont|dont)\b",
    re.IGNORECASE,
)
# "a call friday to prep for mediation" is for our call
_PREPARES = re.compile(r"\b(?:prep\w*|(?:get )?ready) for (?:(?:my|our|the|his|her|an?) )?(?:\w+ ){0,2}(?:meeting|hearing|mediation|due process)[ .?!]*$", re.IGNORECASE)  # fmt: skip
_BOUND = re.compile(r"^(?:but )?(?:not |never )?(?:before|after|until|till|except|unless|by)\b|\b(?:until|till|before|unless|except)\b", re.IGNORECASE)  # fmt: skip
# "1st choice wed 12, backup thurs at 1": any of them will do
_CHOICE = re.compile(
    r"\b(?:my )?(?:1st|first) (?:choice|option|pick)\b:?(?: (?:is|would be))?|(?P<other>\b(?:my )?(?:2nd|3rd|second|third) (?:choice|option|pick)\b:?(?: (?:is|would be))?"
    r"|\b(?:back ?up|plan b|otherwise|or else|if not|if that doesn'?t work|if thats no good)\b:?,?)",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(r",? ?\b(?:at )?(?:the )?same times?\b", re.IGNORECASE)
# "we meet on the 24th so before that", "i get home at 4 so after that"
_POINTING = re.compile(r"\b(?P<how>before|after)(?: (?:that|then|it)| ?hand)\b", re.IGNORECASE)
_WEEKDAY_OF_DATE = re.compile(
    rf"\b{WEEKDAY_SAID},? (?:on )?(?:the )?(?=\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}}/\d|{_MONTH})",
    re.IGNORECASE,
)
_CANNOT = re.compile(
    r"\b(?:(?:i|we|i'?m|we'?re) )?(?:can'?t|cannot|can not|(?:am |are )?not (?:free|available)|(?:am |are )?busy)(?: (?:do|make|talk|on|in the|at))* (?=\w)",
    re.IGNORECASE,
)
_BEFORE_MEETING = re.compile(
    r"\bbefore (?:(?:my|our|the|his|her|their|an?|that) (?:[a-z0-9']+ ){0,2}(?:meeting|hearing|appointment|conference|evaluation|mediation|due process)|mediation|due process)"
    r"(?: (?:is|that's|thats|that is|which is|on|this|next))* (?=[a-z0-9])",
    re.IGNORECASE,
)
_STOP = re.compile(r"[;\n.!?]")
_EXCLUDES = re.compile(r"(?:but )?(?:not|no|except)\b", re.IGNORECASE)
_SUITS = re.compile(r"\b(?:ok|okay|works?|fine|good|great|free|open|available|best|better)\b", re.IGNORECASE)
_MOST_BESIDE = 8


@dataclass(frozen=True)
class Told:
    """What a message says of a time.

    Attributes:
        wish: The words about time, a line for each part where they do not read as one; None for no wish.
        rest: The message without them.
        unread: Whether it says more of a time than was understood.
    """

    wish: str | None
    rest: str
    unread: bool = False


@dataclass
class _Clause:
    text: str
    said: str  # in English
    explains: bool = False  # "… so 9 or later" follows
    stops: bool = False  # the end of a sentence follows
    wish: str | None = None
    beside: str = ""
    elsewhere: bool = False

    @property
    def timely(self) -> bool:
        return any(kind.search(self.said) for kind in (DAY_SAID, HOUR_SAID, _ANY))


def time_told(text: str, understands: Understands) -> Told:
    """Return what a message says of a time.

    >>> time_told("he was suspended today. can we talk friday", lambda words: words == "friday").wish
    'friday'
    """
    clauses = [_read(clause, understands) for clause in _clauses(_plain(text))]
    wishes = [clause for clause in clauses if clause.wish]
    others = [clause for clause in clauses if clause.timely and not clause.wish]
    rest = ", ".join(filter(None, (clause.beside if clause.wish else clause.text for clause in clauses)))
    told = " ".join(clause.said for clause in wishes)
    if any(_is_open(clause, told) for clause in others):
        return Told(None, rest, unread=True)
    if not wishes:
        return Told(None, rest)
    parts = [str(clause.wish) for clause in wishes]
    if any(_suits_after_all(one, other) for one, other in itertools.pairwise(wishes)):
        return Told("\n".join(parts), rest)
    excluded = any(_EXCLUDES.match(part) for part in parts)
    for wish in (", ".join(parts), " ".join(parts), *([] if excluded else [" or ".join(parts)])):
        if understands(wish):
            return Told(wish, rest)
    return Told("\n".join(parts), rest)


def _suits_after_all(one: _Clause, other: _Clause) -> bool:
    """Tell whether days follow days that don't suit, and are none of them: "not mon or tues. wed is ok"."""
    no, yes = str(one.wish), str(other.wish)
    if not _EXCLUDES.match(no) or not DAY_SAID.match(yes):
        return False
    return bool(_SUITS.search(f"{yes} {other.beside}")) or (one.stops and no.endswith(("day", "days")))


def _plain(text: str) -> str:
    """Return the text with choices, what can't be, and what points to another part of it said plainly."""
    text = _CHOICE.sub(lambda found: " or " if found["other"] else " ", text)
    text = _BEFORE_MEETING.sub("before ", _CANNOT.sub("not ", _SAME_TIME.sub("", text)))
    pointing = _POINTING.search(text)
    if pointing is None:
        return text
    # "monday the 30th" is one day
    before, how = _WEEKDAY_OF_DATE.sub("", text[: pointing.start()]), pointing["how"]
    days, hours = ([found[0] for found in kind.finditer(before)] for kind in (DAY_SAID, HOUR_SAID))
    if how.lower() == "before" and len(days) == 1:
        before, meant = DAY_SAID.sub(" ", HOUR_SAID.sub(" ", before)), days[0]
    elif len(hours) == 1:
        before, meant = HOUR_SAID.sub(" ", before), re.sub(r"^[^\d]*(?=\d)", "", hours[0])
    else:
        return text
    the = "the " if meant[0].isdigit() and meant[-1].isalpha() and meant in days else ""
    return f"{before}, {how} {the}{meant}{text[pointing.end() :]}"


def _clauses(text: str) -> Iterator[_Clause]:
    start = 0
    for cut in (*_BREAK.finditer(text), None):
        piece = text[start : cut.start() if cut else len(text)].strip()
        if piece:
            yield _Clause(
                piece,
                in_english(piece),
                explains=bool(cut and cut["so"]),
                stops=bool(cut and _STOP.search(cut[0])),
            )
        start = cut.end() if cut else start


def _read(clause: _Clause, understands: Understands) -> _Clause:
    """Find the longest run of words of a clause that is a time and leaves no word about time beside it."""
    if not clause.timely:
        return clause
    words = clause.said.split()
    bare = _PREPARES.sub(" ", clause.said)
    for kind in (DAY_SAID, HOUR_SAID, _ANY):
        bare = kind.sub(" ", bare)
    clause.elsewhere = bool(ELSEWHERE.search(bare))
    for first, last in _runs(*_timely_words(" ".join(words)), len(words)):
        wish = " ".join(words[first:last]).strip(" ,.?!")
        if not understands(wish):
            continue
        beside = " ".join((*words[:first], *words[last:]))
        if not clause.elsewhere and not DENIES.search(beside):
            clause.wish, clause.beside = wish, beside
        break
    return clause


def _timely_words(text: str) -> tuple[int, int]:
    """Return the place of the first word about time, and the one behind the last."""
    spans = [match.span() for kind in (DAY_SAID, HOUR_SAID, _ANY) for match in kind.finditer(text)]
    begin, end = min(start for start, _ in spans), max(stop for _, stop in spans)
    return text[:begin].count(" "), text[:end].rstrip().count(" ") + 1


def _runs(begin: int, end: int, count: int) -> list[tuple[int, int]]:
    """Return the runs of words that hold these and some of their neighbors, the longest first."""
    firsts = range(max(0, begin - _MOST_BESIDE), begin + 1)
    lasts = range(end, min(count, end + _MOST_BESIDE) + 1)
    return sorted(itertools.product(firsts, lasts), key=lambda run: run[0] - run[1])


def _is_open(clause: _Clause, told: str) -> bool:
    """Tell whether a clause without a wish may hold a part of the wish after all."""
    if clause.explains and told:
        return False
    if not clause.elsewhere:
        return True
    covered = bool(_ANY.search(told)) or all(
        kind.search(told) for kind in (DAY_SAID, HOUR_SAID) if kind.search(clause.said)
    )
    return not covered and (bool(told) or bool(_BOUND.search(clause.said)))
