"""Invented data in the place of personal data, of the same form, so that a story replays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.privacy import mask as privacy
from assistant.store.tracker.kept import GIVEN

INVENTED = {
    "email": "pat@example.org", "phone": "(206) 555-0142", "number": "000-00-0000", "date": "01/01/2015",
    "address": "1 Main Street", "name": "Pat", "school": "Sample",
}  # fmt: skip
_UNSURE = frozenset(["name", "school"])
"""Kinds that are sure only where the talk says whose they are: our own answers have capitals too."""
GIVEN_AT = {
    "contact_name": INVENTED["name"],
    "contact_address": INVENTED["email"],
    "change_email": INVENTED["email"],
    "change_code": "{code}",
}
"""What was given at a form's step, where the store keeps only that something was."""
_PLACEHOLDER = re.compile(rf"\[({'|'.join(INVENTED)})\]")


def personal_data(text: str) -> list[str]:
    """Return the personal data in a text but names of people and schools."""
    return [
        text[found.start : found.end] for found in privacy.personal_data(text) if found.kind not in _UNSURE
    ]


def invented(text: str, names: Iterable[str] = (), step: str = "") -> str:
    """Return a text with invented data in the place of personal data.

    Args:
        text: What a parent wrote, or what the store keeps of it.
        names: Names that the talk knows to be a person's.
        step: The slot that a form had asked for.
    """
    if text == GIVEN:
        return GIVEN_AT.get(step, INVENTED["name"])
    for found in reversed(privacy.personal_data(text, names)):
        text = f"{text[: found.start]}{INVENTED[found.kind]}{text[found.end :]}"
    return _PLACEHOLDER.sub(lambda placeholder: INVENTED[placeholder[1]], text)
