"""Holds: an opening kept for some minutes while its call is being booked, and what else takes a time.

All methods block. Those that take a connection run within the caller's transaction.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.addresses import is_loopback
from assistant.booking.calls.call import Held, Refused, Taken, Why
from assistant.booking.calls.database import Database
from assistant.booking.calls.tables import calls
from assistant.booking.consultation import Consultation
from assistant.booking.desk.rows import is_live
from assistant.booking.desk.unproven import BY_CODE, NO_PROOF, Unproven
from assistant.booking.openings import Opening, Period

_c = calls.c


class Holds:
    """Reads and changes holds. The time is always an argument."""

    def __init__(
        self,
        database: Database,
        consultation: Consultation,
        unproven: Unproven,
        *,
        loopback_is_owner: bool = True,
    ) -> None:
        """Take what holds are kept in and counted by.

        Args:
            database: Where they are kept.
            consultation: What ``consultation.yml`` says.
            unproven: Says when a proof is needed.
            loopback_is_owner: Whether who asks from this machine is its owner, who proves nothing. Behind a public
                address it may be the proxy, and so every visitor.
        """
        self._database = database
        self._consultation = consultation
        self._unproven = unproven
        self._loopback_is_owner = loopback_is_owner

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
            is_live(now),
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
        stranger = bool(address and not self._is_owner(address))
        refused = False
        for opening in openings:
            try:
                with self._database.writing() as connection:
                    if self.blocked(connection, opening, now, ignore_holds_of=conversation):
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
                    self.let_go_in(connection, conversation, now)
                    until = now + self._consultation.hold_for
                    kept: dict[str, Any] = {
                        "id": secrets.token_hex(16),
                        "state": "held",
                        "sequence": 0,
                        "conversation": conversation,
                        "made_at": now,
                        "held_until": until,
                        "proof": proof,
                        "block": block,
                    }
                    connection.execute(calls.insert().values(**self.times(opening), **kept))
                    return Held(kept["id"], opening, until)
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
            if self._is_owner(address) or self._unproven.has_proof(connection, conversation, now):
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

    def _is_owner(self, address: str) -> bool:
        return self._loopback_is_owner and is_loopback(address)

    def let_go(self, conversation: str, now: datetime) -> None:
        """Give back what this conversation holds."""
        with self._database.writing() as connection:
            self.let_go_in(connection, conversation, now)

    def let_go_in(self, connection: Any, conversation: str, now: datetime, *, but: str = "") -> None:
        """Lapse this conversation's holds and everybody's that ran out, except one."""
        over = sa.or_(_c.conversation == conversation, _c.held_until <= now)
        lapsing = (_c.state == "held", _c.id != but, over)
        connection.execute(calls.update().where(*lapsing).values(state="lapsed"))

    def blocked(
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
                is_live(now),
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

    def times(self, opening: Opening) -> dict[str, Any]:
        """Return the columns that say when and with whom: the buffer behind the call is blocked too."""
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
