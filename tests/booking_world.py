"""A small consultation and a clock of its own, for every test of booking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.booking import Booked, Booking, Call, Contact, Held

MONDAY_MORNING = datetime(2026, 11, 23, 17, tzinfo=UTC)  # 9:00 in Seattle, noon in New York
SEATTLE = ZoneInfo("America/Los_Angeles")
DANA = Contact("Dana Reyes", "dana@example.org")

MAILS = "\n".join(
    f"  {kind}:\n    subject: '{subject}'\n    text: '{text}'"
    for kind, subject, text in (
        ("booked", "Your call {when}", "Hi {first_name}, see you {when}."),
        ("moved", "Moved to {when}", "Hi {first_name}, now {when}."),
        ("cancelled", "Canceled {when}", "Hi {first_name}, not {when}."),
        ("reminder", "Reminder {when}", "Hi {first_name}, soon: {when}."),
        ("code", "Code {code}", "{code} for {minutes} minutes"),
        ("advocate_booked", "New {person}", "{person} {contact} {reason} {when}"),
        ("advocate_moved", "Moved {person}", "{when}"),
        ("advocate_cancelled", "Canceled {person}", "{when}"),
    )
)
CONTENT = f"""
organisation: {{name: Test Advocates, short: TA, email: office@example.org, phone: ""}}
call:
  minutes: 30
  every: 30
  buffer: 0
  notice_hours: 12
  horizon_days: 14
  daily_cap: 4
  hold_minutes: 10
  title: Call
  where: By phone
advocates:
  - id: ann
    name: Ann
    email: ann@example.org
    zone: America/Los_Angeles
    hours: {{tuesday: [09:00-12:00, 13:00-17:00], wednesday: [09:00-12:00], thursday: [13:00-17:00]}}
days_off: [2026-12-03]
limits: {{open_calls_an_email: 3, tries_an_hour: 10}}
retention: {{talks_days: 30, calls_days: 90}}
mails:
{MAILS}
"""


@dataclass
class Clock:
    now: datetime = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


async def deliver(desk: Booking) -> None:
    """Send everything that is due now."""
    while await desk.worker.deliver_due():
        pass


async def book(desk: Booking, conversation: str = "talk", place: int = 0, person: Contact = DANA) -> Call:
    held = await desk.hold((await desk.openings(SEATTLE, limit=50))[place], conversation)
    assert isinstance(held, Held)
    booked = await desk.confirm(
        held, person, conversation=conversation, zone=SEATTLE, key=f"{conversation}{place}"
    )
    assert isinstance(booked, Booked)
    return booked.call


async def mails(desk: Booking, folder: Path) -> list[str]:
    """Send what is due; return "to: subject" of each mail so far."""
    await deliver(desk)
    read = (message_from_bytes(mail.read_bytes(), policy=default) for mail in folder.glob("*.eml"))
    return sorted(f"{mail['To'].addresses[0].addr_spec}: {mail['Subject']}" for mail in read)
