"""A parent's name out of what they type: "Tasha", "my name is Will", "Ann (mom)", "Jen. i already said jen".

A name is an answer, not what is left when the rest is taken away: it stands at the front of the message, beside an
address, or is called a name. A sentence about something else holds none ("more than email so 919 …").
"""

import re

from assistant.booking.times.wordlist import word_set

_LEAD_IN = re.compile(
    r"^(?:(?:hi|hello|hey|ok(?:ay)?|sure|yes|yep|yeah|so|and|well|um|hola)\b[\s,.!]*)*"
    r"(?:my (?:full |first )?name(?:'s|s| is)?|the name is|name(?:\s+is)?\s*[:=]?|it's|its|it is|i'm|im|i am"
    r"|this is|call me|you can call me|me llamo|soy|mi nombre es)?\b\s*[:=]?\s*",
    re.IGNORECASE,
)
_CALLS_IT_NAME = re.compile(
    r"\b(?:my (?:full |first )?name(?:'s|s| is)?(?! (?:is )?(?:wrong|misspelled|incorrect))|(?:the |first )?name(?: is|'s|\s*[:=])|call me(?! (?:at|on|back|later|when|if|any))|me llamo|mi nombre es|soy(?= (?-i:[^\W\d_a-z]))"
    r"|(?:my|mi) (?:name|nombre) (?:is |est[aá] )?(?:wrong|misspelled|incorrect|mal|equivocado)[,.;]*(?: y)? (?:it'?s|it is|es|soy)"
    r"|(?:i (?:already |just )?(?:said|told you|typed|wrote)|like i said|as i said)[,:]?(?: (?:it's|its|my name is|i'm|im))?)\s+"
    r"(?P<name>[^,;:!?\n\d@()]{1,80})",
    re.IGNORECASE,
)
_SURELY_A_NAME = re.compile(
    r"\b(?:my (?:full |first )?name(?:'s|s| is)|me llamo|mi nombre es|(?:first )?name\s*[:=])", re.IGNORECASE
)
_ENDS = re.compile(r"\b(?:and|not|my|the|but|so|i|for|on|at|email|phone|y|because)\b.*$", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\- ]){0,78}")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# not "J. R. Smith", "Mr. Lee"
SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bJr)(?<!\bSr)(?<!\bMrs)[.!]+\s+", re.IGNORECASE
)
_PARTICLES = word_set("de del la las los da dos di van von der den el al bin ibn y san le du mc st")
_MOST_WORDS, _MOST_IN_ALL = 4, 7
"""Words of a name, particles not counted: as anybody types it, and where it is written with capitals or called a name."""
# names as well as words: alone or before a word that is none of these they are names
_EITHER = word_set("will can an do nan may skip son")
_FIRST_NAMES = word_set("ty mi my see ha her best good sunday monday friday early love noon")
"""First names as well as words: before a family name that is no such word, all with a capital ("My Tran", "Ty Johnson")."""
_FIRST_ALONE = word_set("ty mi")
"""Those of them that are names without a family name, too, and that stand in small letters where a name is called one."""
_SURNAMES = word_set(
    """
    oh so long love early best case day noon mark weeks good back better book call can check child cool days dias do fall few fine first free
    friday go guess he her him home how huh im in just last may monday more morning most nice pardon person quick said see she son soon such sunday
    tell than the to too try ty wait way will you
    """
)
"""Words that are a family name behind a first name, with a capital: "Karen Oh"."""
_IN_SENTENCES = word_set(
    """
    i i'm im i'll i've i'd is are was were am isn't wasn't not don't dont can't cant cannot didn't didnt doesn't doesnt does did won't wont wouldn't would
    could should have has had what why when where who which and or but if because with for of it it's its this that these those your you've they they're
    we we're please thanks thank need needs want wants about from
    on a at as any up off never none
    """
)
"""What stands in sentences and in no name."""
_NEVER = word_set(
    """
    a about advocate after afternoon afternoons again all already also always am an and another any anyone anything appointment are as asap at
    back bad be because been before best better book booked booking bother but buy by bye call called calling calls can cannot
    can't care check cell child children cool correct could cya daughter daughters day days dad delete did didn't do does
    doesn't don't done dont dot double each early eight email emails error evening every everything excuse exit fall few fine first
    five for forget four free from funny get gets getting give go goes going good goodbye got grandma grandson granddaughter gracias great greetings guess had
    evenings weekday weekdays nights haha half has hate have having he hello help her here hers hey hi him his hiya hm hmm hola home hour hours how howdy huh
    hundred i i'll i'm i'd i've idk if iep im in is isn't it it's its javascript just keep kid kids know last late later less let
    like lol longer looking love lunch mad mail make makes many maybe me mean meeting mean midnight mine minute minutes mom monday month more morning
    mornings most much must my name names nan need needs never next nice night nine no nobody none noon nope not nothing now null number numbers of off
    oh ok okay on once one only oops or other our ours over pardon people perfect person phone phones plan please prefer pretty problem quick quit
    question questions rather reach ready really refused refuses repeat right sad said same saturday say says school schools second see send seven she
    shorter should sick simpler six skip so some somebody someone something sometimes son sons soon sorry speak stop such sunday sure
    switch ta take talk teacher teachers tell ten text than thank thanks that thats that's the their them then there these they thing
    think third this those thought three thursday thx thnx time times tired to today told tomorrow tonight too trouble try trying tuesday two
    ty tysm typed typo ugh uh um undefined undo until up upset us use used useless very wait want wants was wasn't way we wednesday week weekend weeks well
    were what whatever whatsapp what's when where which whichever while who whom whose why will with without won't wont work works worried worry would
    wow wrong ya yeah year years yes yep yesterday yet yo you your yours zero zoom 504 awesome alright cheers friday
    id pls plz u ur thing lost totally frustrated desperate exhausted urgent confused mentioned contact backup
    quiero necesito llamada llamar cita gratis gratuita por favor mañana para hablar hijo hija mi buenas buenos tardes dias noches soy estoy una un whenever anytime
    number oo nah yup evaluation testing dyslexia autism adhd speech behavior suspended pickup dropoff practice shift principal district lawyer attorney address
    """
)
# around a name and an address, these say nothing of their own
_HARMLESS = word_set(
    """
    a and are at best book call can cell contact e email e-mail for free get good hello hey hi here i i'd i'm im in is it it's its like line mail
    me mobile my number ok okay on one or phone please reach so sure tel text thank thanks the to use want works would ya yeah yes yep you
    address below fine great too also both either any way anytime this that number's need help with book schedule set up appointment consultation
    name first last full
    """
)  # fmt: skip


def name_from(text: str) -> str | None:
    """Return the name that a message consists of, or None when it says something else.

    >>> name_from("my name is tasha reyes")
    'Tasha Reyes'
    >>> name_from("Ann (mom)")
    'Ann'
    >>> name_from("i check it more than that") is None
    True
    """
    plain = _ASIDE.sub(" ", _letters(text))
    for part in re.split(r"[,;:/|\n]+|\s-\s", plain):
        for piece in SENTENCE_END.split(part):
            if _says_nothing(piece):
                continue
            return _name_in(piece.strip())
    return None


def called_name(text: str) -> str | None:
    """Return what a message calls a name, wherever in it ("its me again, my name is Pat"); None if nothing."""
    said = _CALLS_IT_NAME.search(_ASIDE.sub(" ", _letters(text)))
    if said is None:
        return None
    first = SENTENCE_END.split(said["name"].strip() + " ")[0]
    sure = bool(_SURELY_A_NAME.match(said[0]))
    return _name(_ENDS.sub("", first), sure=sure)


def says_name(text: str) -> bool:
    """Tell whether a message calls a name one ("my name is Pat")."""
    return called_name(text) is not None


def name_insisted_on(text: str) -> str | None:
    """Return the name that an answer would be if its words meant nothing else; None where it can be none all the same.

    Who types the same to the same question a second time is called so, whatever else the words mean.

    >>> name_insisted_on("karen good"), name_insisted_on("Jessica Book-Weeks")
    ('Karen Good', 'Jessica Book-Weeks')
    >>> name_insisted_on("hello") or name_insisted_on("why do you need it") or name_insisted_on("no idea") is None
    True
    """
    plain = _ASIDE.sub(" ", _letters(text))
    piece = next((one for one in re.split(r"[,;:/|\n]+|\s-\s", plain) if not _says_nothing(one)), "")
    said = _CALLS_IT_NAME.search(plain)
    words = (said["name"] if said else _LEAD_IN.sub("", piece.strip())).strip(" .,!-'’=&").split()
    name, small = " ".join(words), [word.lower().strip(".'’") for word in words]
    if not _NAME.fullmatch(name) or len(words) > _MOST_IN_ALL or _IN_SENTENCES.intersection(small):
        return None
    begins = small[0] not in _NEVER or small[0] in _EITHER | (
        _FIRST_NAMES if len(words) > 1 else _FIRST_ALONE
    )
    meant_else = len(words) > 1 and _NEVER.issuperset(small)
    if not begins or meant_else or (small[0] == "my" and len(words) > 2):
        return None
    return _capitals(name)


def lone_first_name(text: str) -> str | None:
    """Return an answer of one word that is thanks or Spanish in small letters, and a name with a capital: "Ty"."""
    word = text.strip(" .!")
    return word if word.lower() in _FIRST_ALONE and _is_written([word]) else None


def begins_with_a_first_name(text: str) -> bool:
    """Tell whether a name begins with a word that is a first name as well: "Ty Johnson" thanks nobody."""
    name = name_from(text) or lone_first_name(text) or ""
    return name.lower().partition(" ")[0] in _EITHER | _FIRST_NAMES


def _letters(text: str) -> str:
    """Return the text without emoji and the like, which no name holds."""
    kept = (
        sign if sign.isalnum() or sign.isspace() or sign in "'’.-,;:/|()[]!?&@=`" else " " for sign in text
    )
    return "".join(kept)


def _says_nothing(piece: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'’-]*", piece.lower())
    alone = len(words) == 1 and words[0] in _EITHER
    return piece.rstrip().endswith("?") or (all(word in _HARMLESS for word in words) and not alone)


def _name_in(piece: str) -> str | None:
    lead_in = _LEAD_IN.match(piece)
    rest = piece[lead_in.end() :] if lead_in else piece
    sure = bool(lead_in and _SURELY_A_NAME.search(lead_in[0]))
    return _name(re.sub(r"\s+(?:and|here)\W*$", "", rest, flags=re.IGNORECASE), sure=sure)


def _name(written: str, *, sure: bool) -> str | None:
    words = written.strip(" .,!?-'’=&").split()
    name = " ".join(words)  # an emoji between two names leaves spaces
    plain = [word.lower().strip(".'’") for word in words]
    counted = [word for word in plain if word not in _PARTICLES]
    particle = len(words) == 1 and words[0][0].isupper()  # "Al", "Di"
    if not words or not (counted or particle) or not _NAME.fullmatch(name):
        return None
    if len(counted) > (_MOST_IN_ALL if sure or _is_written(words) else _MOST_WORDS):
        return None
    if (
        all(word in _EITHER for word in plain)
        and len(words) > 1
        and not all(word[0].isupper() for word in words)
    ):
        return None  # "will do", "can do"
    doubtful = any(word in _NEVER and word not in _EITHER for word in plain)
    if doubtful and not (sure and len(words) == 1) and not _is_name_all_the_same(words, plain, sure=sure):
        return None
    return _capitals(name)


def _is_written(words: list[str]) -> bool:
    """Whether words are written as a name is: each with a capital, but for particles, and not all in capitals."""
    each = all(word[0].isupper() for word in words if word.lower() not in _PARTICLES)
    return each and any(letter.islower() for word in words for letter in word)


def _is_name_all_the_same(words: list[str], plain: list[str], *, sure: bool) -> bool:
    """Whether words of which some mean something else are a first name, or end in a family name."""
    first, rest = plain[0], plain[1:]
    if first in _FIRST_NAMES:
        called = _is_written(words) or (sure and first in _FIRST_ALONE)
        return bool(rest) and called and not _NEVER.intersection(rest)
    surname = bool(rest) and rest[-1] in _SURNAMES and (words[-1][0].isupper() or sure)
    return surname and not _NEVER.intersection(plain[:-1])


def _capitals(name: str) -> str:
    """Write a name with capitals if it was typed without any, or with nothing else."""
    if name != name.lower() and name != name.upper():
        return name
    return re.sub(r"(^|[\s\-'’])([^\W\d_])", lambda m: m[1] + m[2].upper(), name.lower())
