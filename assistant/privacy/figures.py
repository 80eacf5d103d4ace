"""Finds what is made of figures and signs: e-mail addresses, phone and other numbers, birth dates, postal addresses.

As parents type them, with blanks where none belong and figures spelled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import phonenumbers

from assistant.privacy.found import Found, any_case, found_in
from assistant.privacy.ordinary import is_public, ordinary_words

YOUNGEST_YEARS = 3
"""A full date so many years ago stands for a birthday, unless it is said to be a plan's."""

_TOP = r"(?:com|org|net|edu|gov|mil|us|io|me|co|info|mx)\b"
_EMAIL = any_case(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|(?<![\w.+-])[\w.+-]+ ?@ ?[\w-]+(?: ?\. ?[\w-]+)?? ?\. ?{_TOP}"
)
_DOT = r" ?(?:\(dot\)|\[dot\]|\bdot\b|\bpunto\b|\.) ?"
_EMAIL_IN_WORDS = any_case(
    rf"(?<![\w.+-])(?P<who>[\w.+-]+(?: (?:dot|punto) [\w+-]+){{0,2}}) ?(?P<at>\(at\)|\[at\]|\bat\b|\barroba\b) ?[\w-]+(?:{_DOT}[\w-]+){{0,2}}?{_DOT}{_TOP}"
)
_GAP = r" ?[-./‐‑–—]? ?"
# the form of North American numbers, also where the number itself does not exist: parents mistype
_PHONE = re.compile(
    rf"(?<![\d.-])(?:\+?1{_GAP})?(?:\(\d{{3}}\) ?|\d{{3}}{_GAP})\d{{3}}{_GAP}\d{{4}}(?![\d-])"
    r"|(?<![\d.-])\d{3} ?[-‐‑–] ?\d{4}(?![\d-])"
)
_SHORT_PHONE = re.compile(
    r"(?<![\d.-])(?<!\d )(?P<first>[2-9]\d\d)(?P<between>[ .])(?P<last>\d{4})(?![\d-])(?! \d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CALL = any_case(
    r"\b(?:call|text|phone|cell|mobile|number|reach|tel|ring|whatsapp|llame|llámeme|teléfono|número|celular)\b[^.?!]{0,20}$"
)
_NO_PHONE = frozenset(["504", "529"])
_DIGITS = {
    word: digit
    for digit, words in enumerate(
        "zero oh o cero;one uno;two dos;three tres;four cuatro;five cinco;six seis;seven siete;eight ocho;nine nueve".split(
            ";"
        )
    )
    for word in words.split()
}
_SPOKEN_DIGIT = rf"(?:\d{{1,4}}|(?:double |triple )?(?:{'|'.join(_DIGITS)}))"
_SPOKEN = any_case(rf"(?<![\w-]){_SPOKEN_DIGIT}(?:[ ,.-]{{1,3}}{_SPOKEN_DIGIT}){{2,12}}(?![\w-])")
_PHONE_LENGTHS = (7, 10, 11)
_NUMBERS = (
    any_case(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|(?<![\d-])\d{3} \d{2} (?!(?:19|20)\d\d)\d{4}(?![\d-])"),
    any_case(
        r"(?:\bssn\b|\bss ?#|\bss (?:no|num|number)\b|\bsocial(?: security)?(?: number)?|\bseguro social)\D{0,20}?"
        r"(?P<it>\d{3}[ -]?\d{2}[ -]?\d{4}|\d{4})\b"
    ),
    any_case(
        r"\b(?:student|case|medicaid|medi-?cal|chip|insurance|policy|member|group|account|patient|license|lunch|bus|passport|visa|alien|claim|record|estudiante)"
        r"(?: (?:id|number|num|no|pin|code)\b\.?| ?#| id number)(?: is| es)?[:# ]{0,3}(?P<it>(?:[a-z]{1,3} )?(?=[\w-]*\d[\w-]*\d)[a-z0-9][a-z0-9-]{3,})\b"
    ),
    any_case(
        r"\b(?:id|pin)(?: (?:number|no\.?|is|number is)|:| ?#)[:# ]{0,3}(?P<it>(?=[\w-]*\d[\w-]*\d)[a-z0-9][a-z0-9-]{3,})\b"
    ),
)
_MONTH = (
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
_NTH = (
    r"(?:(?:twenty|thirty)[ -]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_YEAR_SAID = r"(?:,? (?:of )?(?:(?:19|20)\d\d|(?:two thousand|twenty|nineteen)(?:[ -](?:and )?[a-z]+){0,2}))?"
_DAY = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|\d{{4}}-\d{{2}}-\d{{2}}|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|{_MONTH} (?:the )?(?:{_NTH}){_YEAR_SAID}|(?:the )?(?:{_NTH}) of {_MONTH}{_YEAR_SAID}"
    rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of |de )?{_MONTH}(?:,? (?:de |del )?\d{{4}})?|\d{{6}}|\d{{8}}|(?:19|20)\d\d)"
)
_BORN = any_case(
    r"\b(?:born|birthday|birth ?date|date of birth|d\.?o\.?b\.?|bday|naci[oó]|nacid[oa]|fecha de nacimiento|cumpleaños"
    r"|(?:turn(?:s|ed|ing)?|(?:will|going to) be) \d{1,2}|cumple \d{1,2}(?: años)?)"
    rf"(?: is| was|'s| es)?(?: on| in| el| en)?[:, ]{{1,3}}(?P<it>{_DAY})(?!\w)"
)
_FULL_DATE = any_case(
    rf"(?<![\w/.-])(?P<it>(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12]\d|3[01])[/.-](?P<year>(?:19|20)\d\d)"
    rf"|(?P<year2>(?:19|20)\d\d)-\d{{2}}-\d{{2}}|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?P<year3>(?:19|20)\d\d))(?![\w/-])"
)
_PLAN_DATE = any_case(
    r"\b(?:iep|504|plan|meeting|eval\w*|dated|signed|since|until|letter|notice|consent|report)\b[^.?!]{0,20}$"
)
_WORD = r"(?:[a-z][a-z'.-]*|\d{1,3}(?:st|nd|rd|th))"
_CLEAR = r"street|st|avenue|ave|boulevard|blvd|lane|ln|road|rd|parkway|pkwy"
_STREET = any_case(
    rf"(?<![\d.])\d{{1,6}}(?: [nsew]\.?| (?:north|south|east|west))?(?P<words>(?: {_WORD}){{1,3}}?) "
    rf"(?P<suffix>{_CLEAR}|highway|hwy|court|ct|drive|dr|way|place|pl|trail|circle|cir|loop|terrace|hollow|ridge|run|crossing|square|pike|bend|path|point"
    rf"|glen|grove|heights|meadows?|view|vista|canyon|cove|landing|turnpike|alley|gardens|hills?|knoll|valley|walk|park)\b\.?(?: (?:{_CLEAR}|court|ct|drive|dr|way|place|circle|trail)\b\.?)?"
    r"(?:,? (?:apt|apartment|unit|suite|lot|#) ?#?\w{1,5})?"
)
_CLEAR_SUFFIX = frozenset(_CLEAR.split("|"))
_NO_STREET = frozenset(
    """a all an and any are at away but by can child class classes court day days did do does for from get goes grade
    grades had has have he her his hour hours i iep ieps if in is it kids law mile miles minute minutes month months more
    my no not of off on or our out page plan plans points school she so students supreme teachers than that the their them they
    this to until was we week weeks were when with year years you your""".split()
)
_LIVES = any_case(
    rf"\b(?:(?:lives?|living|moved to|vivo|vive|vivimos)(?: at| on| en)?|(?:address|dirección)(?: is| es)?:?) (?P<it>\d{{2,6}}(?: {_WORD}){{1,4}}?)(?=[,.;!?\n]|$| and | in | y | apt| unit| #)"
)
_OTHER_ADDRESSES = (
    any_case(r"\bp\.? ?o\.? box \d+"),
    re.compile(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b"),
    any_case(r"\bzip(?: ?code)?(?: is)?[: ]{1,2}(?P<it>\d{5}(?:-\d{4})?)\b"),
    any_case(r"(?:(?<=, )|(?<=^))(?:apt|apartment|unit) #?\d\w{0,4}\b"),
    any_case(
        r"\b(?:calle|avenida|calzada|carretera|callejón)(?: [a-zà-ÿ.]+){1,4}?,? (?:#|no\.? |número )?\d{1,5}\b"
    ),
)


def figures(text: str) -> Iterator[Found]:
    """Find all of them, the surest first."""
    yield from _emails(text)
    for pattern in _NUMBERS:
        for match in pattern.finditer(text):
            yield found_in("number", match)
    yield from _dates(text)
    yield from _phones(text)
    yield from _addresses(text)


def _emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield found_in("email", match)
    for match in _EMAIL_IN_WORDS.finditer(text):
        # "look at understood.org" names a website
        if match["at"].lower() != "at" or re.split(r"[ .]", match["who"].lower())[-1] not in ordinary_words():
            yield found_in("email", match)


def _dates(text: str) -> Iterator[Found]:
    for match in _BORN.finditer(text):
        yield found_in("date", match)
    newest = datetime.now(UTC).year - YOUNGEST_YEARS
    for match in _FULL_DATE.finditer(text):
        year = int(match["year"] or match["year2"] or match["year3"])
        if year <= newest and not _PLAN_DATE.search(text[: match.start()]):
            yield found_in("date", match)


def _phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        if not is_public(re.sub(r"\D", "", match[0])):
            yield found_in("phone", match)
    for match in _SHORT_PHONE.finditer(text):
        called = _CALL.search(text[: match.start()])
        unlike_others = match["between"] == " " and not _YEAR.fullmatch(match["last"])
        if match["first"] not in _NO_PHONE and (called or unlike_others):
            yield found_in("phone", match)
    for match in _SPOKEN.finditer(text):
        if _is_a_phone_number(match[0].lower()):
            yield found_in("phone", match)
    if "+" in text:  # numbers of other countries are only told apart by it
        for abroad in phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.POSSIBLE):
            if abroad.raw_string.startswith("+"):
                yield Found("phone", abroad.start, abroad.end)


def _is_a_phone_number(said: str) -> bool:
    """Tell whether figures that are spelled out or stand apart, as in "206 five five five 0134", are as many as a phone number has."""
    parts = re.findall(r"\d+|[a-z]+", said)
    spoken = sum(part in _DIGITS for part in parts)
    apart = all(len(part) == 1 for part in parts if part.isdigit())
    digits, times = "", 1
    for part in parts:
        if part in ("double", "triple"):
            times = 2 if part == "double" else 3
            continue
        digits += (part if part.isdigit() else str(_DIGITS[part])) * times
        times = 1
    counted = digits in "01234567891011"
    return len(digits) in _PHONE_LENGTHS and (spoken > 2 or apart) and not counted and not is_public(digits)


def _addresses(text: str) -> Iterator[Found]:
    for match in _STREET.finditer(text):
        words = match["words"].split()
        clear = match["suffix"].lower() in _CLEAR_SUFFIX and len(words) <= 2
        written = clear or all(word[0].isupper() or word[0].isdigit() for word in words)
        if written and not _NO_STREET.intersection(word.lower() for word in words):
            yield found_in("address", match)
    for pattern in (_LIVES, *_OTHER_ADDRESSES):
        for match in pattern.finditer(text):
            yield found_in("address", match)
