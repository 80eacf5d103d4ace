"""What a parent is told of booking: one place fills these sentences, for the chat, Slack's form and the pages behind the links.

The words stand in content, by the parent's language: content/en/phrases/booking.yml and errors.yml, content/es/booking.yml.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.booking.desk.shared import consultation, whom_to_write
from assistant.booking.person.contact import Contact, address_words


def booked(say: Mapping[str, str], when: str, contact: Contact, *, by_email: str, by_phone: str) -> str:
    """Return that a call is booked: when, how long it takes, and how the parent hears of it.

    Args:
        say: The sentences of the booking by name.
        when: The call's time in words.
        contact: Whom it is booked for.
        by_email: The sentence on the invitation for whoever gave an e-mail, `{address}` in it.
        by_phone: The one for whoever gave a phone number alone.
    """
    invitation = (by_email if contact.email else by_phone).format(
        address=contact.email or address_words(contact)
    )
    return say["booked"].format(when=when, minutes=consultation().minutes, invitation=invitation)


def too_many(say: Mapping[str, str]) -> str:
    """Return that as many calls as one parent may have are booked already."""
    return say["too_many"].format(number=consultation().open_calls_an_email, contact=whom_to_write())


def no_openings(say: Mapping[str, str]) -> str:
    """Return that no time is free, and whom to write to."""
    return say["no_openings"].format(contact=whom_to_write())


def calendar_away(errors: Mapping[str, str]) -> str:
    """Return that calendar or database can't be asked now, and whom to write to; `errors` are its sentences by name."""
    return errors["calendar"].format(contact=whom_to_write())
