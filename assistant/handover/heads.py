"""Who has a parent's chat, since when, what its thread's head shows, and who is away from the desk.

Every call blocks: channels run them in a thread.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.exc import IntegrityError

from assistant.sealed import Secrets, cipher
from assistant.store.talks_database import make_tables, naive

_METADATA = sa.MetaData()
_HEADS = sa.Table(
    "handover_heads",
    _METADATA,
    sa.Column("talk", sa.String(40), primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),  # the summary, encrypted
    sa.Column("who", sa.String(80), nullable=False),  # first name of the advocate who has it, or nothing
    sa.Column("user", sa.String(40), nullable=False),  # their id in Slack
    sa.Column("alarms", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
)
_AWAY = sa.Table(
    "handover_away",
    _METADATA,
    sa.Column("advocate", sa.String(40), primary_key=True),
    sa.Column("until", sa.DateTime, nullable=False),
)


@dataclass(frozen=True)
class Head:
    """What a thread's head shows."""

    summary: tuple[str, ...] = ()
    plan: str = ""
    state: str = ""
    who: str = ""
    user: str = ""


class Heads:
    """The heads of one database.

    Args:
        engine: The shared database.
        secrets: The server's; summaries are encrypted with keys made from them.
    """

    def __init__(self, engine: Any, secrets: Secrets) -> None:
        self._engine = engine
        self._cipher = cipher("handover head", secrets)
        make_tables(engine, _METADATA)

    def begin(self, talk: str, summary: Sequence[str], plan: str, state: str, now: datetime) -> None:
        """Keep the summary of a talk that a person is asked for; nobody has it yet."""
        about = {"summary": list(summary), "plan": plan, "state": state}
        body = self._cipher.encrypt(json.dumps(about).encode())
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_HEADS).where(_HEADS.c.talk == talk))
            rows.execute(
                sa.insert(_HEADS).values(talk=talk, body=body, who="", user="", alarms=0, at=naive(now))
            )

    def head(self, talk: str) -> Head:
        """Return what the head shows; empty where nothing is known of it any more."""
        with self._engine.connect() as rows:
            row = rows.execute(sa.select(_HEADS).where(_HEADS.c.talk == talk)).first()
        if row is None:
            return Head()
        try:
            body = json.loads(self._cipher.decrypt(row.body))
        except InvalidToken:  # written under a secret that is gone
            body = {"summary": [], "plan": ""}
        return Head(tuple(body["summary"]), body["plan"], body.get("state", ""), row.who, row.user)

    def take(self, talk: str, user: str, who: str, *, only_if_free: bool = False) -> bool:
        """Note who has a talk; False where that was so, or somebody else has it and it is only taken if free."""
        c = _HEADS.c
        wanted = sa.and_(c.talk == talk, c.user == "" if only_if_free else c.user != user)
        with self._engine.begin() as rows:
            return bool(
                rows.execute(sa.update(_HEADS).where(wanted).values(user=user, who=who[:80])).rowcount
            )

    def alarm(self, talk: str, step: int) -> bool:
        """Take the next alarm of a talk; False where another process has it."""
        c = _HEADS.c
        with self._engine.begin() as rows:
            wanted = sa.and_(c.talk == talk, c.alarms == step - 1)
            return bool(rows.execute(sa.update(_HEADS).where(wanted).values(alarms=step)).rowcount)

    def forget_with(self, rows: Any, talk: str) -> None:
        """Delete the head of a talk, within the caller's transaction."""
        rows.execute(sa.delete(_HEADS).where(_HEADS.c.talk == talk))

    # -- who is away ---------------------------------------------------------------------------

    def leave(self, advocate: str, until: datetime) -> None:
        """Note that an advocate is away from the desk until then."""
        self.come_back(advocate)
        try:
            with self._engine.begin() as rows:
                rows.execute(sa.insert(_AWAY).values(advocate=advocate, until=naive(until)))
        except IntegrityError:  # said twice at once
            return

    def come_back(self, advocate: str) -> None:
        """Note that an advocate is back."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_AWAY).where(_AWAY.c.advocate == advocate))

    def away(self, now: datetime) -> frozenset[str]:
        """Return the ids of the advocates who are away."""
        with self._engine.connect() as rows:
            found = rows.execute(sa.select(_AWAY.c.advocate).where(_AWAY.c.until > naive(now))).scalars()
            return frozenset(found)
