"""Booking the free consultation: openings, holds, calls, invitations, reminders.

:class:`Booking` is the way in; the other names are what it takes and gives.
"""

from assistant.booking.busy.own_calendar import CalendarUnreachable
from assistant.booking.calls.call import Booked, Call, Cancelled, Held, Refused, Taken, Why
from assistant.booking.calls.database import DatabaseUnreachable
from assistant.booking.calls.links import Purpose
from assistant.booking.consultation import Consultation
from assistant.booking.consultation_file import load_consultation
from assistant.booking.desk.desk import Booking, utc_now
from assistant.booking.desk.miss import Miss
from assistant.booking.fields import ConsultationError
from assistant.booking.openings import Opening, opening_named
from assistant.booking.person.address_change import corrects, mended
from assistant.booking.person.contact import Contact, Found, address_words, phone_words, read_contact
from assistant.booking.person.given import Given, read_given
from assistant.booking.person.names import (
    begins_with_a_first_name,
    called_name,
    name_from,
    name_insisted_on,
    says_name,
)
from assistant.booking.times.constraint import TimeConstraint
from assistant.booking.zones import US_ZONES, spoken, zone_named, zone_words

__all__ = [
    "US_ZONES",
    "Booked",
    "Booking",
    "CalendarUnreachable",
    "Call",
    "Cancelled",
    "Consultation",
    "ConsultationError",
    "Contact",
    "DatabaseUnreachable",
    "Found",
    "Given",
    "Held",
    "Miss",
    "Opening",
    "Purpose",
    "Refused",
    "Taken",
    "TimeConstraint",
    "Why",
    "address_words",
    "begins_with_a_first_name",
    "called_name",
    "corrects",
    "load_consultation",
    "mended",
    "name_from",
    "name_insisted_on",
    "opening_named",
    "phone_words",
    "read_contact",
    "read_given",
    "says_name",
    "spoken",
    "utc_now",
    "zone_named",
    "zone_words",
]
