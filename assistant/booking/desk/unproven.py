"""How much of the calendar may go to people whose e-mail nobody has proven.

A stranger can invent any number of e-mails, and comes from any number of addresses. So a time is kept for such a one only within two
caps: so many calls a day from one network, and never more than half of a week's openings over all of them. Beyond, the parent proves the
e-mail, by the code that is then sent there; a link of the invitation proves it too, and so makes room for others.

What came from no network address (Slack's members, the owner's own command line) is nobody's flood and counts for nothing here.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from assistant.addresses import block_of, tells_apart
from assistant.booking.calls.persons import Persons
from assistant.booking.calls.tables import calls, codes
from assistant.booking.consultation import Advocate, Consultation
from assistant.booking.openings import Opening, Period, day_openings, full_days

NO_PROOF, BY_CODE, BY_LINK = "none", "code", "link"
"""What stands in `calls.proof`; null is for what nobody has to prove."""
PROOF_VALID = timedelta(hours=1)
"""How long a conversation that typed a code owns the e-mail's calls."""
SHARE_LEFT = 0.5
"""Part of a week's openings that calls without proof leave free."""
_DAY = timedelta(days=1)
_c = calls.c


class Unproven:
    """Says no where one more call without proof would be too many. Every method runs within the caller's transaction."""

    def __init__(self, consultation: Consultation, secret: bytes, persons: Persons) -> None:
        self._consultation = consultation
        self._secret = secret
        self._persons = persons

    def block(self, address: str) -> str | None:
        """Return the keyed hash of the network of an address; None for one that tells nobody apart, such as a proxy's."""
        if not tells_apart(address):
            return None
        return hmac.digest(self._secret, f"block {block_of(address)}".encode(), hashlib.sha256).hex()

    def refuses(
        self,
        connection: Any,
        opening: Opening,
        block: str | None,
        conversation: str,
        now: datetime,
        *,
        ignore: str = "",
    ) -> bool:
        """Tell whether the opening needs a proof.

        Args:
            connection: Of the transaction that will take the opening.
            opening: What is wanted.
            block: As :meth:`block` gave it.
            conversation: Who asks: what it holds already is let go by the next hold.
            now: The current instant.
            ignore: Id of a call that is not in its own way.
        """
        held = sa.and_(_c.state == "held", _c.held_until > now, _c.conversation != conversation)
        without = (_c.proof == NO_PROOF, _c.id != ignore)
        if block is not None:
            today = sa.and_(_c.state.in_(("booked", "cancelled")), _c.made_at > now - _DAY)
            query = sa.select(sa.func.count()).where(*without, _c.block == block, sa.or_(today, held))
            if connection.execute(query).scalar_one() >= self._consultation.unproven_calls_a_day:
                return True
        advocate = self._consultation.advocate(opening.advocate)
        if advocate is None:
            return False
        first = _monday(opening.start, advocate)
        query = sa.select(_c.starts_at, _c.ends_at).where(
            *without,
            _c.advocate == advocate.id,
            sa.or_(_c.state == "booked", held),
            _c.starts_at >= first,
            _c.starts_at < _monday(first + 10 * _DAY, advocate),
        )
        taken = [Period(row.starts_at, row.ends_at) for row in connection.execute(query)]
        whole, left = week_left(self._consultation, advocate, first, [*taken, opening.period])
        return left < SHARE_LEFT * whole

    def week_of(self, opening: Opening) -> datetime:
        """Return when the week of an opening begins on its advocate's clock."""
        advocate = self._consultation.advocate(opening.advocate)
        return _monday(opening.start, advocate) if advocate else opening.start

    def has_proof(self, connection: Any, conversation: str, now: datetime) -> bool:
        """Whether the conversation proved some e-mail lately."""
        return connection.execute(proven_by(conversation, now)).first() is not None

    def proof_of(self, connection: Any, email: str | None, conversation: str, now: datetime) -> str:
        """Return how an e-mail is proven: by this conversation, or by an earlier call."""
        if email is None:
            return NO_PROOF
        keys = self._persons.keys(email)
        if not set(keys).isdisjoint(connection.execute(proven_by(conversation, now)).scalars()):
            return BY_CODE
        earlier = sa.select(_c.proof).where(_c.email_key.in_(keys), _c.proof.in_((BY_CODE, BY_LINK))).limit(1)
        return connection.execute(earlier).scalar() or NO_PROOF

    def prove(
        self, connection: Any, how: str, *, email_key: str | None = None, call: str | None = None
    ) -> None:
        """Note that the calls of an e-mail, or one call, are no stranger's."""
        whose = _c.email_key == email_key if call is None else _c.id == call
        connection.execute(calls.update().where(whose, _c.proof == NO_PROOF).values(proof=how))

    def forget(self, connection: Any, now: datetime) -> None:
        """Drop the networks that no longer count."""
        connection.execute(
            calls.update().where(_c.block.is_not(None), _c.made_at <= now - _DAY).values(block=None)
        )


def proven_by(conversation: str, now: datetime) -> Any:
    """Return the query for the keys of the e-mails that a conversation has proven."""
    c = codes.c
    return sa.select(c.email_key).where(c.conversation == conversation, c.proven_at > now - PROOF_VALID)


def week_left(
    consultation: Consultation, advocate: Advocate, first: datetime, taken: Sequence[Period]
) -> tuple[int, int]:
    """Return how many openings a week has, and how many calls at these times leave of them.

    A call takes its neighbors too where a buffer stands between two, and the day's cap takes the rest of a day.

    >>> from assistant.booking.desk.shared import consultation
    >>> about, monday = consultation(), datetime(2026, 11, 30, 8, tzinfo=UTC)
    >>> call = datetime(2026, 12, 1, 18, tzinfo=UTC)  # ten in Seattle
    >>> week_left(about, about.advocates[0], monday, [Period(call, call + about.length)])
    (78, 75)
    """
    monday = first.astimezone(advocate.zone).date()
    days = [
        day for number in range(7) if (day := monday + timedelta(days=number)) not in consultation.days_off
    ]
    whole = [opening for day in days for opening in day_openings(consultation, advocate, day)]
    full = full_days(consultation, advocate, taken)
    blocked = [one.widened(consultation.buffer) for one in taken]
    left = sum(
        opening.start.astimezone(advocate.zone).date() not in full
        and not any(opening.period.overlaps(one) for one in blocked)
        for opening in whole
    )
    return len(whole), left


def _monday(instant: datetime, advocate: Advocate) -> datetime:
    """Return the beginning of the week of an instant on the advocate's clock."""
    day = instant.astimezone(advocate.zone).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time(), advocate.zone).astimezone(UTC)
