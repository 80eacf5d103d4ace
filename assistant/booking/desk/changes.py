"""A booked call is moved, canceled, or said to be kept; who may do so is checked in the same transaction. All methods block."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.booking.calls.call import Booked, Call, Cancelled, Refused, Taken, Why
from assistant.booking.calls.database import Database
from assistant.booking.calls.tables import calls
from assistant.booking.desk.holds import Holds
from assistant.booking.desk.rows import call_of, read_call
from assistant.booking.desk.unproven import BY_LINK, NO_PROOF, Unproven, proven_by
from assistant.booking.openings import Opening
from assistant.booking.sent.notices import Notices

_c = calls.c


class Changes:
    """Changes calls that are booked. The time is always an argument."""

    def __init__(self, database: Database, notices: Notices, holds: Holds, unproven: Unproven) -> None:
        self._database = database
        self._notices = notices
        self._holds = holds
        self._unproven = unproven

    def move(
        self,
        call_id: str,
        openings: Sequence[Opening],
        now: datetime,
        *,
        conversation: str | None = None,
        sequence: int | None = None,
    ) -> Booked | Taken | Refused:
        """Move a call to the first of these openings that is free.

        Args:
            call_id: The call.
            openings: The same instant with different advocates.
            now: The current instant.
            conversation: Who asks; ownership is checked. None when a link or the advocate asks.
            sequence: Only move if the call has not changed since; None for any.
        """
        for opening in openings:
            try:
                with self._database.writing() as connection:
                    call = self._mine(connection, call_id, conversation, sequence, now)
                    if isinstance(call, Refused):
                        return call
                    if call.state == "cancelled":
                        return Refused(Why.CANCELLED)
                    if opening.start == call.start:
                        return Booked(call, repeated=True)
                    who = conversation or call.conversation
                    if self._holds.blocked(connection, opening, now, ignore_holds_of=who, ignore=call.id):
                        continue
                    if sequence is not None:
                        self._unproven.prove(connection, BY_LINK, call=call.id)
                    elif conversation is not None and self._needs_proof(connection, call, opening, now):
                        return Refused(Why.UNPROVEN)
                    self._holds.let_go_in(connection, who, now)
                    connection.execute(
                        calls.update()
                        .where(_c.id == call_id)
                        .values(**self._holds.times(opening), sequence=call.sequence + 1)
                    )
                    moved = read_call(connection, call_id, self._database.persons)
                    self._notices.queue(connection, "moved", moved, now, advocate_before=call.advocate)
                    return Booked(moved)
            except IntegrityError:  # refused by the database itself
                continue
        return Taken()

    def cancel(
        self, call_id: str, now: datetime, *, conversation: str | None = None, sequence: int | None = None
    ) -> Cancelled | Refused:
        """Cancel a call; arguments as for :meth:`move`. A second time nothing happens."""
        with self._database.writing() as connection:
            call = self._mine(connection, call_id, conversation, sequence, now)
            if isinstance(call, Refused):
                return call
            if call.state == "cancelled":
                return Cancelled(call, repeated=True)
            if sequence is not None:
                self._unproven.prove(connection, BY_LINK, call=call.id)
            changed = {"state": "cancelled", "sequence": call.sequence + 1}
            connection.execute(calls.update().where(_c.id == call_id).values(**changed))
            cancelled = read_call(connection, call_id, self._database.persons)
            self._notices.queue(connection, "cancelled", cancelled, now)
            return Cancelled(cancelled)

    def keep(self, call_id: str, sequence: int, now: datetime) -> Call | Refused:
        """Take the word of who got the invitation that the call is theirs: the e-mail is proven."""
        with self._database.writing() as connection:
            call = self._mine(connection, call_id, None, sequence, now)
            if isinstance(call, Refused):
                return call
            if call.state == "cancelled":
                return Refused(Why.CANCELLED)
            self._unproven.prove(connection, BY_LINK, call=call.id)
            return call

    def _needs_proof(self, connection: Any, call: Call, opening: Opening, now: datetime) -> bool:
        """Whether a call that nobody has proven would take too much of the week it is moved to."""
        return call.proof == NO_PROOF and self._unproven.refuses(
            connection, opening, None, call.conversation, now, ignore=call.id
        )

    def _mine(
        self, connection: Any, call_id: str, conversation: str | None, sequence: int | None, now: datetime
    ) -> Call | Refused:
        row = connection.execute(
            sa.select(calls).where(_c.id == call_id, _c.state.in_(("booked", "cancelled")))
        ).first()
        if row is None:
            return Refused(Why.NOT_YOURS)
        if conversation is not None and row.conversation != conversation:
            proven = connection.execute(proven_by(conversation, now)).scalars().all()
            if row.email_key is None or row.email_key not in proven:
                return Refused(Why.NOT_YOURS)
        if sequence is not None and row.sequence != sequence:
            return Refused(Why.USED_LINK)
        if row.starts_at <= now and row.state == "booked":
            return Refused(Why.OVER)
        return call_of(row, self._database.persons)
