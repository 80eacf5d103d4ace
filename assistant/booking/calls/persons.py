"""Who booked and why, as the booking database keeps it: sealed with the server's secret, and found by keyed hashes.

Name, e-mail, phone and reason are one sealed text a row. What has to be found by being equal, an e-mail or a phone, has a hash beside it that nobody
makes without the secret. Times, advocate and state stay in clear: the database itself guards an opening by them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from assistant.booking.calls.tables import calls, codes
from assistant.sealed import Secrets, all_of, cipher

log = logging.getLogger(__name__)

WHAT_TO_DO = "it was written under another secret. Put the secret of before into WHICHPLAN_SECRET_OLD"


class CannotOpen(RuntimeError):
    """A row was sealed with a secret that this server does not have; the text says what to do."""


@dataclass(frozen=True)
class Person:
    """What a parent gave for a call, and the language they wrote if it is not English ("es"); all None for a hold."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    reason: str | None = None
    language: str | None = None


class Persons:
    """Seals persons into columns, and opens them again.

    Args:
        secrets: The server's; the first one seals, each opens.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = all_of(secrets)
        self._cipher = cipher("booking", secrets)

    def keys(self, value: str) -> tuple[str, ...]:
        """Return the hashes under which an e-mail or a phone may stand, that of the first secret first."""
        said = f"booking {value.strip().casefold()}".encode()
        return tuple(hmac.digest(secret, said, hashlib.sha256).hex() for secret in self._secrets)

    def call_columns(self, person: Person) -> dict[str, str | None]:
        """Return what a call's row keeps of a person."""
        return {
            # without a language as a version before wrote it, which can so be gone back to
            "person": self.sealed(
                {name: value for name, value in asdict(person).items() if value or name != "language"}
            ),
            "email_key": self.keys(person.email)[0] if person.email else None,
            "phone_key": self.keys(person.phone)[0] if person.phone else None,
        }

    def code_columns(self, email: str) -> dict[str, str]:
        """Return what a code's row keeps of the address that it proves."""
        return {"address": self.sealed({"email": email}), "email_key": self.keys(email)[0]}

    def sealed(self, data: dict[str, Any]) -> str:
        """Return data as the text that is stored."""
        return self._cipher.encrypt(json.dumps(data).encode()).decode()

    def person(self, sealed: str | None) -> Person:
        """Return the person of a call's row.

        Raises:
            CannotOpen: It was sealed with another secret, or was changed since.
        """
        return Person(**self.opened(sealed)) if sealed else Person()

    def opened(self, sealed: str) -> dict[str, Any]:
        """Return the data of a stored text.

        Raises:
            CannotOpen: It was sealed with another secret, or was changed since.
        """
        try:
            return dict(json.loads(self._cipher.decrypt(sealed.encode())))
        except (InvalidToken, ValueError):
            raise CannotOpen(f"who booked can't be read: {WHAT_TO_DO}.") from None

    def has_older_secrets(self) -> bool:
        """Tell whether rows may be there that another secret than the first sealed."""
        return len(self._secrets) > 1

    def renew(self, connection: Any) -> int:
        """Seal with the first secret what an older one sealed; return how many rows.

        Calls are kept for longer than an older secret is: without this, a call's name would be lost with it.
        """
        renewed = lost = 0
        kept = sa.select(calls.c.id, calls.c.person, calls.c.email_key, calls.c.phone_key)
        for row in connection.execute(kept.where(calls.c.person.is_not(None))).all():
            try:
                columns = self.call_columns(self.person(row.person))
            except CannotOpen:
                lost += 1
                continue
            if (columns["email_key"], columns["phone_key"]) != (row.email_key, row.phone_key):
                connection.execute(calls.update().where(calls.c.id == row.id).values(**columns))
                renewed += 1
        for row in connection.execute(sa.select(codes.c.id, codes.c.address, codes.c.email_key)).all():
            try:
                one = self.code_columns(self.opened(row.address)["email"])
            except CannotOpen:
                continue  # it ends within the day
            if one["email_key"] != row.email_key:
                connection.execute(codes.update().where(codes.c.id == row.id).values(**one))
                renewed += 1
        if lost:
            log.error("who booked can't be read for %s calls: %s.", lost, WHAT_TO_DO)
        return renewed
