"""A row of the table of calls, as a :class:`Call`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from assistant.booking.calls.call import Call
from assistant.booking.calls.tables import calls

_c = calls.c


def is_live(now: datetime) -> Any:
    """Return the condition that a row takes its time: it is booked, or held and not run out."""
    return sa.or_(_c.state == "booked", sa.and_(_c.state == "held", _c.held_until > now))


def call_of(row: Any) -> Call:
    """Return the call, or the hold, that a whole row of the table tells of."""
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
        name=row.name,
        email=row.email,
        phone=row.phone,
        reason=row.reason,
        proof=row.proof,
    )


def read_call(connection: Any, call_id: str) -> Call:
    """Return a call that is there."""
    return call_of(connection.execute(sa.select(calls).where(_c.id == call_id)).one())
