"""The outbox: what has to leave the house, kept in the database until it has left.

Rows are written in the transaction of the booking itself, so neither exists without the other.
A worker claims a row, sends it, marks it. A claim is a lease that the worker renews while it
sends; if the worker dies, the lease runs out and another takes the row over.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.booking.calls.database import Database
from assistant.booking.calls.tables import outbox

LEASE = timedelta(seconds=90)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=2)
ANNOUNCEMENT = "announcement"
"""Kind of a row for the advocates' channel: about a call, or about calls as a whole."""
CHAT = "chat"
"""Kind of a row about a chat: it names no call, and goes with the chat."""
MOST_TRIES = 22  # with the waits above about a day, time for somebody to mend a mail server


@dataclass(frozen=True)
class Letter:
    """One row: an e-mail, a calendar entry or an announcement that waits to be sent.

    Attributes:
        once: Key under which it was queued; a second row with the same key is not accepted.
        payload: What to send, naming the call but no person.
    """

    id: int
    kind: str
    once: str
    payload: dict[str, Any]
    state: str
    tries: int
    due_at: datetime
    error: str | None
    queued_at: datetime


def queue(
    connection: Any,
    *,
    kind: str,
    once: str,
    stream: str,
    payload: dict[str, Any],
    now: datetime,
    due_at: datetime | None = None,
    stale_at: datetime | None = None,
) -> None:
    """Add a row within the caller's transaction."""
    connection.execute(
        outbox.insert().values(
            kind=kind,
            once=once,
            stream=stream,
            payload=payload,
            state="waiting",
            due_at=due_at or now,
            stale_at=stale_at,
            tries=0,
            queued_at=now,
        )
    )


def queue_once(database: Database, **row: Any) -> bool:
    """Add a row as :func:`queue` does, in a transaction of its own; False where its key is there already."""
    try:
        with database.writing() as connection:
            queue(connection, **row)
    except IntegrityError:
        return False
    return True


def chat_stream(talk: str) -> str:
    """Return the stream of a chat's rows."""
    return f"{CHAT}:{talk}"


def drop_waiting(connection: Any, streams: Collection[str]) -> None:
    """Take back what waits in these streams, because something newer says it better."""
    connection.execute(
        outbox.update()
        .where(outbox.c.stream.in_(list(streams)), outbox.c.state == "waiting")
        .values(state="dropped")
    )


class Outbox:
    """Claims, results and dead letters, for any number of workers in any number of processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self, worker: str, now: datetime, *, limit: int = 5, but_not: Collection[str] = ()
    ) -> list[Letter]:
        """Hand due rows to this worker alone, at most one of each stream, oldest first.

        Args:
            worker: Name of the worker, its own in all processes.
            now: The current instant.
            limit: How many at most.
            but_not: Kinds that this worker cannot send.
        """
        c = outbox.c
        runs_out = sa.and_(c.state == "sending", c.claimed_until <= now)
        due = (
            sa.select(outbox)
            .where(
                sa.or_(sa.and_(c.state == "waiting", c.due_at <= now), runs_out),
                ~_earlier_in_stream(),
                c.kind.notin_(list(but_not)),
            )
            .order_by(c.due_at, c.id)
            .limit(limit)
        )
        if not self._anything(due, now):
            return []
        with self._database.writing() as connection:
            connection.execute(
                outbox.update()
                .where(sa.or_(c.state == "waiting", runs_out), c.stale_at <= now)
                .values(state="dropped")
            )
            rows = connection.execute(due).all()
            connection.execute(
                outbox.update()
                .where(c.id.in_([row.id for row in rows]))
                .values(state="sending", claimed_by=worker, claimed_until=now + LEASE)
            )
        return [_letter(row) for row in rows]

    def _anything(self, due: Any, now: datetime) -> bool:
        """Look before locking, so that an idle worker never stands in a writer's way."""
        stale = sa.select(outbox.c.id).where(outbox.c.state == "waiting", outbox.c.stale_at <= now)
        with self._database.reading() as connection:
            return any(connection.execute(query.limit(1)).first() is not None for query in (due, stale))

    def renew(self, letter_id: int, worker: str, now: datetime) -> bool:
        """Keep the claim while sending takes long; False when another worker has taken it over."""
        return self._change(letter_id, worker, claimed_until=now + LEASE)

    def sent(self, letter_id: int, worker: str, now: datetime) -> bool:
        """Mark as sent."""
        return self._change(letter_id, worker, state="sent", sent_at=now, error=None)

    def dropped(self, letter_id: int, worker: str) -> bool:
        """Mark as no longer true, not sent."""
        return self._change(letter_id, worker, state="dropped")

    def failed(self, letter: Letter, worker: str, error: str, now: datetime) -> bool:
        """Try again later, each time twice as late; after the last try it is a dead letter."""
        tries = letter.tries + 1
        wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
        return self._change(
            letter.id,
            worker,
            state="dead" if tries >= MOST_TRIES else "waiting",
            tries=tries,
            due_at=now + wait,
            error=error[:500],
        )

    def _change(self, letter_id: int, worker: str, **values: Any) -> bool:
        mine = (outbox.c.id == letter_id, outbox.c.state == "sending", outbox.c.claimed_by == worker)
        with self._database.writing() as connection:
            changed: int = connection.execute(outbox.update().where(*mine).values(**values)).rowcount
        return changed == 1

    def in_state(self, *states: str) -> list[Letter]:
        """Return the rows in these states, oldest first; ``dead`` are the dead letters."""
        with self._database.reading() as connection:
            rows = connection.execute(
                sa.select(outbox).where(outbox.c.state.in_(states)).order_by(outbox.c.id)
            ).all()
        return [_letter(row) for row in rows]

    def revive(self, now: datetime, letter_id: int | None = None) -> int:
        """Let dead letters, or one of them, start anew; return how many."""
        one = [] if letter_id is None else [outbox.c.id == letter_id]
        with self._database.writing() as connection:
            result = connection.execute(
                outbox.update()
                .where(outbox.c.state == "dead", *one)
                .values(state="waiting", tries=0, due_at=now)
            )
        return int(result.rowcount)


def _letter(row: Any) -> Letter:
    return Letter(
        id=row.id,
        kind=row.kind,
        once=row.once,
        payload=row.payload,
        state=row.state,
        tries=row.tries,
        due_at=row.due_at,
        error=row.error,
        queued_at=row.queued_at,
    )


def _earlier_in_stream() -> Any:
    """Return whether another row of the same stream has to leave first: one that waits longer, or is being sent."""
    c, other = outbox.c, outbox.alias()
    return (
        sa.select(other.c.id)
        .where(
            other.c.stream == c.stream,
            sa.or_(
                sa.and_(other.c.state == "waiting", other.c.id < c.id),
                sa.and_(other.c.state == "sending", other.c.id != c.id),
            ),
        )
        .exists()
    )
