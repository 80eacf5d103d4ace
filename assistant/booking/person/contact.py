"""Name, e-mail and phone as parents type them: "Tasha, tasha.r@example.com" gives both."""

import re
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from assistant.booking.person.names import name_from

_AT_WORDS = re.compile(r"\s*[\[(]?\s*\bat\b\s*[\])]?\s*", re.IGNORECASE)
_DOT_WORDS = re.compile(r"\s*[\[(]?\s*\bdot\b\s*[\])]?\s*", re.IGNORECASE)
_SPELLED = re.compile(
    r"[\w.+-]+(?:\s+dot\s+[\w-]+)*(?:\s+at\s+|\s*[\[(]\s*at\s*[\])]\s*)[\w-]+(?:\s*(?:\.|\s+dot\s+)\s*[\w-]+)*(?:\s+dot\s+|\.)[a-z]{2,}\b",
    re.IGNORECASE,
)
# "11/24 @ 10a" is a time
_WITH_AT = re.compile(
    r"[^\s<>\"(),;:]+\s?@(?! ?\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\.?|noon)?(?:[\s,;]|$))\s?[^\s<>\"(),;:]+"
)
_COMMA_FOR_DOT = re.compile(r"(?<=@)([\w-]+(?:\.[\w-]+)*), ?(com|org|net|edu|gov|us)\b", re.IGNORECASE)
# as pages and phones write a number: dashes of every length, blanks that do not break
_SIGNS = {
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2043, 0x2212, 0xFE58, 0xFE63, 0xFF0D), "-"),
    0x00AD: None,
}
_SIGNS |= {0xFF20: "@", 0xFF0E: ".", 0xFF0B: "+", 0xFF08: "(", 0xFF09: ")"}
_DIGIT_WORDS = {
    name: str(digit) for digit, name in enumerate("zero one two three four five six seven eight nine".split())
}
_SPOKEN = re.compile(rf"\b(?:(?:{'|'.join(_DIGIT_WORDS)}|oh|o)\b[\s,.-]*){{3,}}(?=[\s\d]|$)", re.IGNORECASE)
_PHONE_LIKE = re.compile(r"(?!\d{1,2}/\d{1,2}\b)\+?\(?\d[\d\s().\-/]{5,}\d")
_LABELS = re.compile(
    r"\b(?:and\s+)?(?:you can (?:reach|email|call|text) me (?:at|on)|(?:and\s+)?(?:my\s+)?"
    r"(?:e-?mail(?: address)?|phone(?: number)?|cell(?: phone| number)?|mobile|number|tel)"
    r"(?:\s*(?:is|:|=|'s|s|at))?|reach me at)(?=\s|$|[,;:.])",
    re.IGNORECASE,
)
_SOMEONE_ELSE = re.compile(
    r"\b(?:school|schools|school's|principal|principal's|teacher|teachers?'?s?|district|case ?manager|counselor|psychologist|director|superintendent"
    r"|coordinator|secretary|his|her|their|hers)\b",
    re.IGNORECASE,
)
# "ang@exmaple.com oops ang@example.com": the second is meant
_TAKES_BACK = re.compile(
    r"\b(?:oops|ops|sorry|i mean|i meant|no wait|wait|correction|scratch that|typo|misspelled|perd[oó]n|digo|quise decir|me equivoqu[eé])\b"
    r"(?:\W+(?:oops|ops|sorry|wait|typo|it'?s|it is|it should be|should be|that'?s|the right one is|actually|really|no|es|era)\b)*\W*$",
    re.IGNORECASE,
)
_TYPOS = {
    "gmail.con": "gmail.com",
    "gmail.co": "gmail.com",
    "gmail.cm": "gmail.com",
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gnail.com": "gmail.com",
    "gmail.comm": "gmail.com",
    "yahoo.con": "yahoo.com",
    "yaho.com": "yahoo.com",
    "yahooo.com": "yahoo.com",
    "hotmail.con": "hotmail.com",
    "hotmial.com": "hotmail.com",
    "outlook.con": "outlook.com",
    "iclod.com": "icloud.com",
    "icloud.con": "icloud.com",
    "aol.con": "aol.com",
}


@dataclass(frozen=True)
class Contact:
    """Who a call is for. ``phone`` is in the form +12065550123; what was not given is None."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None

    @property
    def enough(self) -> bool:
        """Tell whether a call can be booked: a name, and an e-mail or a phone."""
        return bool(self.name and (self.email or self.phone))


@dataclass(frozen=True)
class Found:
    """What a message says about its writer, and what in it looks meant but cannot be right.

    Attributes:
        bad_email: Something with an @ that is no e-mail address.
        bad_phone: A row of digits that is no phone number.
        meant_email: The address with a common slip corrected ("gmail.con"); ask before using it.
        rest: The message without its addresses, a comma in the place of each.
        beside: The name that stands right beside the address.
        others: Addresses of somebody else ("the principal mrs.lee@…").
    """

    contact: Contact
    bad_email: str | None = None
    bad_phone: str | None = None
    meant_email: str | None = None
    rest: str = ""
    beside: str | None = None
    others: tuple[str, ...] = ()


def read_contact(text: str, *, asked_name: bool = True, phone_too: bool = True) -> Found:
    """Read name, e-mail and phone out of a message; the first of each counts.

    Args:
        text: What the parent typed.
        asked_name: Whether the rest of the message may be taken for a name.
        phone_too: Whether digits may be a phone number; "12/3 10-11" looks like one.

    >>> read_contact("Tasha, tasha.r@example.com").contact
    Contact(name='Tasha', email='tasha.r@example.com', phone=None)
    """
    rest = _plain_signs(text)
    spelled = _SPELLED.search(rest)
    if spelled and "@" not in rest:
        address = _DOT_WORDS.sub(".", _AT_WORDS.sub("@", spelled[0], count=1)).replace(" ", "")
        rest = f"{rest[: spelled.start()]} {address} {rest[spelled.end() :]}"
    email = bad_email = beside = None
    others: list[str] = []
    for written in _WITH_AT.findall(rest):  # parents paste both addresses; the first is theirs
        before, _, after = rest.partition(written)
        rest = f"{before},{after}"
        read = email_from(written)
        if _is_someone_elses(before):
            others.append(written)
        elif read and (not email or _TAKES_BACK.search(before)):
            email, beside = read, beside or _beside(before, after)
        elif not read and not bad_email:
            bad_email = written
    phone = bad_phone = None
    for written in _PHONE_LIKE.findall(rest) if phone_too else ():
        before, _, after = rest.partition(written)
        rest = f"{before},{after}"
        read = phone_from(written)
        if read and _is_someone_elses(before):
            others.append(written)
        elif read and not phone:
            phone, beside = read, beside or _beside(before, after)
        elif not read and not bad_phone:
            bad_phone = written.strip()
    name = (name_from(without_labels(rest)) or beside) if asked_name else None
    return Found(
        Contact(name, email, phone),
        bad_email=None if email else bad_email,
        bad_phone=None if phone else bad_phone,
        meant_email=likely_meant(email) if email else None,
        rest=rest,
        beside=beside,
        others=tuple(others),
    )


def _is_someone_elses(before: str) -> bool:
    """Tell by the words right before an address whether it is another's."""
    clause = re.split(r"[,;:!?\n]|\.\s|\s-\s|\bmy\b", before)[-1]
    return bool(_SOMEONE_ELSE.search(clause))


def _plain_signs(text: str) -> str:
    """Return the text with the signs of an address as keyboards write them, and spoken digits as digits."""
    plain = " ".join(text.translate(_SIGNS).split())[:500]
    plain = re.sub(r"\bmailto:|\btel:", " ", plain, flags=re.IGNORECASE)
    plain = _COMMA_FOR_DOT.sub(r"\1.\2", plain)
    return _SPOKEN.sub(lambda found: _digits(found[0]), plain)


def _digits(spoken: str) -> str:
    words = re.findall(r"[a-z]+", spoken.lower())
    return "".join(_DIGIT_WORDS.get(word, "0") for word in words) + " "


def _beside(before: str, after: str) -> str | None:
    """Return the name that stands right before or behind an address: "Tasha, tasha@example.com"."""
    chunks = [*_chunks(_LABELS.sub(",", before))[-1:], *_chunks(_LABELS.sub(",", after))[:1]]
    return next(
        (name for chunk in chunks if len(chunk.split()) <= 3 and (name := name_from(chunk.strip(" ()")))),
        None,
    )


def _chunks(text: str) -> list[str]:
    return [chunk for chunk in re.split(r"[,;:.!?\n]+(?=\s|$|,)|\s-\s", text) if chunk.strip(" ,()")]


def without_labels(text: str) -> str:
    """Return a text without "my email is" and the like, a comma in the place of each."""
    return _LABELS.sub(",", text)


def email_from(text: str) -> str | None:
    """Return the address in lower case if it is well formed; nothing is looked up on the net."""
    try:
        read = validate_email(
            # a phone's keyboard makes o’brien@ of o'brien@
            text.strip().strip("<>.,;:!?'\"").replace(" ", "").replace("’", "'"),
            check_deliverability=False,
            allow_smtputf8=False,
        )
    except EmailNotValidError:
        return None
    return read.normalized.lower()


def likely_meant(email: str) -> str | None:
    """Return the address with a common slip in its domain corrected, or None if there is none.

    >>> likely_meant("pat@gmail.con")
    'pat@gmail.com'
    """
    person, _, domain = email.partition("@")
    return f"{person}@{_TYPOS[domain]}" if domain in _TYPOS else None


def phone_from(text: str) -> str | None:
    """Return a phone number as +12065550123; without a country it is one of the US."""
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_words(phone: str) -> str:
    """Return a number as Americans write it: (206) 555-0123; others with their country.

    >>> phone_words("+12065550123")
    '(206) 555-0123'
    """
    number = phonenumbers.parse(phone, "US")
    form = phonenumbers.PhoneNumberFormat
    national = number.country_code == 1
    return phonenumbers.format_number(number, form.NATIONAL if national else form.INTERNATIONAL)


def address_words(contact: Contact) -> str:
    """Return an e-mail as it is, a phone number as people write it; both if both were given."""
    return ", ".join(filter(None, (contact.email, phone_words(contact.phone) if contact.phone else None)))
