"""Keeps talks in SQL for Rasa.

What Rasa's own SQL store does otherwise, and why it may not here:

- it runs on the event loop, so that one locked database holds up every parent; this one has threads of its own;
- it reads the whole session, so that a turn grows with the talk; this one reads the last turns and the slots before them;
- behind Rasa's fail-safe wrapper a lost table means going on in memory, silently; this one raises `TalksUnreachable`;
- it keeps what parents wrote as it is; this one keeps what assistant.tracker.kept leaves of it.

The table is the one of Rasa's store, so that an existing tracker.db goes on.
"""

from __future__ import annotations

import asyncio
import json
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

from assistant.talks_database import beat, make_tables, open_engine, scrub
from assistant.tracker.kept import PERSONAL_SLOTS, emptied, kept

log = logging.getLogger(__name__)

TURNS_READ = 8
"""Turns of a talk that are read again; what came before is in the slots."""
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
T = TypeVar("T")


class TalksUnreachable(RuntimeError):
    """The database of the talks does not answer, or can't be written."""


class TalkStore(TrackerStore):
    """A tracker store over one database.

    Args:
        url: SQLAlchemy address; a SQLite file is made if it isn't there.

    Raises:
        TalksUnreachable: The database can't be opened.
    """

    def __init__(self, url: str, domain: Domain | None = None) -> None:
        super().__init__(domain)
        self._engine = open_engine(url)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="talks")
        self._to_scrub = False
        try:
            make_tables(self._engine, _METADATA)
        except SQLAlchemyError as error:
            raise TalksUnreachable(f"the database of the talks can't be opened: {_cause(error)}") from error

    async def save(self, tracker: DialogueStateTracker) -> None:
        events = [event.as_dict() for event in tracker.events]
        stored = getattr(tracker, _READ, 0)
        await self._run(self._append, tracker.sender_id, events, stored)
        setattr(tracker, _READ, len(events))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return await self._tracker(sender_id, self._recent)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return await self._tracker(conversation_id, self._whole)

    async def said_after(self, talk: str, message: str) -> list[dict[str, Any]] | None:
        """Return what was said to a talk's last message, as Rasa hands it to a channel; None if that was another one.

        A turn is stored whole or not at all, so a message that comes again after a crash need not be heard twice.
        """
        return await self._run(self._said_after, talk, message)

    async def keys(self) -> Iterable[str]:
        return await self._run(self._talks)

    async def exists(self, conversation_id: str) -> bool:
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
                rows.execute(sa.insert(_EVENTS), [_row(talk, event) for event in new])
            if about.was_given_personal_data and not about.needs_personal_data:
                self._empty_in(rows, [talk])

    def _recent(self, talk: str) -> list[dict[str, Any]]:
        """Return the last turns of the running session, behind the slots and the form that came before."""
        own = _e.sender_id == talk
        with self._engine.connect() as rows:
            session = rows.execute(
                sa.select(sa.func.max(_e.id)).where(own, _e.type_name == "session_started")
            ).scalar()
            own = sa.and_(own, _e.id >= (session or 0))
            turn = rows.execute(
                sa.select(_e.id)
                .where(own, _e.type_name == "user")
                .order_by(_e.id.desc())
                .limit(1)
                .offset(TURNS_READ - 1)
            ).scalar()
            begin = (
                turn
                and rows.execute(
                    sa.select(sa.func.max(_e.id)).where(own, _e.id < turn, _e.action_name == "action_listen")
                ).scalar()
            )
            if not begin:
                return _events(rows.execute(sa.select(_e.data).where(own).order_by(_e.id)))
            before = sa.and_(own, _e.id < begin)
            reset = rows.execute(
                sa.select(sa.func.max(_e.id)).where(before, _e.type_name.in_(("reset_slots", "restart")))
            ).scalar()
            newest = (
                sa.select(sa.func.max(_e.id))
                .where(before, _e.id > (reset or 0), _e.type_name.in_(("slot", "active_loop")))
                .group_by(_e.type_name, sa.case((_e.type_name == "slot", _e.action_name), else_=""))
            )
            wanted = sa.or_(_e.id == session, _e.id.in_(newest), _e.id >= begin)
            return _events(rows.execute(sa.select(_e.data).where(own, wanted).order_by(_e.id)))

    def _said_after(self, talk: str, message: str) -> list[dict[str, Any]] | None:
        own = _e.sender_id == talk
        with self._engine.connect() as rows:
            last = rows.execute(
                sa.select(_e.id, _e.data).where(own, _e.type_name == "user").order_by(_e.id.desc()).limit(1)
            ).first()
            if last is None or json.loads(last.data).get("message_id") != message:
                return None
            said = _events(
                rows.execute(
                    sa.select(_e.data).where(own, _e.id > last.id, _e.type_name == "bot").order_by(_e.id)
                )
            )
        return [
            {**event["data"], **event["metadata"], "text": event["text"]}
            for event in said
            if event["text"] or event["metadata"]
        ]

    def _whole(self, talk: str) -> list[dict[str, Any]]:
        with self._engine.connect() as rows:
            return _events(rows.execute(sa.select(_e.data).where(_e.sender_id == talk).order_by(_e.id)))

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
            sa.select(_e.id, _e.sender_id, _e.data).where(
                _e.sender_id.in_(talks), _e.type_name == "slot", _e.action_name.in_(sorted(PERSONAL_SLOTS))
            )
        ).all()
        full = [(row, json.loads(row.data)) for row in found]
        full = [(row, event) for row, event in full if event.get("value") is not None]
        for row, event in full:
            rows.execute(sa.update(_EVENTS).where(_e.id == row.id).values(data=json.dumps(emptied(event))))
        self._to_scrub = self._to_scrub or bool(full)
        return len({row.sender_id for row, _ in full})

    def _probe(self) -> None:
        beat(self._engine)
        with self._engine.connect() as rows:
            rows.execute(sa.select(_e.id).limit(1)).first()


def _row(talk: str, event: dict[str, Any]) -> dict[str, Any]:
    return {
        "sender_id": talk,
        "type_name": event["event"],
        "timestamp": event.get("timestamp"),
        "intent_name": ((event.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": event.get("name"),
        "data": json.dumps(event),
    }


def _events(found: Iterable[Any]) -> list[dict[str, Any]]:
    return [json.loads(row.data) for row in found]


def _cause(error: SQLAlchemyError) -> str:
    """Return the database's own words, without the statement and its parameters."""
    return str(getattr(error, "orig", None) or type(error).__name__)
