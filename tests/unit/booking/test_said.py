"""A parent is told of a booked call by the address that was given."""

from __future__ import annotations

import pytest

from assistant.booking.desk.shared import consultation, whom_to_write
from assistant.booking.person.contact import Contact
from assistant.booking.said import booked, calendar_away, no_openings, too_many

SAY = {
    "booked": "{when}, {minutes} minutes. {invitation}",
    "too_many": "{number} calls, {contact}",
    "no_openings": "none, {contact}",
}
PHONE = "+12065550142"


@pytest.mark.parametrize(
    ("contact", "invitation"),
    [
        (Contact("Pat", email="pat@example.org"), "a letter to pat@example.org"),
        (Contact("Pat", phone=PHONE), "a call at (206) 555-0142"),
        (Contact("Pat", email="pat@example.org", phone=PHONE), "a letter to pat@example.org"),
    ],
)
def test_an_invitation_goes_by_email_where_there_is_one(contact: Contact, invitation: str) -> None:
    said = booked(SAY, "Monday", contact, by_email="a letter to {address}", by_phone="a call at {address}")
    assert said == f"Monday, {consultation().minutes} minutes. {invitation}"


def test_who_cannot_book_is_told_whom_to_write_to() -> None:
    assert too_many(SAY) == f"{consultation().open_calls_an_email} calls, {whom_to_write()}"
    assert no_openings(SAY) == f"none, {whom_to_write()}"
    assert calendar_away({"calendar": "away, {contact}"}) == f"away, {whom_to_write()}"
