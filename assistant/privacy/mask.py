"""Finds personal data in a parent's words and masks it, before anything is logged, sent on, or kept longer than needed.

Patterns, not a promise: names are found after the phrases that lead to one and where they are common first names.
Plan talk ("504", "34 CFR 300.301", "10 school days", "age 22") has its own test, tests/unit/privacy/test_mask.py.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal, NamedTuple

import phonenumbers

from assistant.privacy.first_names import FIRST_NAMES

Kind = Literal["email", "phone", "number", "date", "address", "name"]
YOUNGEST_YEARS = 3
"""A full date so many years ago stands for a birthday, unless it is said to be a plan's."""


_OURS = frozenset(["assistant", "actions", "whichplan"])
"""Loggers of this project: what they say holds no word of a parent."""


class Found(NamedTuple):
    """One piece of personal data: what it is, and its place in the text."""

    kind: Kind
    start: int
    end: int


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_EMAIL = _any_case(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.+-])[\w.+-]+ ?(?:\(at\)|\[at\]| at ) ?[\w-]+ ?(?:\(dot\)|\[dot\]| dot |\.) ?(?:com|org|net|edu|gov|us|io)\b"
)
# the form of North American numbers, also where the number itself does not exist: parents mistype
_PHONE = re.compile(
    r"(?<![\d.-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ]?)\d{3}[-. ]?\d{4}(?![\d-])"
    r"|(?<![\d.-])\d{3}-\d{4}(?![\d-])"
)
_NUMBERS = (
    _any_case(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])"),
    _any_case(
        r"(?:\bssn\b|\bsocial(?: security)?(?: number)?)\D{0,20}?(?P<it>\d{3}[ -]?\d{2}[ -]?\d{4}|\d{4})\b"
    ),
    _any_case(
        r"\b(?:student|case|medicaid|insurance|policy|member|account|patient|license)"
        r"(?: (?:id|number|no)\b\.?| ?#| id number)(?: is)?[:# ]{0,3}(?P<it>[a-z]{0,3}\d[\d-]{3,})"
    ),
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|\d{{4}}-\d{{2}}-\d{{2}}|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? \d{{4}})?|\d{{6}}|\d{{8}}|(?:19|20)\d\d)"
)
_BORN = _any_case(
    rf"\b(?:born|birthday|birth ?date|date of birth|d\.?o\.?b\.?|bday)(?: is| was|'s)?(?: on| in)?[:, ]{{1,3}}(?P<it>{_DAY})(?!\w)"
)
_FULL_DATE = _any_case(
    rf"(?<![\w/.-])(?P<it>(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12]\d|3[01])[/.-](?P<year>(?:19|20)\d\d)"
    rf"|(?P<year2>(?:19|20)\d\d)-\d{{2}}-\d{{2}}|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?P<year3>(?:19|20)\d\d))(?![\w/-])"
)
_PLAN_DATE = _any_case(
    r"\b(?:iep|504|plan|meeting|eval\w*|dated|signed|since|until|letter|notice|consent|report)\b[^.?!]{0,20}$"
)
_WORD = r"(?:[a-z][a-z'.-]*|\d{1,3}(?:st|nd|rd|th))"
_STREET = _any_case(
    rf"(?<![\d.])\d{{1,6}}(?: [nsew]\.?| (?:north|south|east|west))?(?P<words>(?: {_WORD}){{1,3}}?) "
    r"(?P<suffix>street|st|avenue|ave|boulevard|blvd|lane|ln|road|rd|parkway|pkwy|highway|hwy"
    r"|court|ct|drive|dr|way|place|pl|trail|circle|cir|loop|terrace)\b\.?"
    r"(?:,? (?:apt|apartment|unit|suite|lot|#) ?#?\w{1,5})?"
)
_CLEAR_SUFFIX = frozenset("street st avenue ave boulevard blvd lane ln road rd parkway pkwy".split())
_NO_STREET = frozenset(
    """a all an and any are at away but by can child class classes court day days did do does for from get goes grade
    grades had has have he her his hour hours i iep ieps if in is it kids law mile miles minute minutes month months more
    my no not of off on or our out page plan plans points school she so students teachers than that the their them they
    this to until was we week weeks were when with year years you your""".split()
)
_OTHER_ADDRESSES = (
    _any_case(r"\bp\.? ?o\.? box \d+"),
    re.compile(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b"),
    _any_case(r"\bzip(?: ?code)?(?: is)?[: ]{1,2}(?P<it>\d{5}(?:-\d{4})?)\b"),
    _any_case(r"(?:(?<=, )|(?<=^))(?:apt|apartment|unit) #?\d\w{0,4}\b"),
)

_KIN = (
    r"(?:son|daughter|child|kid|boy|girl|baby|kiddo|grandson|granddaughter|grandchild|grandbaby|nephew|niece|brother|sister|husband|wife"
    r"|stepson|stepdaughter|foster (?:son|daughter|child)|student|twins?|youngest|oldest|eldest|middle child|mom|dad"
    r"|teacher|principal|counselor|case manager|therapist|aide|para|advocate|coordinator|pediatrician|psychologist)"
)
_PERSON = r"[A-Z][\w'’-]*[a-z][\w'’-]*(?: (?!I\b)[A-Z][\w'’-]+)?"
_SAID = re.compile(
    r"\b(?i:(?:my|his|her|their|our|the|child'?s|kid'?s|son'?s|daughter'?s|student'?s|full|first|last) (?:\w+ )?name(?: is|'s|s)?[:,]?|me llamo|se llama|named|called"
    r"|i am|i'm|im|this is|it'?s|signed|sincerely|regards|thanks|thank you|best|love)[,:]?\s+-?\s*(?P<it>"
    + _PERSON
    + ")"
)
_SAID_LOWER = _any_case(
    r"\b(?:(?:my|his|her|their|child'?s|kid'?s|son'?s|daughter'?s) name(?: is|'s|s)?|name is|me llamo|se llama|named)[:,]? (?P<it>[a-z][a-z'’-]{1,20})\b"
)
_KIN_NAME = re.compile(
    r"\b(?i:(?:my|our|his|her|their|the|a)? ?(?:\w+ )?"
    + _KIN
    + r")(?:,? (?i:named|called|is))?,? \(?(?P<it>"
    + _PERSON
    + ")"
)
_KIN_LOWER = _any_case(r"\b" + _KIN + r",? \(?(?P<it>[a-z][a-z'’-]{1,20})\b")
_TITLED = re.compile(
    r"\b(?:(?i:mr|mrs|mx|dr|prof)\.?|(?i:ms)\.?|Miss|Coach|Principal|Nurse|Professor|Senora|Señora|Señor) (?P<it>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
)
_TITLED_LOWER = re.compile(r"\b(?:mr|mrs|ms|dr)\.? (?P<it>[a-z][a-z'’-]{2,20})\b")
_CAPITAL = re.compile(r"\b(?P<it>(?P<first>[A-Z][a-z]+|[A-Z]{3,})(?:'s)?(?: (?!I\b)[A-Z][\w'’-]+)?)\b")
_OWNER = re.compile(
    r"\b(?P<it>[A-Z][a-z]{2,})['’]s (?i:teachers?|plan|iep|504|school|class|classroom|accommodations|case manager|aide|para|mom|dad|meeting|evaluation|grades|diagnosis)\b"
)
_SIGNED = re.compile(r"(?:^|\n)[-–—~ ]*(?P<it>[A-Z][a-z]+ [A-Z][a-z]+)[.! ]*$")
_NO_NAME = frozenset(
    """a about accommodations adhd advocate afraid after again all am an and angry another any anxiety anxious are as asking
    at autism autistic back because been before being both but by calling called can cannot case child confused coordinator
    could crying dad day denied desperate did didn different district do does doesn doctor dr due dyslexia dyslexic each
    education email english every everything exhausted failing federal fine first for free friday from frustrated general
    get gets getting given going good got grade had happy has hasn hate hates have having he help her here hi him his how i
    idea idea's iep ieps if in individualized is isn it its just keeps kid know last law learning let letter like likes lost
    mad major may maybe me meeting mom monday more mr mrs ms much my need needs never new next no none normal not note
    notes nothing now of ok okay old on one only or order orders ot our out overwhelmed parent parents para pt plan plans
    please principal program public que qualified qualifies reading really refused sad said saturday saying says school
    section seems sick since single so some special specialist spanish speech started state still struggling student study
    such sunday sure talking teacher teachers team texas than thanks that the their them then there they this thursday tired title to today too
    trying tuesday two under until up upset us used very visit visits wants was we wednesday went were what when where which
    who whose why will with without won worried would writing wrong wrote year years yes you your
    appointment district's diagnosed prescribed gave stating stated office recommended recommends thinks thinking
    january february march april june july august september october november december
    medicaid medicare california florida america american black white hispanic latina latino asian native muslim jewish
    catholic crohn asperger tourette down son daughter mother father husband wife everyone everybody someone""".split()
)
_LETTERS = frozenset("IEP ADHD LRE FAPE IDEA SLP".split())
_ALSO_WORDS = frozenset("will may april june august mark".split())
"""Words that are names right after "my son", written with a capital."""
_PLACES = frozenset(
    "county school schools elementary middle high isd unified public city academy university college".split()
)


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
    for match in _EMAIL.finditer(text):
        yield _found("email", match)
    for pattern in _NUMBERS:
        for match in pattern.finditer(text):
            yield _found("number", match)
    yield from _dates(text)
    yield from _phones(text)
    yield from _addresses(text)
    yield from _known(text, names)
    yield from _names(text)


def _found(kind: Kind, match: re.Match[str]) -> Found:
    return Found(kind, *match.span("it" if "it" in match.re.groupindex else 0))


def _dates(text: str) -> Iterator[Found]:
    for match in _BORN.finditer(text):
        yield _found("date", match)
    newest = datetime.now(UTC).year - YOUNGEST_YEARS
    for match in _FULL_DATE.finditer(text):
        year = int(match["year"] or match["year2"] or match["year3"])
        if year <= newest and not _PLAN_DATE.search(text[: match.start()]):
            yield _found("date", match)


def _phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        yield _found("phone", match)
    if "+" in text:  # numbers of other countries are only told apart by it
        for abroad in phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.POSSIBLE):
            if abroad.raw_string.startswith("+"):
                yield Found("phone", abroad.start, abroad.end)


def _addresses(text: str) -> Iterator[Found]:
    for match in _STREET.finditer(text):
        words = match["words"].split()
        clear = match["suffix"].lower() in _CLEAR_SUFFIX and len(words) <= 2
        written = clear or all(word[0].isupper() or word[0].isdigit() for word in words)
        if written and not _NO_STREET.intersection(word.lower() for word in words):
            yield _found("address", match)
    for pattern in _OTHER_ADDRESSES:
        for match in pattern.finditer(text):
            yield _found("address", match)


def _known(text: str, names: Iterable[str]) -> Iterator[Found]:
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 1}
    for part in sorted(parts, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE):
            yield _found("name", match)


def _names(text: str) -> Iterator[Found]:
    for pattern in (_TITLED, _SAID, _KIN_NAME, _OWNER, _SIGNED):
        for match in pattern.finditer(text):
            yield _until_ordinary(match, also_words=pattern is _KIN_NAME)
    for pattern in (_SAID_LOWER, _TITLED_LOWER):
        for match in pattern.finditer(text):
            if not _ordinary(match["it"]):
                yield _without_ending(match["it"], match.start("it"))
    for match in _KIN_LOWER.finditer(text):
        if _plain(match["it"]) in FIRST_NAMES:
            yield _without_ending(match["it"], match.start("it"))
    for match in _CAPITAL.finditer(text):
        if match["first"].lower() in FIRST_NAMES and match["it"].split()[-1].lower() not in _PLACES:
            yield _until_ordinary(match)


def _until_ordinary(match: re.Match[str], also_words: bool = False) -> Found:
    """Return the part of a capitalised name before the first ordinary word, such as "Jaden" of "Jaden He"."""
    length = 0
    for word in re.finditer(r"\S+", match["it"]):
        is_name = (
            also_words
            and not length
            and word[0].lower() in _ALSO_WORDS
            and match[0].split()[-2:][0].islower()
        )
        if not is_name and (_ordinary(word[0]) or word[0] in _LETTERS):
            break
        length = word.end()
    return _without_ending(match["it"][:length], match.start("it"))


def _without_ending(name: str, start: int) -> Found:
    return Found("name", start, start + len(re.sub(r"(?:['’]s?)?[.,'’-]*$", "", name)))


def _plain(word: str) -> str:
    """Return a word in lower case, without what English hangs on it."""
    return re.sub(r"['’]s?$", "", word.lower()).strip("'’.,-")


def _ordinary(word: str) -> bool:
    return _plain(word) in _NO_NAME or re.split("['’]", _plain(word))[0] in _NO_NAME
