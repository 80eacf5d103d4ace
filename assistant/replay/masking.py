"""Personal data in the words of a talk: found, and replaced by invented data of the same form, so that a story replays."""

from __future__ import annotations

import re
from collections.abc import Iterable

import phonenumbers

EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_SSN = re.compile(r"\b\d{3}-\d{2}-\d{4}\b")
_BORN = re.compile(r"\b(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12]\d|3[01])[/.-](?:19|20)\d\d\b")
_STREET = re.compile(r"\b\d{1,5} (?:[A-Z]\w+ ){1,3}(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|court|ct|way|blvd)\b\.?", re.IGNORECASE)  # fmt: skip
INVENTED_EMAIL, INVENTED_PHONE, INVENTED_NAME = "pat@example.org", "(206) 555-0142", "Pat"
_CHILD = re.compile(r"\b((?:my (?:son|daughter|kid|child|boy|girl)|(?:his|her) name is|my name is|named|called|this is),? )([A-Z][a-z]+)\b")  # fmt: skip


def _phones(text: str) -> list[str]:
    # VALID would miss what parents mistype; a citation such as 300.301 is too short to be POSSIBLE
    found = phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.POSSIBLE)
    return [match.raw_string for match in found if sum(c.isdigit() for c in match.raw_string) >= 10]


def personal_data(text: str) -> list[str]:
    """Return the e-mails, phone numbers, SSNs, dates of birth and street addresses in a text."""
    found = [match[0] for pattern in (EMAIL, _SSN, _BORN, _STREET) for match in pattern.finditer(text)]
    return [*found, *_phones(EMAIL.sub(" ", text))]


def masked(text: str, names: Iterable[str] = ()) -> str:
    """Return a text with invented data in the place of personal data.

    Args:
        text: What a parent wrote.
        names: Names that the talk knows to be a person's.
    """
    text = EMAIL.sub(INVENTED_EMAIL, text)
    text = _SSN.sub("000-00-0000", text)
    text = _BORN.sub("01/01/2015", text)
    text = _STREET.sub("1 Main Street", text)
    for phone in _phones(text):
        text = text.replace(phone, INVENTED_PHONE)
    parts = {part for name in names for part in (name, *name.split()) if part}
    for part in sorted(parts, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(part)}\b", INVENTED_NAME, text, flags=re.IGNORECASE)
    return _CHILD.sub(rf"\g<1>{INVENTED_NAME}", text)
