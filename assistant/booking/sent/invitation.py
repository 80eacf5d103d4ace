"""The calendar invitation (iCalendar): one UID a call, a rising SEQUENCE, the zone spelled out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from assistant.booking.calls.call import Call
from assistant.booking.consultation import Consultation
from assistant.booking.person.contact import phone_words
from assistant.booking.sent.vtimezone import vtimezone
from assistant.booking.zones import is_repeated
from assistant.knowledge.spanish_mails import spanish_mails

SPANISH = "es"
UID_HOST = "calls.whichplan"


class Method(Enum):
    """What a calendar shall do with it. An update is a REQUEST with a higher SEQUENCE."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


def uid_of(call_id: str) -> str:
    """Return the UID under which every calendar knows this call, for good."""
    return f"{call_id}@{UID_HOST}"


def is_ours(uid: str) -> bool:
    """Tell whether a calendar entry is one of our own calls."""
    return uid.endswith(f"@{UID_HOST}")


def invitation(call: Call, consultation: Consultation, now: datetime, *, to_advocate: bool = False) -> bytes:
    """Return the invitation to a call as it now is, or its cancellation, to be sent by e-mail.

    The advocate's says who calls, on which number and why: the parent's name stands nowhere else on her phone.
    """
    method = Method.CANCEL if call.state == "cancelled" else Method.REQUEST
    event = _event(call, consultation, now)
    if to_advocate:
        _say_who_and_why(event, call)
    elif call.language == SPANISH:
        _say_in_spanish(event, consultation)
    return _calendar([event], [call], method)


def file_to_keep(call: Call, consultation: Consultation, now: datetime) -> bytes:
    """Return the call as a file that is downloaded: an entry of the parent's own, which a calendar takes without answering anybody."""
    if call.state == "cancelled":
        return invitation(call, consultation, now)
    event = _event(call, consultation, now, attendees=False)
    if call.language == SPANISH:
        _say_in_spanish(event, consultation)
    event.add("organizer", _address(consultation.organisation.email, consultation.organisation.name))
    return _calendar([event], [call], Method.PUBLISH)


def calendar_entry(call: Call, consultation: Consultation, now: datetime) -> bytes:
    """Return the entry for the advocate's own calendar: who calls and why, no method, no invitations."""
    event = _event(call, consultation, now, attendees=False)
    _say_who_and_why(event, call)
    return _calendar([event], [call], None)


def calendar_file(calls: Sequence[Call], consultation: Consultation, now: datetime) -> bytes:
    """Return many calls as one calendar, for the advocate's export."""
    events = [_event(call, consultation, now, attendees=False) for call in calls]
    for event, call in zip(events, calls, strict=True):
        event["summary"] = vText(f"Call with {call.name}")
    return _calendar(events, calls, Method.PUBLISH)


def _say_in_spanish(event: Event, consultation: Consultation) -> None:
    event["summary"] = vText(f"{spanish_mails().title} ({consultation.organisation.short})")
    event["location"] = vText(spanish_mails().where)


def _say_who_and_why(event: Event, call: Call) -> None:
    contact = ", ".join(filter(None, (call.email, phone_words(call.phone) if call.phone else None)))
    event["summary"] = vText(f"Call with {call.name}")
    event["description"] = vText(f"{contact}\n{call.reason or ''}".strip())


def _event(call: Call, consultation: Consultation, now: datetime, *, attendees: bool = True) -> Event:
    organisation = consultation.organisation
    advocate = consultation.advocate(call.advocate)
    event = Event()
    event.add("uid", uid_of(call.id))
    event.add("sequence", call.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", _local(call.start, call))
    event.add("dtend", _local(call.end, call))
    event.add("summary", f"{consultation.title} ({organisation.short})")
    event.add("location", consultation.where)
    event.add("status", "CANCELLED" if call.state == "cancelled" else "CONFIRMED")
    ways = ", ".join(filter(None, (organisation.phone, organisation.email)))
    event.add("description", f"{organisation.name}: {ways}")
    if attendees:
        event.add("organizer", _address(organisation.email, organisation.name))
        people = ((call.name, call.email), (advocate.name, advocate.email) if advocate else (None, None))
        for name, email in people:
            if email:
                address = _address(email, name or email)
                address.params["ROLE"] = "REQ-PARTICIPANT"
                address.params["PARTSTAT"] = "ACCEPTED"  # they booked it: nobody has to answer
                address.params["RSVP"] = "FALSE"
                event.add("attendee", address)
    return event


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = name
    return address


def _local(instant: datetime, call: Call) -> datetime:
    """Return the parent's local time, or UTC where the clocks would show that time twice.

    iCalendar has no way to say "the second 1:30" with a zone; readers take the first.
    """
    zone = ZoneInfo(call.zone or "UTC")
    local = instant.astimezone(zone)
    return instant.astimezone(UTC) if is_repeated(local.replace(tzinfo=None), zone) else local


def _calendar(events: Sequence[Event], calls: Sequence[Call], method: Method | None) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Which Plan//whichplan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method.value)
    zones = {(call.zone, call.start.astimezone(ZoneInfo(call.zone)).year) for call in calls if call.zone}
    newest = {zone: year for zone, year in sorted(zones) if zone != "UTC"}
    for zone, year in newest.items():
        calendar.add_component(vtimezone(ZoneInfo(zone), year))
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
