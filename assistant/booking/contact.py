"""Name, e-mail and phone as parents type them: "Tasha, tasha.r@example.com" gives both."""

import re
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from assistant.booking.wordlist import word_set

_AT_WORDS = re.compile(r"\s*[\[(]?\s*\bat\b\s*[\])]?\s*", re.IGNORECASE)
_DOT_WORDS = re.compile(r"\s*[\[(]?\s*\bdot\b\s*[\])]?\s*", re.IGNORECASE)
_SPELLED = re.compile(
    r"[\w.+-]+(?:\s+dot\s+[\w-]+)*\s+\(?at\)?\s+[\w-]+(?:\s*(?:\.|\s+dot\s+)\s*[\w-]+)*(?:\s+dot\s+|\.)[a-z]{2,}\b",
    re.IGNORECASE,
)
_WITH_AT = re.compile(r"[^\s<>\"(),;:]+\s?@\s?[^\s<>\"(),;:]+")
_PHONE_LIKE = re.compile(r"\+?\(?\d[\d\s().\-/]{5,}\d")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\- ]){0,78}")
_LEAD_IN = re.compile(
    r"^(?:(?:hi|hello|hey|ok(?:ay)?|sure|yes|yep|so|and|well|um)\b[\s,.!]*)*"
    r"(?:my (?:full |first )?name(?:'s|s| is)?|the name is|name(?:\s+is)?\s*[:=]?|it's|its|it is|i'm|im|i am"
    r"|this is|call me|you can call me|me llamo|soy)?\b\s*[:=]?\s*",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:and\s+)?(?:you can (?:reach|email|call|text) me (?:at|on)|(?:and\s+)?(?:my\s+)?"
    r"(?:e-?mail(?: address)?|phone(?: number)?|cell(?: phone| number)?|mobile|number|tel)"
    r"(?:\s*(?:is|:|=|'s|s|at))?|reach me at)(?=\s|$|[,;:.])",
    re.IGNORECASE,
)
_NOT_A_NAME = word_set(
    """
    a about after afternoon again an any anything are at be because before book booking but call can
    cancel child could daughter day did do does don't dont email evening first for from get had has have
    he help her him his how i if in is isn't it just kid know later like maybe me meeting morning my need
    never next no nope not nothing of ok okay on one or phone plan please question quick really school she
    should skip sorry sure talk teacher thanks that the their them then they this time to today tomorrow
    tuesday wait want was we what when where which who why will with won't wont would yes yep you your
    monday wednesday thursday friday saturday sunday iep 504 stop none idk son hello hi hey thank
    hiya howdy hola yo greetings bye goodbye cya adios huh hm hmm eh ugh wow lol haha pardon excuse repeat
    shorter simpler wrong right correct typo oops undo back delete forget cool great awesome nice fine good bad
    perfect okay alright useless thx ty thnx tysm gracias cheers exit quit any anyone whatever whichever what's
    email phone number name nan null undefined javascript
    """
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
    """

    contact: Contact
    bad_email: str | None = None
    bad_phone: str | None = None
    meant_email: str | None = None
    rest: str = ""


def read_contact(text: str, *, asked_name: bool = True, phone_too: bool = True) -> Found:
    """Read name, e-mail and phone out of a message; the first of each counts.

    Args:
        text: What the parent typed.
        asked_name: Whether the rest of the message may be taken for a name.
        phone_too: Whether digits may be a phone number; "12/3 10-11" looks like one.

    >>> read_contact("Tasha, tasha.r@example.com").contact
    Contact(name='Tasha', email='tasha.r@example.com', phone=None)
    """
    rest = " ".join(text.split())[:500]
    spelled = _SPELLED.search(rest)
    if spelled and "@" not in rest:
        address = _DOT_WORDS.sub(".", _AT_WORDS.sub("@", spelled[0], count=1)).replace(" ", "")
        rest = f"{rest[: spelled.start()]} {address} {rest[spelled.end() :]}"
    email = bad_email = None
    for written in _WITH_AT.findall(rest):  # parents paste both addresses; the first is theirs
        rest = rest.replace(written, ",", 1)
        read = email_from(written)
        if read and not email:
            email = read
        elif not read and not bad_email:
            bad_email = written
    phone = bad_phone = None
    for written in _PHONE_LIKE.findall(rest) if phone_too else ():
        rest = rest.replace(written, ",", 1)
        read = phone_from(written)
        if read and not phone:
            phone = read
        elif not read and not bad_phone:
            bad_phone = written.strip()
    return Found(
        Contact(name_from(rest) if asked_name else None, email, phone),
        bad_email=None if email else bad_email,
        bad_phone=None if phone else bad_phone,
        meant_email=likely_meant(email) if email else None,
        rest=rest,
    )


def email_from(text: str) -> str | None:
    """Return the address in lower case if it is well formed; nothing is looked up on the net."""
    try:
        read = validate_email(
            text.strip().strip("<>.,;:!?'\"").replace(" ", ""),
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


def name_from(text: str) -> str | None:
    """Return the name that a message consists of, or None when it says something else.

    >>> name_from("my name is tasha reyes")
    'Tasha Reyes'
    """
    plain = _LABELS.sub(",", text)
    parts = [part.strip(" .!-") for part in re.split(r"[,;:/|\n]+|\s-\s", plain)]
    for part in parts:
        name = _LEAD_IN.sub("", part).strip(" .,!-")
        name = re.sub(r"\s+(?:and|here)$", "", name, flags=re.IGNORECASE)
        words = name.split()
        if (
            0 < len(words) <= 4
            and _NAME.fullmatch(name)
            and not any(word.lower().strip(".'’") in _NOT_A_NAME for word in words)
        ):
            return _capitals(name)
        if len(words) > 4:
            return None
    return None


def _capitals(name: str) -> str:
    """Write a name with capitals if it was typed without any, or with nothing else."""
    if name != name.lower() and name != name.upper():
        return name
    return re.sub(r"(^|[\s\-'’])([^\W\d_])", lambda m: m[1] + m[2].upper(), name.lower())
