"""Who booked in Spanish gets letters, the invitation and its file in Spanish; the advocate's stay as they are."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar

from assistant.booking import Booked, Booking, Held
from assistant.booking.consultation import Consultation, MailText
from assistant.booking.sent.mail import call_mail
from assistant.knowledge.spanish_mails import spanish_mails
from tests.booking_world import DANA, MONDAY_MORNING, SEATTLE, book, deliver


def letters(folder: Path) -> dict[str, list[EmailMessage]]:
    found: dict[str, list[EmailMessage]] = {}
    for file in sorted(folder.rglob("outbox/*.eml")):
        mail = message_from_bytes(file.read_bytes(), policy=default)
        assert isinstance(mail, EmailMessage)
        found.setdefault(mail["To"].addresses[0].addr_spec, []).append(mail)
    return found


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(mail["Subject"]) + "\n" + str(body.get_content())


async def test_booked_moved_and_canceled_in_spanish(desk: Booking, tmp_path: Path) -> None:
    first, second, _ = await desk.openings(SEATTLE)
    held = await desk.hold(first, "talk")
    assert isinstance(held, Held)
    booked = await desk.confirm(held, DANA, conversation="talk", zone=SEATTLE, key="k", language="es")
    assert isinstance(booked, Booked) and booked.call.language == "es"
    await deliver(desk)
    told = letters(tmp_path)
    (mail,), (to_advocate,) = told[DANA.email or ""], told["ann@example.org"]
    assert "Su llamada" in words(mail) and "hora del Pacífico" in words(mail)
    assert "Your" not in words(mail) and "Cancel the call" not in words(mail)
    assert "llamada" not in words(to_advocate) and "Tuesday, November 24" in words(to_advocate)
    ics = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    (event,) = Calendar.from_ical(ics.get_payload(decode=True)).walk("VEVENT")
    assert str(event["SUMMARY"]).startswith(spanish_mails().title)
    assert str(event["LOCATION"]) == spanish_mails().where
    file = await desk.invitation_ics(booked.call.id)
    assert file is not None and "Llamada gratis" in file.decode()
    await desk.move(booked.call.id, second, conversation="talk")
    await desk.cancel(booked.call.id, conversation="talk")
    await deliver(desk)
    assert any("está cancelada" in words(one) for one in letters(tmp_path)[DANA.email or ""])


async def test_a_call_booked_in_english_keeps_its_english_letters(desk: Booking, tmp_path: Path) -> None:
    held = await desk.hold((await desk.openings(SEATTLE))[0], "talk")
    assert isinstance(held, Held)
    booked = await desk.confirm(held, DANA, conversation="talk", zone=SEATTLE, key="k")
    assert isinstance(booked, Booked) and booked.call.language is None
    await deliver(desk)
    (mail,) = letters(tmp_path)[DANA.email or ""]
    assert "Su llamada" not in words(mail)


@pytest.mark.parametrize(
    ("what", "encloses"),
    [("booked", True), ("moved", True), ("cancelled", True), ("reminder", False), ("thanks", False)],
)
async def test_only_a_mail_that_changes_the_calendar_encloses_an_invitation(
    desk: Booking, consultation: Consultation, what: str, encloses: bool
) -> None:
    call = await book(desk)
    words = MailText("Thanks", "Hi {first_name}")
    known = replace(consultation, mails={**consultation.mails, "thanks": words})
    mail = call_mail(what, call, known, to="parent", once="k", now=MONDAY_MORNING, links={})
    assert (mail.get_content_type() != "text/plain") is encloses
    assert any(part.get_content_type() == "text/calendar" for part in mail.walk()) is encloses
