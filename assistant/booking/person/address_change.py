"""Whether an address in a message is the parent's own and new, or one inside what they tell.

An invitation holds the parent's name and the links to move and cancel the call, so it may not go to the principal of
whom a parent writes "mrs.lee@school.example.org said no".
"""

import re
from difflib import SequenceMatcher

from assistant.booking.person.contact import email_from, read_contact
from assistant.booking.times.wordlist import word_set

# around an address these words only say that it is the parent's, or that the one before was wrong
_CORRECTING = word_set(
    """
    a actually again address always backup best check easier faster home landline me more mostly often than work addresses also and another any as at bad be better but call can cell change changed contact correct
    corrected could different don't e e-mail either email emails fix for forgot from get give gave got has have hey hi i i'd i'll i'm i've if im in
    incorrect instead is isn't it it's its just like mail make meant messed mine misspelled mistake mistyped mobile my new no not now number of off oh ok okay old
    on one only oops or other out phone please prefer put rather reach really right send should so sorry spelled sure switch take text thank
    thanks that that's the there this to too try typed typo uh um up update use wait want was way we well works would write wrong wrote ya
    yeah yep yes you your instead, name i correct correo es mi numero telefono favor por perdon
    """
)
_RIGHT_NOT_WRONG = re.compile(
    r"(?P<right>[\w.+-]*\w)[,.;]?\s+(?:and\s+)?not\s+(?P<wrong>[\w.+-]*\w)", re.IGNORECASE
)
_NOT_WRONG_RIGHT = re.compile(
    r"\bnot\s+(?P<wrong>[\w.+-]*\w)[,.;]?\s+(?:but\s+|it'?s\s+|its\s+|use\s+)+(?P<right>[\w.+-]*\w)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"(?<![\w@.-])((?:[\w-]+\.)+(?:com|org|net|edu|gov|us|info|io|me|co))\b", re.IGNORECASE)
_ALIKE = 0.6


def corrects(text: str) -> bool:
    """Tell whether a message with an address only gives a new one: "sorry, its dana@…", "use my cell instead: …"."""
    found = read_contact(text, asked_name=True)
    names = (found.contact.name or "").lower().split()
    words = re.findall(r"[^\W\d_][\w'-]*", found.rest.lower().replace("’", "'"))
    return all(word in _CORRECTING or word in names for word in words)


def mended(address: str, text: str) -> str | None:
    """Return the address with what a message says is wrong in it put right; None when it says nothing of the kind.

    >>> mended("dana@exmaple.com", "email has a typo its example.com not exmaple")
    'dana@example.com'
    """
    if "@" not in address or "@" in text:
        return None
    person, _, domain = address.partition("@")
    for pattern in (_RIGHT_NOT_WRONG, _NOT_WRONG_RIGHT):
        said = pattern.search(text)
        if said and said["wrong"].lower() in address:
            right, wrong = said["right"].lower(), said["wrong"].lower()
            tries = [address.replace(wrong, right, 1)]
            if right.startswith(wrong) or "." in right:
                ending = right.partition(".")[2]
                tries.insert(0, address.replace(f"{wrong}.{ending}", right, 1))
            found = next((one for one in tries if one != address and email_from(one)), None)
            return found and email_from(found)
    said_domain = _DOMAIN.search(text)
    if said_domain and said_domain[1].lower() != domain:
        alike = SequenceMatcher(None, domain, said_domain[1].lower()).ratio()
        return email_from(f"{person}@{said_domain[1]}") if alike >= _ALIKE else None
    return None
