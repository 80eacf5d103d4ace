"""Holds and calls in the database, and the checks that have to hold in the same transaction.

All methods block; :class:`assistant.booking.desk.desk.Booking` calls them in threads.
"""

import hashlib
import hmac
import itertools
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.addresses import is_loopback
from assistant.booking.calls.call import Booked, Call, Cancelled, Held, Refused, Taken, Why
from assistant.booking.calls.database import Database
from assistant.booking.calls.tables import calls, codes, outbox, tries
from assistant.booking.consultation import Consultation
from assistant.booking.desk.unproven import BY_CODE, BY_LINK, NO_PROOF, Unproven, proven_by
from assistant.booking.openings import Opening, Period
from assistant.booking.person.contact import Contact
from assistant.booking.sent.notices import Notices
from assistant.booking.sent.outbox import chat_stream, queue
from assistant.sealed import Secrets, all_of

CODE_VALID = timedelta(minutes=15)
MOST_WRONG_CODES = 5
BEHIND_ONE_ADDRESS = 6
"""How many times a parent's tries all those may have together who come from one address: a school's evening, a library."""
_LIVE = ("held", "booked")
_c = calls.c


@dataclass(frozen=True)
class Confirmation:
    """What a confirmation has to say.

    Attributes:
        hold: Id of the hold.
        key: Idempotency key; the same key never books twice.
        zone: IANA name of the parent's zone.
    """

    hold: str
    conversation: str
    person: Contact
    zone: str
    reason: str
    key: str


class Store:
    """Reads and changes holds and calls. The time is always an argument."""

    def __init__(
        self, database: Database, consultation: Consultation, notices: Notices, secrets: Secrets
    ) -> None:
        self._database = database
        self._consultation = consultation
        self._notices = notices
        self._secrets = all_of(secrets)
        self._secret = self._secrets[0]
        self._unproven = Unproven(consultation, self._secret)

    # Holds

    def live(
        self,
        advocates: Collection[str],
        period: Period,
        now: datetime,
        *,
        ignore_holds_of: str = "",
        ignore: str = "",
    ) -> dict[str, list[Period]]:
        """Return for each advocate when calls and holds take their time within the period."""
        found: dict[str, list[Period]] = {one: [] for one in advocates}
        query = sa.select(_c.advocate, _c.starts_at, _c.ends_at).where(
            _c.advocate.in_(list(found)),
            _c.starts_at < period.end,
            _c.blocked_until > period.start,
            _c.id != ignore,
            _is_live(now),
            sa.or_(_c.state == "booked", _c.conversation != ignore_holds_of),
        )
        with self._database.reading() as connection:
            for row in connection.execute(query):
                found[row.advocate].append(Period(row.starts_at, row.ends_at))
        return found

    def hold(
        self, openings: Sequence[Opening], conversation: str, now: datetime, *, address: str | None = None
    ) -> Held | Taken | Refused:
        """Keep the first of these openings that is still free; lets go of an earlier hold.

        The hold is taken by inserting a row that the database accepts only once.

        Args:
            openings: The same instant with different advocates.
            conversation: Who asks.
            now: The current instant.
            address: The asker's network address; without one nothing has to be proven.
        """
        block = self._unproven.block(address) if address else None
        stranger = bool(address and not is_loopback(address))
        refused = False
        for opening in openings:
            try:
                with self._database.writing() as connection:
                    if self._blocked(connection, opening, now, ignore_holds_of=conversation):
                        continue
                    proof = None
                    if stranger:
                        proof = (
                            BY_CODE if self._unproven.has_proof(connection, conversation, now) else NO_PROOF
                        )
                    if proof == NO_PROOF and self._unproven.refuses(
                        connection, opening, block, conversation, now
                    ):
                        refused = True
                        continue
                    self._let_go(connection, conversation, now)
                    call = Call(
                        id=secrets.token_hex(16),
                        advocate=opening.advocate,
                        start=opening.start,
                        end=opening.end,
                        state="held",
                        sequence=0,
                        conversation=conversation,
                        made_at=now,
                        held_until=now + self._consultation.hold_for,
                    )
                    who = {"proof": proof, "block": block}
                    connection.execute(calls.insert().values(**self._times(opening), **_row(call), **who))
                    return Held(call.id, opening, now + self._consultation.hold_for)
            except IntegrityError:  # refused by the database itself
                continue
        return Refused(Why.UNPROVEN) if refused else Taken()

    def without_proof(
        self, openings: Iterable[Opening], conversation: str, address: str, now: datetime, limit: int
    ) -> list[Opening]:
        """Return the first of these openings that :meth:`hold` would keep without a code."""
        found: list[Opening] = []
        full: set[tuple[str, datetime]] = set()  # weeks in which one was refused: no later one is looked at
        with self._database.reading() as connection:
            if is_loopback(address) or self._unproven.has_proof(connection, conversation, now):
                return list(itertools.islice(openings, limit))
            block = self._unproven.block(address)
            for opening in openings:
                week = (opening.advocate, self._unproven.week_of(opening))
                if len(found) == limit:
                    break
                if week in full:
                    continue
                if self._unproven.refuses(connection, opening, block, conversation, now):
                    full.add(week)
                else:
                    found.append(opening)
        return found

    def let_go(self, conversation: str, now: datetime) -> None:
        """Give back what this conversation holds."""
        with self._database.writing() as connection:
            self._let_go(connection, conversation, now)

    def _let_go(self, connection: Any, conversation: str, now: datetime, *, but: str = "") -> None:
        """Lapse this conversation's holds and everybody's that ran out, except one."""
        over = sa.or_(_c.conversation == conversation, _c.held_until <= now)
        lapsing = (_c.state == "held", _c.id != but, over)
        connection.execute(calls.update().where(*lapsing).values(state="lapsed"))

    def _blocked(
        self,
        connection: Any,
        opening: Opening,
        now: datetime,
        *,
        ignore_holds_of: str = "",
        ignore: str = "",
    ) -> bool:
        """Tell whether another call or hold is in the way, or the advocate's day is full."""
        zone = self._zone_of(opening.advocate)
        day = opening.start.astimezone(zone).date()
        first = datetime.combine(day, time(), zone).astimezone(UTC)
        last = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
        buffer = self._consultation.buffer
        rows = connection.execute(
            sa.select(_c.starts_at, _c.blocked_until).where(
                _c.advocate == opening.advocate,
                _c.id != ignore,
                _is_live(now),
                sa.or_(_c.state == "booked", _c.conversation != ignore_holds_of),
                _c.starts_at < max(last, opening.end + buffer),
                _c.blocked_until > min(first, opening.start),
            )
        ).all()
        wanted = Period(opening.start, opening.end + buffer)
        if any(wanted.overlaps(Period(row.starts_at, row.blocked_until)) for row in rows):
            return True
        calls_that_day = sum(1 for row in rows if first <= row.starts_at < last)
        return calls_that_day >= self._consultation.daily_cap

    def _zone_of(self, advocate_id: str) -> Any:
        advocate = self._consultation.advocate(advocate_id)
        return advocate.zone if advocate else UTC

    def _times(self, opening: Opening) -> dict[str, Any]:
        return {
            "advocate": opening.advocate,
            "starts_at": opening.start,
            "ends_at": opening.end,
            "blocked_until": opening.end + self._consultation.buffer,
        }

    def ran_out(self, hold_id: str, conversation: str, now: datetime) -> Opening | None:
        """Return what a hold of this conversation kept if it no longer keeps it; None while it does, or if there is none."""
        over = sa.or_(_c.state == "lapsed", sa.and_(_c.state == "held", _c.held_until <= now))
        query = sa.select(calls).where(_c.id == hold_id, _c.conversation == conversation, over)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return Opening(row.starts_at, row.ends_at, row.advocate) if row is not None else None

    # Calls

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
        same = sa.or_(_c.key == wish.key, sa.and_(_c.id == wish.hold, _c.state.in_(("booked", "cancelled"))))
        row = connection.execute(sa.select(calls).where(same)).first()
        if row is not None:
            if row.conversation != wish.conversation:
                return Refused(Why.NOT_YOURS)
            return Refused(Why.CANCELLED) if row.state == "cancelled" else Booked(_call(row), repeated=True)
        row = connection.execute(sa.select(calls).where(_c.id == wish.hold)).first()
        if row is None or row.conversation != wish.conversation:
            return Refused(Why.NOT_YOURS)
        if self._has_enough(connection, wish.person, now):
            return Refused(Why.TOO_MANY_OPEN)
        held = row.state == "held" and row.held_until > now
        opening = free if free and not held else Opening(row.starts_at, row.ends_at, row.advocate)
        in_the_way = not held and (
            free is None
            or self._blocked(connection, opening, now, ignore=row.id, ignore_holds_of=wish.conversation)
        )
        if row.starts_at <= now or in_the_way:
            return Taken()
        proof = row.proof
        if proof is not None:
            proof = self._unproven.proof_of(connection, wish.person.email, wish.conversation, now)
            counted = proof != NO_PROOF or (held and row.proof == NO_PROOF)  # as when it was held
            if not counted and self._unproven.refuses(
                connection, opening, row.block, wish.conversation, now, ignore=row.id
            ):
                return Refused(Why.UNPROVEN)
        self._let_go(connection, wish.conversation, now, but=row.id)
        connection.execute(
            calls.update()
            .where(_c.id == row.id)
            .values(
                **self._times(opening),
                state="booked",
                key=wish.key,
                held_until=None,
                zone=wish.zone,
                name=wish.person.name,
                email=wish.person.email,
                phone=wish.person.phone,
                reason=wish.reason,
                made_at=now,
                proof=proof,
            )
        )
        call = self._read(connection, row.id)
        self._notices.queue(connection, "booked", call, now)
        return Booked(call)

    def _has_enough(self, connection: Any, person: Contact, now: datetime) -> bool:
        who = _c.email == person.email if person.email else _c.phone == person.phone
        ahead = sa.select(sa.func.count()).where(who, _c.state == "booked", _c.starts_at > now)
        return int(connection.execute(ahead).scalar_one()) >= self._consultation.open_calls_an_email

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
                    if self._blocked(connection, opening, now, ignore_holds_of=who, ignore=call.id):
                        continue
                    if sequence is not None:
                        self._unproven.prove(connection, BY_LINK, call=call.id)
                    elif conversation is not None and self._needs_proof(connection, call, opening, now):
                        return Refused(Why.UNPROVEN)
                    self._let_go(connection, who, now)
                    connection.execute(
                        calls.update()
                        .where(_c.id == call_id)
                        .values(**self._times(opening), sequence=call.sequence + 1)
                    )
                    moved = self._read(connection, call_id)
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
            cancelled = self._read(connection, call_id)
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
            if row.email is None or row.email not in proven:
                return Refused(Why.NOT_YOURS)
        if sequence is not None and row.sequence != sequence:
            return Refused(Why.USED_LINK)
        if row.starts_at <= now and row.state == "booked":
            return Refused(Why.OVER)
        return _call(row)

    def call(self, call_id: str) -> Call | None:
        """Return a call that was booked, canceled ones too."""
        with self._database.reading() as connection:
            row = connection.execute(
                sa.select(calls).where(_c.id == call_id, _c.state.in_(("booked", "cancelled")))
            ).first()
        return _call(row) if row is not None else None

    def upcoming(self, now: datetime, conversation: str | None = None) -> list[Call]:
        """Return booked calls that are not over: all, or those this conversation owns."""
        mine = []
        if conversation is not None:
            proven = proven_by(conversation, now)
            mine = [sa.or_(_c.conversation == conversation, _c.email.in_(proven))]
        query = sa.select(calls).where(_c.state == "booked", _c.ends_at > now, *mine).order_by(_c.starts_at)
        with self._database.reading() as connection:
            return [_call(row) for row in connection.execute(query)]

    def all_calls(self) -> list[Call]:
        """Return every call that was booked, past and canceled ones too, in order of time."""
        query = sa.select(calls).where(_c.state.in_(("booked", "cancelled"))).order_by(_c.starts_at)
        with self._database.reading() as connection:
            return [_call(row) for row in connection.execute(query)]

    def _read(self, connection: Any, call_id: str) -> Call:
        return _call(connection.execute(sa.select(calls).where(_c.id == call_id)).one())

    # Proof of an e-mail address

    def request_code(self, email: str, conversation: str, now: datetime, *, always: bool = False) -> None:
        """Send a code to the address if it has calls ahead, or always; from outside both look the same."""
        code = secrets.token_hex(16)
        ahead = sa.select(_c.id).where(_c.email == email, _c.state == "booked", _c.ends_at > now).limit(1)
        with self._database.writing() as connection:
            # an older code of this conversation must not stay open to guessing
            connection.execute(
                codes.delete().where(codes.c.conversation == conversation, codes.c.proven_at.is_(None))
            )
            connection.execute(
                codes.insert().values(
                    id=code, email=email, conversation=conversation, valid_until=now + CODE_VALID, wrong=0
                )
            )
            if always or connection.execute(ahead).first() is not None:
                queue(
                    connection,
                    kind="code",
                    once=f"code:{code}",
                    stream=f"code:{code}",
                    payload={"code": code},
                    now=now,
                    stale_at=now + CODE_VALID,
                )

    def verify_code(self, digits: str, conversation: str, now: datetime) -> bool:
        """Check the six digits; for the next hour the conversation then owns that e-mail's calls."""
        c = codes.c
        with self._database.writing() as connection:
            row = connection.execute(
                sa.select(codes).where(
                    c.conversation == conversation, c.proven_at.is_(None), c.valid_until > now
                )
            ).first()
            if row is None or row.wrong >= MOST_WRONG_CODES:
                return False
            right = any(
                hmac.compare_digest(_digits(row.id, one).encode(), digits.strip().encode())
                for one in self._secrets
            )
            changed = {"proven_at": now} if right else {"wrong": row.wrong + 1}
            connection.execute(codes.update().where(c.id == row.id).values(**changed))
            if right:
                self._unproven.prove(connection, BY_CODE, email=row.email)
            return right

    def code_digits(self, code_id: str) -> str:
        """Return the digits of a code; they follow from its id and the secret and are kept nowhere."""
        return _digits(code_id, self._secret)

    def code_email(self, code_id: str) -> str | None:
        """Return where a code has to go, or None when it is gone."""
        with self._database.reading() as connection:
            found: str | None = connection.execute(
                sa.select(codes.c.email).where(codes.c.id == code_id)
            ).scalar()
        return found

    # Limits and forgetting

    def may_try(self, who: str, now: datetime, *, many: bool = False) -> bool:
        """Count a try and tell whether it is within the limit of an hour.

        Args:
            who: A network address or a conversation; only a keyed hash of it is kept.
            now: The current instant.
            many: Whether a whole school may stand behind it.
        """
        digest = hmac.digest(self._secret, f"try {who}".encode(), hashlib.sha256).hex()
        with self._database.writing(durable=False) as connection:
            connection.execute(tries.delete().where(tries.c.at <= now - timedelta(hours=1)))
            count = connection.execute(
                sa.select(sa.func.count()).select_from(tries).where(tries.c.who == digest)
            ).scalar_one()
            if count >= self._consultation.tries_an_hour * (BEHIND_ONE_ADDRESS if many else 1):
                return False
            connection.execute(tries.insert().values(who=digest, at=now))
            return True

    def forget(self, conversation: str, now: datetime) -> None:
        """Drop all that a conversation left here except its calls."""
        with self._database.writing() as connection:
            self._let_go(connection, conversation, now)
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


def _digits(code_id: str, secret: bytes) -> str:
    digest = hmac.digest(secret, f"code {code_id}".encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"


def _is_live(now: datetime) -> Any:
    return sa.or_(_c.state == "booked", sa.and_(_c.state == "held", _c.held_until > now))


def _row(call: Call) -> dict[str, Any]:
    return {
        "id": call.id,
        "state": call.state,
        "sequence": call.sequence,
        "conversation": call.conversation,
        "made_at": call.made_at,
        "held_until": call.held_until,
    }


def _call(row: Any) -> Call:
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
