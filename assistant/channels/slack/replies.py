"""Replies that were posted in Slack, for their own buttons: unfold, share, vote. Encrypted with the server's secret.

A click brings no text of a private message along, and a button holds 2,000 characters at most.
Every call blocks: run it in a thread.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from assistant.sealed import Secrets, cipher
from assistant.store.talks_database import make_tables, naive
from assistant.talk.reply import Reply

KEPT = timedelta(days=7)

_METADATA = sa.MetaData()
_REPLIES = sa.Table(
    "slack_replies",
    _METADATA,
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("talk", sa.String(200), nullable=False, index=True),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Kept:
    """A reply that was posted: its key, its talk, what it said."""

    key: str
    talk: str
    reply: Reply


class KeptReplies:
    """The replies of the last week in one database."""

    def __init__(self, engine: Any, secrets: Secrets) -> None:
        self._engine = engine
        self._cipher = cipher("slack replies", secrets)
        make_tables(engine, _METADATA)

    def keep(self, talk: str, reply: Reply, now: datetime) -> str:
        """Store a reply of a talk; return its key."""
        key = uuid.uuid4().hex
        encrypted = self._cipher.encrypt(json.dumps({"talk": talk, "reply": reply.to_json()}).encode())
        with self._engine.begin() as rows:
            rows.execute(sa.insert(_REPLIES).values(key=key, talk=talk, at=naive(now), body=encrypted))
        return key

    def read(self, key: str) -> Kept | None:
        """Return a reply, or None when it is no longer there."""
        with self._engine.connect() as rows:
            body = rows.execute(sa.select(_REPLIES.c.body).where(_REPLIES.c.key == key)).scalar()
        try:
            kept = json.loads(self._cipher.decrypt(body)) if body else None
        except InvalidToken:
            return None
        return Kept(key, kept["talk"], Reply.from_json(kept["reply"])) if kept else None

    def forget(self, talk: str) -> None:
        """Delete the replies of a talk."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_REPLIES).where(_REPLIES.c.talk == talk))

    def tidy(self, now: datetime) -> None:
        """Forget what is older than a week."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_REPLIES).where(_REPLIES.c.at < naive(now - KEPT)))
