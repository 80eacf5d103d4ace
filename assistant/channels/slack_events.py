"""Which events of Slack were answered: each exactly once, whatever Slack sends, in any process.

Slack sends an event again when it did not hear back in three seconds, and sends two events for one
message that mentions the assistant. Rasa's connector throws every retry away, so a message whose
first delivery was lost is never answered; here a retry is answered unless the first delivery was.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.talks_database import make_tables, naive

REMEMBERED = timedelta(minutes=15)
"""Slack's last retry comes after five minutes."""
LEASE = timedelta(seconds=45)
"""After so long a process that began an answer and did not end it is taken for dead. Slack's second retry comes after
a minute."""

_METADATA = sa.MetaData()
_EVENTS = sa.Table(
    "slack_events",
    _METADATA,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("worker", sa.String(64), nullable=False),
    sa.Column("done", sa.Boolean, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
)


class Turn(Enum):
    """What to do with a delivery."""

    MINE = "answer it"
    ANSWERED = "answered already, or this process is at it"
    ELSEWHERE = "another process is at it, and may have died: Slack should ask again"


def event_key(body: Mapping[str, Any]) -> str | None:
    """Return what makes a delivery the same as another; None where Slack never repeats it.

    A message and the mention in it are two events with two ids, but one message of one channel.
    """
    event = body.get("event") or {}
    if event.get("type") in ("message", "app_mention") and event.get("channel") and event.get("ts"):
        kind = f"{event['subtype']} " if event.get("subtype") == "message_changed" else ""
        return f"{kind}message {event['channel']} {event['ts']}"
    if body.get("event_id"):
        return f"event {body['event_id']}"
    if body.get("type") == "view_submission":
        return f"view {body['view']['id']} {body['view'].get('hash', '')}"
    return f"click {body['trigger_id']}" if body.get("trigger_id") else None


class EventIds:
    """The events of the last quarter of an hour. Every call blocks: run it in a thread.

    Args:
        engine: The shared database.
        worker: This process, by a name that no other has or had.
    """

    def __init__(self, engine: Any, worker: str) -> None:
        self._engine = engine
        self._worker = worker
        make_tables(engine, _METADATA)

    def begin(self, key: str, now: datetime) -> Turn:
        """Take an event, or say who has it."""
        c = _EVENTS.c
        try:
            with self._engine.begin() as rows:
                rows.execute(
                    sa.insert(_EVENTS).values(key=key, worker=self._worker, done=False, at=naive(now))
                )
            return Turn.MINE
        except IntegrityError:
            pass
        stale = sa.and_(c.key == key, c.done.is_(False), c.worker != self._worker, c.at < naive(now - LEASE))
        old = sa.and_(c.key == key, c.at < naive(now - REMEMBERED))
        with self._engine.begin() as rows:
            taken = rows.execute(
                sa.update(_EVENTS)
                .where(sa.or_(stale, old))
                .values(worker=self._worker, done=False, at=naive(now))
            ).rowcount
            row = rows.execute(sa.select(c.worker, c.done).where(c.key == key)).first()
        if taken:
            return Turn.MINE
        return Turn.ANSWERED if row is None or row.done or row.worker == self._worker else Turn.ELSEWHERE

    def done(self, key: str) -> None:
        """Note that an event was answered."""
        with self._engine.begin() as rows:
            rows.execute(sa.update(_EVENTS).where(_EVENTS.c.key == key).values(done=True))

    def tidy(self, now: datetime) -> None:
        """Forget what Slack can no longer send again."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_EVENTS).where(_EVENTS.c.at < naive(now - REMEMBERED)))
