"""Which events of Slack were answered: each exactly once, whatever Slack sends, in any process.

Slack sends an event again when it did not hear back in three seconds, and sends two events for one
message that mentions the assistant. Rasa's connector throws every retry away, so a message whose
first delivery was lost is never answered; here a retry is answered unless the first delivery was.

What Slack heard an acknowledgement for, it never sends again. So a delivery is kept, encrypted with the server's secret,
from before the acknowledgement until it is answered; what a dead process leaves, another one or the next one takes over.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.exc import IntegrityError

from assistant.sealed import Secrets, cipher
from assistant.store.talks_database import make_tables, naive

REMEMBERED = timedelta(minutes=15)
"""Slack's last retry comes after five minutes."""
LEASE = timedelta(seconds=8)
"""A process at work says so every RENEW_SECONDS; after so long without a word it is taken for dead."""
RENEW_SECONDS = 2.0
PATIENCE = timedelta(seconds=15)
"""What is written after an unanswered message of a dead process waits so long for it: the lease, and who looks for what it left."""
MOST_TRIES = 3
"""An event that ended so many processes is not tried again."""

log = logging.getLogger(__name__)

_METADATA = sa.MetaData()
_EVENTS = sa.Table(
    "slack_events",
    _METADATA,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("worker", sa.String(64), nullable=False),
    sa.Column("done", sa.Boolean, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
)
_WAITING = sa.Table(
    "slack_waiting",
    _METADATA,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)


class Turn(Enum):
    """What to do with a delivery."""

    MINE = "answer it"
    ANSWERED = "answered already, or this process is at it"
    ELSEWHERE = "another process is at it, and may have died: Slack should ask again"


def event_key(body: Mapping[str, Any]) -> str | None:
    """Return what makes a delivery the same as another; None where Slack never repeats it.

    A message and the mention in it are two events with two ids, but one message of one channel. A press and a form that
    is sent are known by their trigger: a form sent again after a correction is the same view with the same hash.
    """
    event = body.get("event") or {}
    if event.get("type") in ("message", "app_mention") and event.get("channel") and event.get("ts"):
        kind = f"{event['subtype']} " if event.get("subtype") == "message_changed" else ""
        return f"{kind}message {event['channel']} {event['ts']}"
    if body.get("event_id"):
        return f"event {body['event_id']}"
    return f"click {body['trigger_id']}" if body.get("trigger_id") else None


class EventIds:
    """The events of the last quarter of an hour. Every call blocks: run it in a thread.

    Args:
        engine: The shared database.
        worker: This process, by a name that no other has or had.
        secrets: The server's; encrypts what waits for its answer.
    """

    def __init__(self, engine: Any, worker: str, secrets: Secrets) -> None:
        self._engine = engine
        self._worker = worker
        self._cipher = cipher("slack events", secrets)
        make_tables(engine, _METADATA)

    def begin(self, key: str, body: Mapping[str, Any], now: datetime) -> Turn:
        """Take an event, or say who has it."""
        c = _EVENTS.c
        try:
            with self._engine.begin() as rows:
                rows.execute(
                    sa.insert(_EVENTS).values(key=key, worker=self._worker, done=False, at=naive(now))
                )
                self._keep(rows, key, body)
            return Turn.MINE
        except IntegrityError:
            pass
        old = sa.and_(c.key == key, c.at < naive(now - REMEMBERED))
        with self._engine.begin() as rows:
            taken = rows.execute(
                sa.update(_EVENTS)
                .where(sa.or_(sa.and_(c.key == key, self._stale(now)), old))
                .values(worker=self._worker, done=False, at=naive(now))
            ).rowcount
            if taken:
                self._keep(rows, key, body)
            row = rows.execute(sa.select(c.worker, c.done).where(c.key == key)).first()
        if taken:
            return Turn.MINE
        return Turn.ANSWERED if row is None or row.done or row.worker == self._worker else Turn.ELSEWHERE

    def renew(self, keys: Collection[str], now: datetime) -> None:
        """Say that this process is still at these events."""
        mine = sa.and_(_EVENTS.c.key.in_(keys), _EVENTS.c.worker == self._worker)
        with self._engine.begin() as rows:
            rows.execute(sa.update(_EVENTS).where(mine).values(at=naive(now)))

    def is_mine(self, key: str) -> bool:
        """Say whether no other process took an event over meanwhile."""
        with self._engine.connect() as rows:
            worker = rows.execute(sa.select(_EVENTS.c.worker).where(_EVENTS.c.key == key)).scalar()
        return worker in (None, self._worker)

    def has_earlier(self, key: str, now: datetime) -> bool:
        """Say whether a message that stands above this one in its channel is still at work, in any process."""
        c, channel = _EVENTS.c, key.rpartition(" ")[0] + " "
        above = sa.and_(c.key.startswith(channel, autoescape=True), c.key < key)
        at_work = sa.and_(c.done.is_(False), c.at > naive(now - PATIENCE))
        with self._engine.connect() as rows:
            return rows.execute(sa.select(c.key).where(above, at_work).limit(1)).first() is not None

    def done(self, key: str) -> None:
        """Note that an event was answered, and forget what it said."""
        with self._engine.begin() as rows:
            mine = sa.update(_EVENTS).where(_EVENTS.c.key == key, _EVENTS.c.worker == self._worker)
            if rows.execute(mine.values(done=True)).rowcount:
                rows.execute(sa.delete(_WAITING).where(_WAITING.c.key == key))

    def left(self, now: datetime) -> list[tuple[str, dict[str, Any]]]:
        """Take over the events of dead processes; return their keys and deliveries."""
        taken = []
        with self._engine.connect() as rows:
            found = rows.execute(
                sa.select(_WAITING.c.key, _WAITING.c.tries, _WAITING.c.body)
                .join(_EVENTS, _EVENTS.c.key == _WAITING.c.key)
                .where(self._stale(now))
                .order_by(_WAITING.c.key)
            ).all()
        for row in found:
            with self._engine.begin() as rows:
                mine = sa.update(_EVENTS).where(_EVENTS.c.key == row.key, self._stale(now))
                if not rows.execute(mine.values(worker=self._worker, at=naive(now))).rowcount:
                    continue  # another process was faster
                again = sa.update(_WAITING).where(_WAITING.c.key == row.key)
                rows.execute(again.values(tries=row.tries + 1))
            body = self._readable(row.body)
            if body is None or row.tries >= MOST_TRIES:
                log.error("an event of Slack's is given up after %s tries", row.tries)
                self.done(row.key)
            else:
                taken.append((row.key, body))
        return taken

    def tidy(self, now: datetime) -> None:
        """Forget what Slack can no longer send again."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_EVENTS).where(_EVENTS.c.at < naive(now - REMEMBERED)))
            rows.execute(sa.delete(_WAITING).where(_WAITING.c.key.not_in(sa.select(_EVENTS.c.key))))

    def _stale(self, now: datetime) -> Any:
        c = _EVENTS.c
        return sa.and_(c.done.is_(False), c.worker != self._worker, c.at < naive(now - LEASE))

    def _keep(self, rows: Any, key: str, body: Mapping[str, Any]) -> None:
        encrypted = self._cipher.encrypt(json.dumps(body).encode())
        rows.execute(sa.delete(_WAITING).where(_WAITING.c.key == key))
        rows.execute(sa.insert(_WAITING).values(key=key, tries=0, body=encrypted))

    def _readable(self, body: bytes) -> dict[str, Any] | None:
        try:
            return dict(json.loads(self._cipher.decrypt(body)))
        except InvalidToken:  # the secret was changed
            return None
