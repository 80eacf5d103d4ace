"""Keeps talks in SQL for Rasa.

What Rasa's own SQL store does otherwise, and why it may not here:

- it runs on the event loop, so that one locked database holds up every parent; this one has threads of its own;
- it reads the whole session, so that a turn grows with the talk; this one reads the last turns and the slots before them;
- behind Rasa's fail-safe wrapper a lost table means going on in memory, silently; this one raises `TalksUnreachable`;
- it keeps what parents wrote as it is; this one keeps what assistant.store.tracker.kept leaves of it, sealed with the server's secret.

The table is the one of Rasa's store, so that an existing tracker.db goes on.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError

from assistant.sealed import Secrets
from assistant.store.talks_database import beat, make_tables, open_engine, scrub
from assistant.store.tracker.kept import PERSONAL_SLOTS, emptied, kept, unsealed
from assistant.store.tracker.sealed_rows import CannotOpen, SealedRows

log = logging.getLogger(__name__)

TURNS_READ = 4
"""Turns of a talk that are read again; what came before is in the slots. No rule or action looks back further than two."""
THREADS = 4
_READ = "_events_in_store"
"""Attribute of a tracker: how many of its events are stored already."""

_METADATA = sa.MetaData()
_EVENTS = sa.Table(
    "events",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)
_e = _EVENTS.c
# With it each part of the two statements below is one step down a tree, however long the talk is.
sa.Index("events_by_name", _e.sender_id, _e.type_name, _e.action_name, _e.id)

_OF = "FROM events WHERE sender_id = :talk AND type_name = "
_BOUNDS = sa.text(
    f"""
    WITH session AS (SELECT coalesce(max(id), 0) AS id {_OF} 'session_started' AND action_name IS NULL),
    turn AS (SELECT id {_OF} 'user' AND action_name IS NULL AND id > (SELECT id FROM session)
        ORDER BY id DESC LIMIT 1 OFFSET {TURNS_READ - 1}),
    begin_at AS (SELECT max(id) AS id {_OF} 'action' AND action_name = 'action_listen'
        AND id > (SELECT id FROM session) AND id < (SELECT id FROM turn))
    SELECT (SELECT id FROM session) AS session, (SELECT id FROM begin_at) AS begin_at,
        (SELECT max(id) {_OF} 'reset_slots' AND action_name IS NULL AND id < (SELECT id FROM begin_at)) AS emptied,
        (SELECT max(id) {_OF} 'restart' AND action_name IS NULL AND id < (SELECT id FROM begin_at)) AS restarted
    """  # noqa: S608  # no word of a parent's is in it
)
"""Where a talk's session and its last turns begin, and where its slots were emptied last before these."""
_SESSION = sa.text("SELECT data FROM events WHERE sender_id = :talk AND id >= :session ORDER BY id")
T = TypeVar("T")


class TalksUnreachable(RuntimeError):
    """The database of the talks does not answer, or can't be written."""


class TalkStore(TrackerStore):
    """A tracker store over one database.

    Args:
        url: SQLAlchemy address; a SQLite file is made if it isn't there.
        secrets: The server's; what may hold words is sealed with them.

    Raises:
        TalksUnreachable: The database can't be opened.
    """

    def __init__(self, url: str, secrets: Secrets, domain: Domain | None = None) -> None:
        super().__init__(domain)
        self._engine = open_engine(url)
        self._sealed = SealedRows(secrets)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="talks")
        self._to_scrub = False
        try:
            make_tables(self._engine, _METADATA)
        except SQLAlchemyError as error:
            raise TalksUnreachable(f"the database of the talks can't be opened: {_cause(error)}") from error

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new of a talk, masked and sealed."""
        events = [event.as_dict() for event in tracker.events]
        stored = getattr(tracker, _READ, 0)
        await self._run(self._append, tracker.sender_id, events, stored)
        setattr(tracker, _READ, len(events))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a talk as far as a turn needs it; None where there is none, or it can't be opened: then it begins anew."""
        try:
            return await self._tracker(sender_id, self._recent)
        except CannotOpen as error:
            log.error("%s Until then such talks begin anew.", error)
            return None

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return a whole talk.

        Raises:
            CannotOpen: It was written under another secret.
        """
        return await self._tracker(conversation_id, self._whole)

    async def said_after(self, talk: str, message: str) -> list[dict[str, Any]] | None:
        """Return what was said to a talk's last message, as Rasa hands it to a channel; None if that was another one.

        A turn is stored whole or not at all, so a message that comes again after a crash need not be heard twice.
        """
        return await self._run(self._said_after, talk, message)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all talks."""
        return await self._run(self._talks)

    async def exists(self, conversation_id: str) -> bool:
        """Tell whether anything of a talk is kept."""
        return bool(await self._run(self._newest, conversation_id))

    async def delete(self, talk: str) -> None:
        """Delete every event of a talk, in the database's file and in its log."""
        await self._run(self._delete, [talk])

    async def delete_older(self, moment: datetime) -> int:
        """Delete the talks in which nothing was said since `moment`; return how many."""
        old = await self._run(self._silent_since, moment.timestamp())
        if old:
            await self._run(self._delete, old)
        return len(old)

    async def empty_older(self, moment: datetime) -> int:
        """Empty the forms that nobody went on with since `moment`; return of how many talks."""
        left = await self._run(self._silent_since, moment.timestamp())
        return await self._run(self._empty, left) if left else 0

    async def tidy(self) -> None:
        """Take deleted rows out of the log, where something was in the way when they were deleted."""
        if self._to_scrub:
            self._to_scrub = not await self._run(scrub, self._engine)

    async def alive(self) -> bool:
        """Say whether talks can be read and written."""
        try:
            await self._run(self._probe)
        except TalksUnreachable as error:
            log.error("%s", error)
            return False
        return True

    def close(self) -> None:
        """Let go of the connections."""
        self._threads.shutdown(wait=False)
        self._engine.dispose()

    async def _run(self, work: Callable[..., T], *arguments: Any) -> T:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, work, *arguments)
        except SQLAlchemyError as error:
            raise TalksUnreachable(f"the database of the talks does not answer: {_cause(error)}") from error

    async def _tracker(
        self, talk: str, read: Callable[[str], list[dict[str, Any]]]
    ) -> DialogueStateTracker | None:
        events = await self._run(read, talk)
        if not events:
            return None
        tracker = DialogueStateTracker.from_dict(talk, events, self.domain.slots)
        setattr(tracker, _READ, len(tracker.events))
        return tracker

    # -- in a thread ---------------------------------------------------------------------------

    def _append(self, talk: str, events: list[dict[str, Any]], stored: int) -> None:
        new, about = kept(events, stored)
        with self._engine.begin() as rows:
            if new:
                rows.execute(sa.insert(_EVENTS), [self._sealed.row(talk, event) for event in new])
            if about.was_given_personal_data and not about.needs_personal_data:
                self._empty_in(rows, [talk])

    def _recent(self, talk: str) -> list[dict[str, Any]]:
        """Return the last turns of the running session, behind the slots and the form that came before."""
        with self._engine.connect() as rows:
            bounds = rows.execute(_BOUNDS, {"talk": talk}).one()
            place = {"talk": talk, "session": bounds.session}
            if bounds.begin_at is None:
                return self._sealed.events(rows.execute(_SESSION, place))
            place |= {
                "begin_at": bounds.begin_at,
                "after": max(bounds.emptied or 0, bounds.restarted or 0, bounds.session),
            }
            statement, names = _behind_slots(
                tuple(slot.name for slot in self.domain.slots), tuple(self.domain.form_names)
            )
            return self._sealed.events(rows.execute(statement, place | names))

    def _said_after(self, talk: str, message: str) -> list[dict[str, Any]] | None:
        own = _e.sender_id == talk
        with self._engine.connect() as rows:
            last = rows.execute(
                sa.select(_e.id, _e.data).where(own, _e.type_name == "user").order_by(_e.id.desc()).limit(1)
            ).first()
            after = sa.select(_e.data).where(own, _e.type_name == "bot").order_by(_e.id)
            try:
                if last is None or self._sealed.event(last.data).get("message_id") != message:
                    return None
                said = self._sealed.events(rows.execute(after.where(_e.id > last.id)))
            except CannotOpen:
                return None
        return [
            {**event["data"], **event["metadata"], "text": event["text"]}
            for event in map(unsealed, said)
            if event["text"] or event["metadata"]
        ]

    def _whole(self, talk: str) -> list[dict[str, Any]]:
        with self._engine.connect() as rows:
            return self._sealed.events(
                rows.execute(sa.select(_e.data).where(_e.sender_id == talk).order_by(_e.id))
            )

    def _talks(self) -> list[str]:
        with self._engine.connect() as rows:
            return list(rows.execute(sa.select(_e.sender_id).distinct()).scalars())

    def _newest(self, talk: str) -> int | None:
        with self._engine.connect() as rows:
            found: int | None = rows.execute(
                sa.select(sa.func.max(_e.id)).where(_e.sender_id == talk)
            ).scalar()
            return found

    def _silent_since(self, moment: float) -> list[str]:
        with self._engine.connect() as rows:
            newest = sa.select(_e.sender_id).group_by(_e.sender_id).having(sa.func.max(_e.timestamp) < moment)
            return list(rows.execute(newest).scalars())

    def _delete(self, talks: list[str]) -> None:
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_EVENTS).where(_e.sender_id.in_(talks)))
        self._to_scrub = not scrub(self._engine)

    def _empty(self, talks: list[str]) -> int:
        with self._engine.begin() as rows:
            return self._empty_in(rows, talks)

    def _empty_in(self, rows: Any, talks: list[str]) -> int:
        """Empty the personal slots of talks; return of how many."""
        found = rows.execute(
            sa.select(_e.id, _e.sender_id, _e.action_name, _e.timestamp, _e.data).where(
                _e.sender_id.in_(talks), _e.type_name == "slot", _e.action_name.in_(sorted(PERSONAL_SLOTS))
            )
        ).all()
        full = [(row, event) for row in found if (event := self._still_full(row)) is not None]
        for row, event in full:
            rows.execute(
                sa.update(_EVENTS).where(_e.id == row.id).values(data=self._sealed.data(emptied(event)))
            )
        self._to_scrub = self._to_scrub or bool(full)
        return len({row.sender_id for row, _ in full})

    def _still_full(self, row: Any) -> dict[str, Any] | None:
        """Return the event of a slot's row that holds a value, or may hold one; None for an empty slot."""
        try:
            event = self._sealed.event(row.data)
        except CannotOpen:  # whatever it holds has to go, too
            return {"event": "slot", "name": row.action_name, "timestamp": row.timestamp}
        return event if event.get("value") is not None else None

    def _probe(self) -> None:
        beat(self._engine)
        with self._engine.connect() as rows:
            rows.execute(sa.select(_e.id).limit(1)).first()


@functools.cache
def _behind_slots(slots: tuple[str, ...], forms: tuple[str, ...]) -> tuple[Any, dict[str, str]]:
    """Return the statement for the last turns behind the newest value of each slot and form, and its names as parameters."""
    names = {f"slot{place}": name for place, name in enumerate(slots)}
    loops = {f"form{place}": name for place, name in enumerate(forms)}
    of = [f"'slot' AND action_name = :{key}" for key in names]
    newest = [f"SELECT max(id) {_OF} {one} AND id > :after AND id < :begin_at" for one in of]
    loop = " UNION ALL ".join(
        f"SELECT max(id) AS id {_OF} 'active_loop' AND action_name {one} AND id > :after AND id < :begin_at"
        for one in ("IS NULL", *(f"= :{key}" for key in loops))
    )
    newest.append(f"SELECT max(id) FROM ({loop}) AS loops")  # noqa: S608
    statement = f"""
        SELECT data FROM (
            SELECT id, data FROM events WHERE id = :session AND sender_id = :talk OR id IN ({" UNION ALL ".join(newest)})
            UNION ALL SELECT id, data FROM events WHERE sender_id = :talk AND id >= :begin_at
        ) AS found ORDER BY id
        """  # noqa: S608
    return sa.text(statement), names | loops


def _cause(error: SQLAlchemyError) -> str:
    """Return the database's own words, without the statement and its parameters."""
    return str(getattr(error, "orig", None) or type(error).__name__)
