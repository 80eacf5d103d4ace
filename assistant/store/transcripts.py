"""What was said in each talk, for a reload and for answering the same message only once.

Rows are encrypted with the key in the parent's token, so the database file alone tells nothing.
Every call blocks: channels run them in a thread.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.exc import OperationalError

from assistant.store.talks_database import BUSY_SECONDS, beat, make_tables, open_engine, scrub
from assistant.store.tokens import TalkToken

_METADATA = sa.MetaData()
_TALKS = sa.Table(
    "web_talks",
    _METADATA,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("zone", sa.String(60), nullable=False),
    sa.Column("last_seen", sa.DateTime, nullable=False),
)
_MESSAGES = sa.Table(
    "web_messages",
    _METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("talk", sa.String(40), nullable=False, index=True),
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column(
        "answers", sa.String(64), nullable=False
    ),  # id of the parent's message that this row belongs to
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("talk", "id"),
    sa.Index("web_messages_answers", "talk", "answers"),
)


@dataclass(frozen=True)
class Said:
    """One message of a talk, the parent's or the assistant's, in its public JSON form."""

    id: str
    answers: str
    body: dict[str, Any]


class Transcripts:
    """The talks of one database.

    Args:
        url: SQLAlchemy address; a SQLite file is made if it isn't there.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        # Writers of this process queue here: SQLite's own waiting polls, is not fair, and under 32 parents gave up
        self._turn = threading.Lock() if self._engine.dialect.name == "sqlite" else None
        make_tables(self._engine, _METADATA)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Any]:
        # behind a locked file each one ahead waits BUSY_SECONDS: the last of fifty would be told after minutes
        if self._turn and not self._turn.acquire(timeout=BUSY_SECONDS):
            raise OperationalError("waiting to write", {}, TimeoutError("the database is locked or too busy"))
        try:
            with self._engine.begin() as rows:
                yield rows
        finally:
            if self._turn:
                self._turn.release()

    def open_talk(self, talk: str, zone: str, now: datetime) -> None:
        """Note a new talk."""
        with self._writing() as rows:
            rows.execute(sa.insert(_TALKS).values(id=talk, zone=zone, last_seen=_naive(now)))

    def zone_of(self, talk: str) -> str | None:
        """Return the time zone of a talk, or None when the talk is unknown or was deleted."""
        with self._engine.connect() as rows:
            found = rows.execute(sa.select(_TALKS.c.zone).where(_TALKS.c.id == talk)).scalar()
        return found if isinstance(found, str) else None

    def replies_to(self, token: TalkToken, message: str) -> list[dict[str, Any]] | None:
        """Return the stored replies to a message id, or None when it was not answered yet."""
        with self._engine.connect() as rows:
            found = rows.execute(
                sa.select(_MESSAGES.c.id, _MESSAGES.c.answers, _MESSAGES.c.body)
                .where(_MESSAGES.c.talk == token.talk, _MESSAGES.c.answers == message)
                .order_by(_MESSAGES.c.number)
            ).all()
        if not found:
            return None
        return [said.body for said in _readable(token, found) if said.body["from"] == "assistant"]

    def keep(self, token: TalkToken, answers: str, bodies: Sequence[dict[str, Any]], now: datetime) -> None:
        """Store messages (each body has an `id`); what is stored already stays as it is."""
        cipher = token.cipher
        with self._writing() as rows:
            seen = sa.update(_TALKS).where(_TALKS.c.id == token.talk).values(last_seen=_naive(now))
            if not rows.execute(seen).rowcount:
                return  # deleted while the answer was on its way
            for body in bodies:
                rows.execute(
                    sa.insert(_MESSAGES).values(
                        talk=token.talk,
                        id=body["id"],
                        answers=answers,
                        body=cipher.encrypt(json.dumps(body).encode()),
                    )
                )

    def since(self, token: TalkToken, after: str | None = None) -> list[Said]:
        """Return the messages after the one with id `after`, in order; all when it is unknown."""
        with self._engine.connect() as rows:
            first = 0
            if after:
                first = (
                    rows.execute(
                        sa.select(_MESSAGES.c.number).where(
                            _MESSAGES.c.talk == token.talk, _MESSAGES.c.id == after
                        )
                    ).scalar()
                    or 0
                )
            found = rows.execute(
                sa.select(_MESSAGES.c.id, _MESSAGES.c.answers, _MESSAGES.c.body)
                .where(_MESSAGES.c.talk == token.talk, _MESSAGES.c.number > first)
                .order_by(_MESSAGES.c.number)
            ).all()
        return _readable(token, found)

    def forget(self, talk: str) -> None:
        """Delete everything of a talk."""
        with self._writing() as rows:
            rows.execute(sa.delete(_MESSAGES).where(_MESSAGES.c.talk == talk))
            rows.execute(sa.delete(_TALKS).where(_TALKS.c.id == talk))
        self.tidy()

    def tidy(self) -> None:
        """Take deleted rows out of the database's log as well."""
        scrub(self._engine)

    def older_than(self, moment: datetime) -> list[str]:
        """Return the talks in which nothing was said since `moment`."""
        with self._engine.connect() as rows:
            return list(
                rows.execute(sa.select(_TALKS.c.id).where(_TALKS.c.last_seen < _naive(moment))).scalars()
            )

    def alive(self) -> bool:
        """Say whether talks can be read and written."""
        beat(self._engine)
        with self._engine.connect() as rows:
            rows.execute(sa.select(_MESSAGES.c.number).limit(1)).first()
        return True


def _readable(token: TalkToken, found: Sequence[Any]) -> list[Said]:
    said = []
    for row in found:
        try:
            said.append(Said(row.id, row.answers, json.loads(token.cipher.decrypt(row.body))))
        except InvalidToken:  # not this token's row: never shown, never a crash
            continue
    return said


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
