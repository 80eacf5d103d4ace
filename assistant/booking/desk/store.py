"""Calls in the database, and the checks that have to hold in the same transaction.

All methods block; :class:`assistant.booking.desk.desk.Booking` calls them in threads.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.booking.calls.call import Booked, Call, Refused, Taken, Why
from assistant.booking.calls.database import Database
from assistant.booking.calls.persons import Person
from assistant.booking.calls.tables import calls, codes, outbox, tries
from assistant.booking.consultation import Consultation
from assistant.booking.desk.holds import Holds
from assistant.booking.desk.rows import call_of, listed, read_call
from assistant.booking.desk.unproven import NO_PROOF, Unproven, proven_by
from assistant.booking.openings import Opening
from assistant.booking.person.contact import Contact
from assistant.booking.sent.notices import Notices
from assistant.booking.sent.outbox import chat_stream

_c = calls.c


@dataclass(frozen=True)
class Confirmation:
    """What a confirmation has to say.

    Attributes:
        hold: Id of the hold.
        key: Idempotency key; the same key never books twice.
        zone: IANA name of the parent's zone.
        language: What they wrote, if it is not English.
    """

    hold: str
    conversation: str
    person: Contact
    zone: str
    reason: str
    key: str
    language: str | None = None


class Store:
    """Reads and changes calls. The time is always an argument."""

    def __init__(
        self,
        database: Database,
        consultation: Consultation,
        notices: Notices,
        holds: Holds,
        unproven: Unproven,
    ) -> None:
        self._database = database
        self._consultation = consultation
        self._notices = notices
        self._holds = holds
        self._unproven = unproven

    def confirm(
        self, wish: Confirmation, now: datetime, *, free: Opening | None = None
    ) -> Booked | Taken | Refused:
        """Turn a hold into a call.

        Args:
            wish: Who books what.
            now: The current instant.
            free: What was just seen to be free at that time; without it a hold that ran out is none.
        """
        try:
            with self._database.writing() as connection:
                return self._confirm(connection, wish, now, free)
        except IntegrityError:  # refused by the database itself
            return Taken()

    def _confirm(
        self, connection: Any, wish: Confirmation, now: datetime, free: Opening | None
    ) -> Booked | Taken | Refused:
        if (done := self._done_before(connection, wish)) is not None:
            return done
        row = connection.execute(sa.select(calls).where(_c.id == wish.hold)).first()
        if row is None or row.conversation != wish.conversation:
            return Refused(Why.NOT_YOURS)
        if self._has_enough(connection, wish.person, now):
            return Refused(Why.TOO_MANY_OPEN)
        held = row.state == "held" and row.held_until > now
        opening = free if free and not held else Opening(row.starts_at, row.ends_at, row.advocate)
        if row.starts_at <= now or not (held or self._is_free(connection, free, row, now)):
            return Taken()
        proof = row.proof
        if proof is not None:
            proof = self._unproven.proof_of(connection, wish.person.email, wish.conversation, now)
            counted = proof != NO_PROOF or (held and row.proof == NO_PROOF)  # as when it was held
            if not counted and self._unproven.refuses(
                connection, opening, row.block, wish.conversation, now, ignore=row.id
            ):
                return Refused(Why.UNPROVEN)
        return Booked(self._book(connection, row.id, opening, wish, proof, now))

    def _done_before(self, connection: Any, wish: Confirmation) -> Booked | Refused | None:
        """Return what became of this very confirmation, or of this hold, if it was made before."""
        same = sa.or_(_c.key == wish.key, sa.and_(_c.id == wish.hold, _c.state.in_(("booked", "cancelled"))))
        row = connection.execute(sa.select(calls).where(same)).first()
        if row is None:
            return None
        if row.conversation != wish.conversation:
            return Refused(Why.NOT_YOURS)
        return (
            Refused(Why.CANCELLED)
            if row.state == "cancelled"
            else Booked(call_of(row, self._database.persons), repeated=True)
        )

    def _is_free(self, connection: Any, free: Opening | None, row: Any, now: datetime) -> bool:
        """Whether what was just seen to be free still is, for who held it before."""
        return free is not None and not self._holds.blocked(
            connection, free, now, ignore=row.id, ignore_holds_of=row.conversation
        )

    def _book(
        self,
        connection: Any,
        call_id: str,
        opening: Opening,
        wish: Confirmation,
        proof: str | None,
        now: datetime,
    ) -> Call:
        """Write the call into the hold's row, and queue what is sent about it."""
        person = Person(wish.person.name, wish.person.email, wish.person.phone, wish.reason, wish.language)
        self._holds.let_go_in(connection, wish.conversation, now, but=call_id)
        connection.execute(
            calls.update()
            .where(_c.id == call_id)
            .values(
                **self._holds.times(opening),
                state="booked",
                key=wish.key,
                held_until=None,
                zone=wish.zone,
                **self._database.persons.call_columns(person),
                made_at=now,
                proof=proof,
            )
        )
        call = read_call(connection, call_id, self._database.persons)
        self._notices.queue(connection, "booked", call, now)
        return call

    def _has_enough(self, connection: Any, person: Contact, now: datetime) -> bool:
        keys = self._database.persons.keys
        who = (
            _c.email_key.in_(keys(person.email))
            if person.email
            else _c.phone_key.in_(keys(person.phone or ""))
        )
        ahead = sa.select(sa.func.count()).where(who, _c.state == "booked", _c.starts_at > now)
        return int(connection.execute(ahead).scalar_one()) >= self._consultation.open_calls_an_email

    def call(self, call_id: str) -> Call | None:
        """Return a call that was booked, canceled ones too."""
        with self._database.reading() as connection:
            row = connection.execute(
                sa.select(calls).where(_c.id == call_id, _c.state.in_(("booked", "cancelled")))
            ).first()
            return call_of(row, self._database.persons) if row is not None else None

    def upcoming(self, now: datetime, conversation: str | None = None) -> list[Call]:
        """Return booked calls that are not over: all, or those this conversation owns."""
        mine = []
        if conversation is not None:
            proven = proven_by(conversation, now)
            mine = [sa.or_(_c.conversation == conversation, _c.email_key.in_(proven))]
        query = sa.select(calls).where(_c.state == "booked", _c.ends_at > now, *mine).order_by(_c.starts_at)
        with self._database.reading() as connection:
            return [call_of(row, self._database.persons) for row in connection.execute(query).all()]

    def all_calls(self) -> list[Call]:
        """Return every call that was booked, past and canceled ones too, in order of time."""
        query = sa.select(calls).where(_c.state.in_(("booked", "cancelled"))).order_by(_c.starts_at)
        with self._database.reading() as connection:
            return [listed(row, self._database.persons) for row in connection.execute(query).all()]

    def forget(self, conversation: str, now: datetime) -> None:
        """Drop all that a conversation left here except its calls."""
        with self._database.writing() as connection:
            self._holds.let_go_in(connection, conversation, now)
            connection.execute(calls.delete().where(_c.conversation == conversation, _c.state == "lapsed"))
            connection.execute(codes.delete().where(codes.c.conversation == conversation))
            connection.execute(outbox.delete().where(outbox.c.stream == chat_stream(conversation)))

    def tidy(self, now: datetime) -> None:
        """Delete what is past its keeping: old calls with their letters, spent holds and codes."""
        old = now - timedelta(days=self._consultation.calls_days)
        yesterday = now - timedelta(days=1)
        with self._database.writing() as connection:
            connection.execute(calls.delete().where(_c.ends_at < old, _c.state != "held"))
            connection.execute(calls.delete().where(_c.state == "lapsed", _c.made_at < yesterday))
            connection.execute(
                outbox.delete().where(outbox.c.queued_at < old, outbox.c.state.in_(("sent", "dropped")))
            )
            connection.execute(codes.delete().where(codes.c.valid_until < yesterday))
            connection.execute(tries.delete().where(tries.c.at <= now - timedelta(hours=1)))
            self._unproven.forget(connection, now)
