"""A name with an emoji, an accent or another script arrives whole: in letters, invitations and on Slack's cards."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import SMTP, default
from pathlib import Path

import pytest
from icalendar import Calendar

from assistant.booking import Booking, Contact
from assistant.booking.person.names import name_from
from tests.booking_world import book, deliver

NAMES = ["Zoë 🎈", "🌻", "李明", "María-José 👩‍👧 O’Neil", 'Rosa "Rosie" Lee; x, <y>', "Ａnh 🇻🇳"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("🎈 Zoë", "Zoë"), ("Rosa ❤️ Lee", "Rosa Lee"), ("I'm Anh 🇻🇳!", "Anh"), ("José\u00a0María", "José María"), ("🙂🙂", None)],
)  # fmt: skip
def test_an_emoji_is_no_part_of_a_name_that_was_typed(typed: str, name: str | None) -> None:
    assert name_from(typed) == name


@pytest.mark.parametrize("name", NAMES)
async def test_letters_and_invitation_bear_the_name(desk: Booking, tmp_path: Path, name: str) -> None:
    await book(desk, person=Contact(name, "zoe@example.org"))
    await deliver(desk)
    read = [message_from_bytes(file.read_bytes(), policy=default) for file in tmp_path.rglob("outbox/*.eml")]
    to_parent = next(one for one in read if "zoe@example.org" in one["To"])
    to_advocate = next(one for one in read if "ann@example.org" in one["To"])
    assert [one.display_name for one in to_parent["To"].addresses] == [name]
    assert [one.addr_spec for one in to_parent["To"].addresses] == ["zoe@example.org"]
    assert name in to_advocate.get_body(("plain",)).get_content()
    for letter in (to_parent, to_advocate):
        head, _, _ = letter.as_bytes(policy=SMTP).partition(b"\r\n\r\n")
        assert head.isascii(), "not every mail server takes more"
        file = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
        (event,) = Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")
        attendees = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
        assert "mailto:zoe@example.org" in [str(one) for one in attendees]
