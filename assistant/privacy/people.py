"""Finds names of people and schools: behind the words that lead to one, common first names, and words that are no others.

English and Spanish, as parents here write both, often in one message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile, takewhile

from assistant.privacy.first_names import FIRST_NAMES
from assistant.privacy.found import Found, any_case, found_in
from assistant.privacy.ordinary import known_places, may_be_a_name, ordinary_words

_UPPER, _LOWER = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
_FURTHER = rf"(?: (?:(?:de|del|de la|de los|da|dos|van|von|bin|el) )?(?!I\b)[{_UPPER}][\w'’-]+){{0,3}}"
_PERSON = rf"[{_UPPER}][\w'’-]*[{_LOWER}][\w'’-]*{_FURTHER}"
_WORD = rf"(?P<it>[{_LOWER}][{_LOWER}'’-]{{1,20}})\b"

_KIN = (
    r"(?:son|daughter|child|kid|boy|girl|baby|kiddo|grandson|granddaughter|grandchild|grandbaby|nephew|niece|brother|sister|husband|wife"
    r"|stepson|stepdaughter|foster (?:son|daughter|child)|student|twins?|youngest|oldest|eldest|middle child|mom|dad"
    r"|(?:year|yr)s?[ -]olds?|grader|kindergart(?:n|en)er|preschooler|toddler|teen|teenager|kids|children|sons|daughters|boys|girls|ex|ex[ -]?(?:husband|wife)|partner|boyfriend|girlfriend|fianc[eé]e?|grandma|grandpa|grandmother"
    r"|grandfather|uncle|aunt|cousin|friend|classmate|buddy|roommate|bully|neighbor|babysitter|nanny|tutor|coach|social worker|caseworker|superintendent|bus driver"
    r"|teacher|principal|counselor|case manager|therapist|aide|para|advocate|coordinator|pediatrician|psychologist"
    r"|hij[oa]s?|niñ[oa]s?|nene|nena|bebé|espos[oa]|marido|mamá|papá|herman(?:o|a|ito|ita)|abuel(?:o|a|ito|ita)|niet[oa]s?|sobrin[oa]s?|prim[oa]"
    r"|tí[oa]|maestr[oa]|profesora?|profe|directora?|consejer[oa]|doctora?|terapeuta|psicólog[oa]|trabajadora social|abogad[oa]|vecin[oa])"
)
_LED = (
    r"(?:(?:my|his|her|their|our|the|child'?s|kid'?s|son'?s|daughter'?s|student'?s|full|first|last) (?:\w+ )?name(?: is|'s|s)?[:,]?"
    r"|me llamo|se llama|(?:mi|su) nombre es|soy|habla|atentamente|saludos|gracias"
    r"|named|called|i am|i'm|im|this is|it'?s|signed|sincerely|regards|thanks|thank you|best|love)"
)
_SAID = re.compile(rf"\b(?i:{_LED})[,:]?\s+-?\s*(?P<it>{_PERSON})")
_CALLED = any_case(r"(?:called|it'?s)\b")
"""What else than a person is led to by these: a form, a method. So it is by "Student" with a capital: "Student Privacy Office"."""
_SAID_LOWER = any_case(
    r"\b(?:(?:my|his|her|their|child'?s|kid'?s|son'?s|daughter'?s) name(?: is|'s|s|:)|name is|me llamo|se llama|(?:mi|su) nombre es|(?:is|was) called|named)[:,]? "
    + _WORD
)
_I_AM_LOWER = any_case(r"\b(?:i'?m|i am|this is|soy|(?:my|his|her|their) name) " + _WORD)
_KIN_NAME = re.compile(rf"\b(?i:{_KIN}(?:,? (?:named|called|is|se llama))?,? )\(?(?P<it>{_PERSON})")
_KIN_LOWER = any_case(rf"\b{_KIN}(?:,? (?:named|called|se llama))?,? \(?{_WORD}")
_AND_PERSON = re.compile(rf"(?:,| and|, and| &| y| e) (?P<it>{_PERSON})")
_AND_LOWER = any_case(rf"(?:,| and|, and| &| y| e) {_WORD}")
_TITLED = re.compile(
    r"\b(?:(?i:mr|mrs|mx|dr|prof|sr|sra|srta|dra|lic)\.?|(?i:ms|señora?|señorita|senora|doña|licenciad[oa])\.?|Miss|Coach|Principal|Nurse|Officer|Professor|Don) "
    rf"(?P<it>[{_UPPER}][\w'’-]+{_FURTHER})"
)
_TITLED_LOWER = re.compile(
    r"\b(?:(?P<role>coach|nurse|officer)|mr|mrs|ms|dr|miss|señora?|sra|sr|doña)\.? (?:(?:de la|del|de|van|von) )?(?P<it>[a-zß-öø-ÿ][a-zß-öø-ÿ'’-]{1,20})\b"
)
_CAPITAL = re.compile(
    rf"\b(?P<it>(?P<first>[{_UPPER}][{_LOWER}]+|[{_UPPER}]{{3,}})(?:'s)?(?: (?!I\b)[{_UPPER}][\w'’-]+)?)\b"
)
_ANY_WORD = re.compile(rf"(?<![\w'’@.-])(?<!\b[Ss]an )(?<!\b[Ss]anta )(?P<it>[{_LOWER}]{{3,}})(?![\w@-])")
_DOES = (
    r"(?:needs|has|is|was|isn['’]?t|wasn['’]?t|can|can['’]?t|cannot|could|couldn['’]?t|gets|got|goes|went|hates|hated|loves|likes|says|said|does|doesn['’]?t"
    r"|did|didn['’]?t|had|refuses|refused|struggles|cries|cried|keeps|wants|came|comes|started|never|will|won['’]?t|still|just|also|turns|turned|reads|here|and (?:I|me))\b"
)
_DOER = re.compile(rf"\b(?P<it>[{_UPPER}][{_LOWER}]{{2,}}(?= {_DOES})|[{_UPPER}]{{5,}}(?= (?i:{_DOES})))")
_OWNS = r"(?i:teachers?|plan|iep|504|school|class|classroom|accommodations|case manager|aide|para|mom|dad|meeting|evaluation|grades|diagnosis)\b"
_OWNER = re.compile(rf"\b(?P<it>[{_UPPER}][{_LOWER}]{{2,}})['’]s {_OWNS}")
_OWNER_LOWER = re.compile(rf"\b(?P<it>[{_LOWER}]{{3,20}})['’]s {_OWNS}")
_DONE_TO = re.compile(
    r"(?<![\w'’])(?!(?:a|an|as|at|by|called|from|in|into|its?|like|live|lives|my|near|of|off|on|our|per|rural|some|speak|speaks|take|takes|taking|the|their|this|to|under|use|used|uses|via|with)\b)"
    rf"(?:[{_LOWER}'’]+|Is|Does|Can|Has|Did|Was|Will|Should),? (?P<it>[{_UPPER}][{_LOWER}]{{2,}})\b(?! [{_UPPER}])"
)
_BEGINS = re.compile(rf"(?:^|[.!?\n] ?)(?P<it>[{_UPPER}][{_LOWER}]{{2,}})(?= [{_LOWER}])")
_NEEDS_LOWER = re.compile(
    rf"(?:^|[.!?\n] ?)(?P<it>[{_LOWER}]{{3,20}}) (?:needs|hates|refuses|struggles|cries|bites|turned|turns|got|has)\b"
)
_SIGNED = re.compile(r"(?:^|\n)[-–—~ ]*(?P<it>[A-Z][a-z]+ [A-Z][a-z]+)[.! ]*$")

_SCHOOL_KIND = (
    r"(?:Elementary|Primary|Intermediate|Middle|Junior High|High|Montessori|Charter|Academy|Prep)(?: School| Academy)?"
    r"|School(?! (?:District|Board|Psych|Nurse|Bus|Year|Day|Counsel|Choice|Based|Lunch|Safety|Resource|Law|Code|Committee|Age|Improvement))"
)
_SCHOOL = re.compile(
    rf"(?P<it>(?:\b[{_UPPER}][\w'’.]*[ -]){{1,3}}?)(?P<kind>{_SCHOOL_KIND})\b(?! (?:District|Schools|Board))"
)
_SCHOOL_LOWER = any_case(
    r"\b(?:at|to|from|attends?|attending|goes to|of)\s+(?:the )?(?P<it>[a-z][a-z'.]+(?: [a-z][a-z'.]+)??)"
    r" (?:elementary|elem|middle|high|primary|intermediate|academy|charter|montessori)(?: school| academy)?\b"
)
_NO_SCHOOL = frozenset(
    """private special catholic christian jewish islamic magnet virtual online regular local state new old same other another
    different whole every any each both zoned home current previous former next nearby good bad big small summer sunday
    saturday night day boarding law medical nursing graduate after before middle elementary primary junior senior
    high jr sr charter prep montessori therapeutic alternative public neighborhood american english district's""".split()
)
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
_NO_NAME_IN_SPANISH = frozenset(
    """a al alguien algo año años aquí así autista aun aunque ayer bien buenas buenos cada como con cuando cumple de dejó del
    desde después dice dicen dijo donde dos el él ella en entonces es esa ese eso esta está están este fue ha hace hay hola
    hoy inglés juntos la las le les lleva lo los madre mamá más mayor me menor mi mucha muchas mucho muchos muy nada ni no
    nos nuestra nuestro nueva nueve nunca o padre papá para pero por porque pues puede que qué quien quiere sabe se señora
    será sea si sí siempre sin sobre solo soltera su también tampoco te tiene tienen todavía todo tres tuvo un una va vive
    y ya yo abogada abuela abuelo autismo casa clase discapacidad escuela especial evaluación maestra maestro director
    directora doctor doctora hijo hija niño niña plan reunión servicios sordo terapia usted ustedes gracias atentamente""".split()
)
_PLACES = frozenset("county isd unified public city university college district".split())
_THINGS = frozenset(
    """orton gillingham wilson barton lindamood lexia wechsler vineland sonday perkins pell stafford rowley endrew honig tatro
    doe fry smart beckett burlington winkelman""".split()
)
"""Ways to teach, tests, laws and cases that bear a name, where nothing says that somebody is meant."""
_WORDS_TOO = frozenset(
    "ana ava dean ella jan katie max miles pat sue rob bill ray art gene dale glen lane".split()
)
"""First names that are words as well: in lower case they need something that leads to them ("dean of students", "30 miles")."""
_LETTERS = frozenset("IEP ADHD LRE FAPE IDEA SLP".split())
_ALSO_WORDS = frozenset("will may april june august mark".split())
"""Words that are names right after "my son", written with a capital."""


def names_and_schools(text: str) -> Iterator[Found]:
    """Find names and schools, the surest first; a name that something led to is found again wherever it stands."""
    yield from _schools(text)
    places = [place.span() for place in known_places().finditer(text)]
    for one in _names(text):
        if all(one.end <= start or end <= one.start for start, end in places):
            yield one


def _names(text: str) -> Iterator[Found]:
    led = [one for one in _led(text) if one.start < one.end]
    yield from led
    yield from known_names(text, _unusual(text[one.start : one.end] for one in led))
    yield from _by_themselves(text)


def known_names(text: str, names: Iterable[str]) -> Iterator[Found]:
    """Find names that are known to be a person's, in any case of letters, whole or in parts."""
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 1}
    for part in sorted(parts, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE):
            yield Found("name", *match.span())


def _unusual(names: Iterable[str]) -> list[str]:
    """Return the words of names that can mean nothing else, so that they are looked for in the whole text."""
    words = [_plain(word) for name in names for word in name.split()]
    return [word for word in words if len(word) > 2 and not _ordinary(word) and word not in ordinary_words()]


def _led(text: str) -> Iterator[Found]:
    """Find names behind words that lead to one."""
    for pattern in (_TITLED, _SAID, _KIN_NAME):
        for match in pattern.finditer(text):
            first = match["it"].split()[0].lower()
            plain = _CALLED.match(match[0]) or (pattern is _KIN_NAME and match[0][0].isupper())
            if first not in _THINGS and not (plain and first in ordinary_words()):
                found = _until_ordinary(match, also_words=pattern is _KIN_NAME)
                yield found
                yield from _further(text, found) if pattern is _KIN_NAME else ()
    for match in _SAID_LOWER.finditer(text):
        named = match[0].lower().startswith(("named", "is", "was"))  # "a named adult", "it is called off"
        if _is_no_word(match["it"]) if named else not _ordinary(match["it"]):
            yield _without_ending(match["it"], match.start("it"))
    for match in _TITLED_LOWER.finditer(text):
        if (_is_unusual if match["role"] else _is_no_word)(match["it"]):
            yield _without_ending(match["it"], match.start("it"))
    for match in _KIN_LOWER.finditer(text):
        if _is_unusual(match["it"]):
            found = _without_ending(match["it"], match.start("it"))
            yield found
            yield from _further(text, found)
    for match in _I_AM_LOWER.finditer(text):
        unusual = _is_unusual if match[0][0] in "iIsS" else _is_first_name
        if unusual(match["it"]):
            yield _without_ending(match["it"], match.start("it"))


def _further(text: str, found: Found) -> Iterator[Found]:
    """Find the names that are counted up behind one: "Aoife, Saoirse and Niamh"."""
    while found.start < found.end:
        match = _AND_PERSON.match(text, found.end)
        if match is not None:
            found = _until_ordinary(match)
        elif (match := _AND_LOWER.match(text, found.end)) and _is_no_word(match["it"]):
            found = _without_ending(match["it"], match.start("it"))
        else:
            return
        yield found


def _by_themselves(text: str) -> Iterator[Found]:
    """Find names that nothing leads to: who owns or does something, who signed, common first names."""
    for pattern in (_OWNER, _SIGNED):
        for match in pattern.finditer(text):
            if match["it"].split()[0].lower() not in _THINGS:
                yield _until_ordinary(match)
    for pattern in (_DOER, _DONE_TO, _BEGINS, _NEEDS_LOWER, _OWNER_LOWER):
        for match in pattern.finditer(text):
            word = match["it"].lower()
            sure = _is_no_word(word) if pattern is _DONE_TO else may_be_a_name(word)
            if sure and word not in _THINGS:
                yield _until_ordinary(match)
    for match in _ANY_WORD.finditer(text):
        if match["it"] in FIRST_NAMES and match["it"] not in _WORDS_TOO:
            yield found_in("name", match)
    for match in _CAPITAL.finditer(text):
        if match["first"].lower() in FIRST_NAMES and match["it"].split()[-1].lower() not in _PLACES:
            yield _until_ordinary(match)


def _schools(text: str) -> Iterator[Found]:
    """Find the names of schools, without what tells their kind: "Madison" of "Madison Elementary"."""
    for match in _SCHOOL.finditer(text):
        words = reversed(list(re.finditer(r"[^\s-]+", match["it"])))
        words = dropwhile(lambda word: _plain(word[0]) in _NO_SCHOOL, words)
        name = list(
            takewhile(lambda word: not _ordinary(word[0]) and _plain(word[0]) not in _NO_SCHOOL, words)
        )
        if name and (match["kind"] != "School" or may_be_a_name(_plain(name[0][0]))):
            start = match.start("it")
            yield Found("school", start + name[-1].start(), start + name[0].end())
    for match in _SCHOOL_LOWER.finditer(text):
        if _is_unusual(match["it"].split()[-1]):
            yield found_in("school", match)


def _is_unusual(word: str) -> bool:
    """Tell whether a word, in any case of letters, is a common first name or no ordinary word."""
    return _is_first_name(word) or may_be_a_name(_plain(word))


def _is_first_name(word: str) -> bool:
    return _plain(word) in FIRST_NAMES


def _is_no_word(word: str) -> bool:
    """Tell whether a word is a name where a name is due, so that its ending says nothing: "mr. reyes"."""
    return not _ordinary(word) and _plain(word) not in ordinary_words()


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
    plain = _plain(word)
    return plain in _NO_NAME or plain in _NO_NAME_IN_SPANISH or re.split("['’]", plain)[0] in _NO_NAME
