"""The address of a parent who may close the chat, and whether an e-mail about an advocate's answer is due.

A browser that is open fetches an answer within a second. What lies unread for a minute waits for somebody who left.
Every call blocks: channels run them in a thread.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from assistant.sealed import Secrets, cipher
from assistant.store.talks_database import make_tables, naive

LEFT = timedelta(seconds=60)
"""Whoever has not fetched an answer for so long has closed the chat."""

_METADATA = sa.MetaData()
_EMAILS = sa.Table(
    "handover_emails",
    _METADATA,
    sa.Column("talk", sa.String(40), primary_key=True),
    sa.Column("body", sa.LargeBinary),  # address and page, encrypted; nothing while it is asked for
    sa.Column("wanted", sa.Boolean, nullable=False),  # whether the next message is to be the address
    sa.Column("mailed", sa.Boolean, nullable=False),  # whether the parent was told since they read last
    sa.Column("due_at", sa.DateTime, index=True),
)
_C = _EMAILS.c


@dataclass(frozen=True)
class Whereto:
    """Where the e-mail goes, and the page that it leads back to."""

    email: str
    page: str


class ByEmail:
    """The addresses of one database.

    Args:
        engine: The shared database.
        secrets: The server's; addresses are encrypted with keys made from them.
    """

    def __init__(self, engine: Any, secrets: Secrets) -> None:
        self._engine = engine
        self._cipher = cipher("handover email", secrets)
        make_tables(engine, _METADATA)

    def want(self, talk: str) -> None:
        """Note that the parent was asked for their address."""
        with self._engine.begin() as rows:
            if not rows.execute(sa.update(_EMAILS).where(_C.talk == talk).values(wanted=True)).rowcount:
                rows.execute(sa.insert(_EMAILS).values(talk=talk, wanted=True, mailed=False))

    def wanted(self, talk: str) -> bool:
        """Say whether the next message is to be the address."""
        with self._engine.connect() as rows:
            return bool(rows.execute(sa.select(_C.wanted).where(_C.talk == talk)).scalar())

    def leave_it(self, talk: str) -> None:
        """Note that something else was said instead; an address that was given before stays."""
        with self._engine.begin() as rows:
            rows.execute(sa.update(_EMAILS).where(_C.talk == talk).values(wanted=False))

    def keep(self, talk: str, whereto: Whereto) -> None:
        """Keep the address that the parent gave, in the place of an earlier one."""
        body = self._cipher.encrypt(json.dumps({"email": whereto.email, "page": whereto.page}).encode())
        with self._engine.begin() as rows:
            mine = sa.update(_EMAILS).where(_C.talk == talk)
            rows.execute(mine.values(body=body, wanted=False, mailed=False))

    def whereto(self, talk: str) -> Whereto | None:
        """Return where to write to; None where the parent gave no address."""
        with self._engine.connect() as rows:
            body = rows.execute(sa.select(_C.body).where(_C.talk == talk)).scalar()
        try:
            return Whereto(**json.loads(self._cipher.decrypt(body))) if body else None
        except InvalidToken:  # written under a secret that is gone
            return None

    def talks_of(self, email: str) -> list[str]:
        """Return the talks in which an address was given, for who has it forgotten."""
        with self._engine.connect() as rows:
            talks = rows.execute(sa.select(_C.talk).where(_C.body.isnot(None))).scalars().all()
        found = ((talk, self.whereto(talk)) for talk in talks)
        return [talk for talk, to in found if to and to.email.casefold() == email.casefold()]

    def answered(self, rows: Any, talk: str, now: datetime) -> None:
        """Let an e-mail be due in a minute, within the transaction that takes an advocate's line."""
        waits = sa.and_(_C.talk == talk, _C.body.isnot(None), _C.due_at.is_(None), _C.mailed.is_(False))
        rows.execute(sa.update(_EMAILS).where(waits).values(due_at=naive(now + LEFT)))

    def read(self, talk: str) -> None:
        """Note that the parent's browser has fetched what was said: nothing is due."""
        there = sa.and_(_C.talk == talk, sa.or_(_C.due_at.isnot(None), _C.mailed))
        with self._engine.begin() as rows:
            rows.execute(sa.update(_EMAILS).where(there).values(due_at=None, mailed=False))

    def due(self, now: datetime) -> Sequence[tuple[str, datetime]]:
        """Return the talks whose parents are to be told by e-mail, and since when."""
        with self._engine.connect() as rows:
            found = rows.execute(sa.select(_C.talk, _C.due_at).where(_C.due_at <= naive(now))).all()
        return [(row.talk, row.due_at) for row in found]

    def queued(self, talk: str, due_at: datetime) -> bool:
        """Note that the e-mail is in the outbox; False where another process noted it."""
        mine = sa.update(_EMAILS).where(_C.talk == talk, _C.due_at == due_at)
        with self._engine.begin() as rows:
            return bool(rows.execute(mine.values(due_at=None, mailed=True)).rowcount)

    def forget_with(self, rows: Any, talk: str) -> None:
        """Delete the address of a talk, within the caller's transaction."""
        rows.execute(sa.delete(_EMAILS).where(_C.talk == talk))
