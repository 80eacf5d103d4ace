"""How often somebody may try to book in an hour."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

import sqlalchemy as sa

from assistant.addresses import block_of, tells_apart
from assistant.booking.calls.database import Database
from assistant.booking.calls.tables import tries
from assistant.booking.consultation import Consultation
from assistant.sealed import Secrets, all_of

BEHIND_ONE_ADDRESS = 6
"""How many times a parent's tries all those may have together who come from one address: a school's evening, a library."""

CODES_OF_A_NETWORK = 30
"""How many codes one network (a block of addresses) may have mailed in an hour, to whomever."""
NEW_CODES = 100
"""How many codes may be mailed in an hour over all to addresses that have no call: a stranger can name any. A week has fewer openings."""


class Tries:
    """Counts tries in the database, so that all processes count together. Blocks."""

    def __init__(self, database: Database, consultation: Consultation, secrets: Secrets) -> None:
        self._database = database
        self._consultation = consultation
        self._secret = all_of(secrets)[0]

    def may_mail_code(self, address: str | None, now: datetime, *, new: bool) -> bool:
        """Count a code and tell whether it may be mailed: by the network that asks, and over all.

        Args:
            address: Network address of the asker.
            now: The current instant.
            new: Whether it goes out although the e-mail has no call.
        """
        network = block_of(address) if address and tells_apart(address) else None
        if network and not self.may_try(f"code from {network}", now, most=CODES_OF_A_NETWORK):
            return False
        return not new or self.may_try("code for anybody", now, most=NEW_CODES)

    def may_try(self, who: str, now: datetime, *, many: bool = False, most: int = 0) -> bool:
        """Count a try and tell whether it is within the limit of an hour.

        Args:
            who: A network address or a conversation; only a keyed hash of it is kept.
            now: The current instant.
            many: Whether a whole school may stand behind it.
            most: The limit, where it is another one.
        """
        most = most or self._consultation.tries_an_hour * (BEHIND_ONE_ADDRESS if many else 1)
        digest = hmac.digest(self._secret, f"try {who}".encode(), hashlib.sha256).hex()
        with self._database.writing(durable=False) as connection:
            connection.execute(tries.delete().where(tries.c.at <= now - timedelta(hours=1)))
            count = connection.execute(
                sa.select(sa.func.count()).select_from(tries).where(tries.c.who == digest)
            ).scalar_one()
            if count >= most:
                return False
            connection.execute(tries.insert().values(who=digest, at=now))
            return True
