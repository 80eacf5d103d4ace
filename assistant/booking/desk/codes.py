"""The six digits that prove an e-mail address: asked for, sent, typed in. All methods block."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from assistant.booking.calls.database import Database
from assistant.booking.calls.tables import calls, codes
from assistant.booking.desk.unproven import BY_CODE, Unproven
from assistant.booking.sent.outbox import queue
from assistant.sealed import Secrets, all_of

CODE_VALID = timedelta(minutes=15)
MOST_WRONG_CODES = 5
_c = calls.c


class Codes:
    """Makes codes and checks them; a conversation has one open code at a time."""

    def __init__(self, database: Database, unproven: Unproven, secrets: Secrets) -> None:
        self._database = database
        self._unproven = unproven
        self._secrets = all_of(secrets)

    def request(self, email: str, conversation: str, now: datetime, *, always: bool = False) -> None:
        """Send a code to the address if it has calls ahead, or always; from outside both look the same."""
        code = secrets.token_hex(16)
        persons = self._database.persons
        mine = _c.email_key.in_(persons.keys(email))
        ahead = sa.select(_c.id).where(mine, _c.state == "booked", _c.ends_at > now).limit(1)
        with self._database.writing() as connection:
            # an older code of this conversation must not stay open to guessing
            connection.execute(
                codes.delete().where(codes.c.conversation == conversation, codes.c.proven_at.is_(None))
            )
            connection.execute(
                codes.insert().values(
                    id=code,
                    **persons.code_columns(email),
                    conversation=conversation,
                    valid_until=now + CODE_VALID,
                    wrong=0,
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

    def verify(self, digits: str, conversation: str, now: datetime) -> bool:
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
                self._unproven.prove(connection, BY_CODE, email_key=row.email_key)
            return right

    def digits(self, code_id: str) -> str:
        """Return the digits of a code; they follow from its id and the secret and are kept nowhere."""
        return _digits(code_id, self._secrets[0])

    def email(self, code_id: str) -> str | None:
        """Return where a code has to go, or None when it is gone."""
        with self._database.reading() as connection:
            sealed = connection.execute(sa.select(codes.c.address).where(codes.c.id == code_id)).scalar()
            return str(self._database.persons.opened(sealed)["email"]) if sealed else None


def _digits(code_id: str, secret: bytes) -> str:
    digest = hmac.digest(secret, f"code {code_id}".encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"
