"""A row of the table of calls, as a :class:`Call`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from assistant.booking.calls.call import Call
from assistant.booking.calls.persons import CannotOpen, Person, Persons
from assistant.booking.calls.tables import calls

UNREADABLE = "(can't be read: WHICHPLAN_SECRET_OLD is missing)"
"""Stands for the name in a list where no secret opens it: the time is still the advocate's."""
_c = calls.c


def is_live(now: datetime) -> Any:
    """Return the condition that a row takes its time: it is booked, or held and not run out."""
    return sa.or_(_c.state == "booked", sa.and_(_c.state == "held", _c.held_until > now))


def call_of(row: Any, persons: Persons) -> Call:
    """Return the call, or the hold, that a whole row of the table tells of.

    Raises:
        CannotOpen: Who booked was sealed with another secret.
    """
    return _call(row, persons.person(row.person))


def listed(row: Any, persons: Persons) -> Call:
    """Return the call of a row for a list: one that can't be opened hides no other."""
    try:
        return call_of(row, persons)
    except CannotOpen:
        return _call(row, Person(name=UNREADABLE))


def _call(row: Any, person: Person) -> Call:
    return Call(
        id=row.id,
        advocate=row.advocate,
        start=row.starts_at,
        end=row.ends_at,
        state=row.state,
        sequence=row.sequence,
        conversation=row.conversation,
        made_at=row.made_at,
        held_until=row.held_until,
        zone=row.zone,
        name=person.name,
        email=person.email,
        phone=person.phone,
        reason=person.reason,
        proof=row.proof,
        language=person.language,
    )


def read_call(connection: Any, call_id: str, persons: Persons) -> Call:
    """Return a call that is there."""
    return call_of(connection.execute(sa.select(calls).where(_c.id == call_id)).one(), persons)
