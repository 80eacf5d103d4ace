"""Handing a parent's talk to a person: who speaks now, and the lines on their way between widget and thread.

The transcript's rows can be read with the parent's own token alone, so an advocate's line can't be
written there. It waits here, encrypted with the server's secret, until the parent's browser asks for
news; then it goes into the transcript and is deleted here (docs/decisions/0012). Everything is in the
shared database, so that a restart, or another process, goes on where this one stopped.

Every call blocks: channels run them in a thread.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.exc import IntegrityError

from assistant import metrics
from assistant.handover.by_email import ByEmail
from assistant.handover.heads import Heads
from assistant.sealed import Secrets, cipher
from assistant.store.talks_database import make_tables, naive

NOBODY_CAME = timedelta(minutes=3)
IDLE = timedelta(minutes=15)
LEASE = timedelta(seconds=30)
ALARMS = (timedelta(seconds=60), timedelta(seconds=90))
"""A parent who waits so long is told of to all in the channel, then to each advocate at their desk."""

WAITING, OPEN, MISSED, ENDED = "waiting", "open", "missed", "ended"
SILENT = (WAITING, OPEN)
"""States in which the assistant says nothing."""

_METADATA = sa.MetaData()
_TALKS = sa.Table(
    "handovers",
    _METADATA,
    sa.Column("talk", sa.String(40), primary_key=True),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("channel", sa.String(40)),
    sa.Column("thread", sa.String(40), index=True),
    sa.Column("asked_at", sa.DateTime, nullable=False),
    sa.Column("heard_at", sa.DateTime, nullable=False),
)
_LINES = sa.Table(
    "handover_lines",
    _METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(64), nullable=False, unique=True),
    sa.Column("talk", sa.String(40), nullable=False, index=True),
    sa.Column("goes_to", sa.String(10), nullable=False),  # parent or slack
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claimed_until", sa.DateTime),
)


@dataclass(frozen=True)
class Line:
    """Something on its way. `body` has a `kind`, and what that kind needs."""

    number: int
    id: str
    talk: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Thread:
    """The thread in the advocates' channel that belongs to a talk."""

    talk: str
    channel: str
    ts: str
    asked_at: datetime


class HandOver:
    """The talks of one database that people have taken over, or are asked to.

    Args:
        engine: The shared database.
        secrets: The server's; lines are encrypted with a key made from it.
    """

    def __init__(self, engine: Any, secrets: Secrets) -> None:
        self._engine = engine
        self._cipher = cipher("handover", secrets)
        make_tables(engine, _METADATA)
        self.heads = Heads(engine, secrets)
        self.by_email = ByEmail(engine, secrets)

    # -- the parent's side ---------------------------------------------------------------------

    def state(self, talk: str) -> str:
        """Return `waiting`, `open`, `missed`, `ended`, or nothing where nobody was ever asked."""
        with self._engine.connect() as rows:
            found = rows.execute(sa.select(_TALKS.c.state).where(_TALKS.c.talk == talk)).scalar()
        return str(found or "")

    def ask(self, talk: str, summary: Sequence[str], now: datetime, plan: str = "", state: str = "") -> None:
        """Ask for a person, with the parent's consent; asked again while they wait, nothing is done twice."""
        values = {"state": WAITING, "asked_at": naive(now), "heard_at": naive(now)}
        with self._engine.begin() as rows:
            row = rows.execute(sa.select(_TALKS.c.state).where(_TALKS.c.talk == talk)).first()
            if row is None:
                rows.execute(sa.insert(_TALKS).values(talk=talk, **values))
            elif row.state in SILENT:
                return
            else:
                rows.execute(sa.update(_TALKS).where(_TALKS.c.talk == talk).values(**values))
            metrics.HANDOVERS.labels("asked").inc()
            about = {"summary": list(summary), "plan": plan, "state": state}
            self._add(rows, talk, "slack", {"kind": "asked", **about})

    def heard(self, talk: str, text: str, now: datetime, *, danger: bool = False) -> bool:
        """Pass on what a parent wrote; False where the assistant is the one to answer."""
        with self._engine.begin() as rows:
            listening = rows.execute(
                sa.update(_TALKS)
                .where(_TALKS.c.talk == talk, _TALKS.c.state.in_(SILENT))
                .values(heard_at=naive(now))
            ).rowcount
            if listening:
                self._add(rows, talk, "slack", {"kind": "parent", "text": text, "danger": danger})
        return bool(listening)

    def for_parent(self, talk: str) -> list[Line]:
        """Return the lines that the parent's browser has not fetched yet."""
        with self._engine.connect() as rows:
            found = rows.execute(
                sa.select(_LINES)
                .where(_LINES.c.talk == talk, _LINES.c.goes_to == "parent")
                .order_by(_LINES.c.number)
            ).all()
        return list(self._read(found))

    def arrived(self, lines: Sequence[Line]) -> None:
        """Delete lines that are where they belong."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_LINES).where(_LINES.c.number.in_([line.number for line in lines])))

    def forget(self, talk: str) -> None:
        """Delete everything of a talk; the thread is told that nobody reads there any more."""
        with self._engine.begin() as rows:
            row = rows.execute(sa.select(_TALKS).where(_TALKS.c.talk == talk)).first()
            rows.execute(sa.delete(_LINES).where(_LINES.c.talk == talk))
            rows.execute(sa.delete(_TALKS).where(_TALKS.c.talk == talk))
            self.heads.forget_with(rows, talk)
            self.by_email.forget_with(rows, talk)
            if row is not None and row.thread:
                self._add(
                    rows, talk, "slack", {"kind": "erased", "channel": row.channel, "thread": row.thread}
                )

    # -- the advocates' side -------------------------------------------------------------------

    def thread_of(self, talk: str) -> Thread | None:
        """Return the talk's thread, once there is one."""
        with self._engine.connect() as rows:
            row = rows.execute(
                sa.select(_TALKS).where(_TALKS.c.talk == talk, _TALKS.c.thread.isnot(None))
            ).first()
        return _thread(row) if row else None

    def thread_opened(self, talk: str, channel: str, ts: str) -> None:
        """Note in which thread the advocates answer."""
        with self._engine.begin() as rows:
            rows.execute(sa.update(_TALKS).where(_TALKS.c.talk == talk).values(channel=channel, thread=ts))

    def in_thread(self, channel: str, ts: str) -> str | None:
        """Return the talk that a thread belongs to."""
        with self._engine.connect() as rows:
            found = rows.execute(
                sa.select(_TALKS.c.talk).where(_TALKS.c.channel == channel, _TALKS.c.thread == ts)
            ).scalar()
        return found if isinstance(found, str) else None

    def said_by_person(
        self,
        talk: str,
        name: str,
        text: str,
        source: str,
        now: datetime,
        answer: Mapping[str, Any] | None = None,
    ) -> bool:
        """Take a line of an advocate to the parent, once for each `source`; the assistant falls silent.

        Args:
            talk: Its id.
            name: Who says it.
            text: What is said.
            source: The message in Slack, or the press, that it comes from.
            now: When.
            answer: The parts of an answer of the assistant's that was sent, as assistant.handover.sending gives them.
        """
        try:
            with self._engine.begin() as rows:
                mine, values = sa.update(_TALKS).where(_TALKS.c.talk == talk), {"heard_at": naive(now)}
                # of two lines at once one alone opens the talk: the other waits here, and finds it open
                opens = rows.execute(mine.where(_TALKS.c.state != OPEN).values(state=OPEN, **values)).rowcount
                if not opens and not rows.execute(mine.values(**values)).rowcount:
                    return False
                if opens:
                    self._add(rows, talk, "parent", {"kind": "joined", "name": name})
                    metrics.HANDOVERS.labels("answered").inc()
                body = {"kind": "person", "name": name, "text": text, "answer": dict(answer or {})}
                self._add(rows, talk, "parent", body, _line_id(talk, source))
                self.by_email.answered(rows, talk, now)
        except IntegrityError:  # the same line, delivered twice
            return False
        return True

    def take_back(self, talk: str, source: str) -> bool:
        """Take an advocate's line out again, where the parent's browser has not fetched it; return whether it could be."""
        mine = sa.delete(_LINES).where(_LINES.c.talk == talk, _LINES.c.id == str(_line_id(talk, source)))
        with self._engine.begin() as rows:
            return bool(rows.execute(mine).rowcount)

    def tell_thread(self, talk: str, kind: str, **more: Any) -> None:
        """Queue a word of ours for the advocates."""
        with self._engine.begin() as rows:
            self._add(rows, talk, "slack", {"kind": kind, **more})

    def hand_back(self, talk: str, *, by_parent: bool = False) -> bool:
        """Let the assistant answer again; False where it does already."""
        with self._engine.begin() as rows:
            return self._hand_back(rows, talk, by_parent)

    def _hand_back(self, rows: Any, talk: str, by_parent: bool, *conditions: Any) -> bool:
        ended = rows.execute(
            sa.update(_TALKS)
            .where(_TALKS.c.talk == talk, _TALKS.c.state.in_(SILENT), *conditions)
            .values(state=ENDED)
        ).rowcount
        if ended:
            self._add(rows, talk, "slack", {"kind": "left" if by_parent else "ended"})
            metrics.HANDOVERS.labels("left" if by_parent else "ended").inc()
            if not by_parent:
                self._add(rows, talk, "parent", {"kind": "returned"})
        return bool(ended)

    def unreachable(self, talk: str) -> None:
        """End a hand-over that Slack refused, and say so to the parent."""
        with self._engine.begin() as rows:
            rows.execute(sa.update(_TALKS).where(_TALKS.c.talk == talk).values(state=ENDED))
            self._add(rows, talk, "parent", {"kind": "unreachable"})

    def open_threads(self) -> list[Thread]:
        """Return the talks in which a person speaks or is asked for, the oldest first."""
        with self._engine.connect() as rows:
            found = rows.execute(
                sa.select(_TALKS)
                .where(_TALKS.c.state.in_(SILENT), _TALKS.c.thread.isnot(None))
                .order_by(_TALKS.c.asked_at)
            ).all()
        return [_thread(row) for row in found]

    # -- time, and what goes to Slack ----------------------------------------------------------

    def tick(self, now: datetime) -> None:
        """End what has waited or been quiet for too long; any number of processes may do so at once."""
        came, idle = naive(now - NOBODY_CAME), naive(now - IDLE)
        waits = sa.and_(_TALKS.c.state == WAITING, _TALKS.c.asked_at <= came)
        quiet = sa.and_(_TALKS.c.state == OPEN, _TALKS.c.heard_at <= idle)
        with self._engine.connect() as rows:  # look before locking
            due = rows.execute(sa.select(_TALKS.c.talk, _TALKS.c.state).where(sa.or_(waits, quiet))).all()
        for talk, state in due:
            with self._engine.begin() as rows:
                if state == OPEN:
                    self._hand_back(rows, talk, False, quiet)
                elif rows.execute(
                    sa.update(_TALKS).where(_TALKS.c.talk == talk, waits).values(state=MISSED)
                ).rowcount:
                    self._add(rows, talk, "parent", {"kind": "missed"})
                    self._add(rows, talk, "slack", {"kind": "missed"})
                    metrics.HANDOVERS.labels("missed").inc()
        self._sound_alarms(now)

    def _sound_alarms(self, now: datetime) -> None:
        """Let the advocates hear of a parent who waits: first all in the channel, then each at their desk."""
        for step, after in enumerate(ALARMS, 1):
            waits = sa.and_(_TALKS.c.state == WAITING, _TALKS.c.asked_at <= naive(now - after))
            with self._engine.connect() as rows:
                due = (
                    rows.execute(sa.select(_TALKS.c.talk).where(waits, _TALKS.c.thread.isnot(None)))
                    .scalars()
                    .all()
                )
            for talk in due:
                if self.heads.alarm(talk, step):
                    self.tell_thread(talk, "alarm", step=step)

    def claim(self, worker: str, now: datetime) -> Line | None:
        """Hand the next line for Slack to this worker alone; the lines of a talk leave in their order."""
        c, other = _LINES.c, _LINES.alias()
        first = (
            ~sa.select(other.c.number)
            .where(other.c.talk == c.talk, other.c.goes_to == "slack", other.c.number < c.number)
            .exists()
        )
        free = sa.or_(c.claimed_until.is_(None), c.claimed_until < naive(now))
        with self._engine.connect() as rows:
            found = rows.execute(
                sa.select(_LINES).where(c.goes_to == "slack", free, first).order_by(c.number).limit(1)
            ).all()
        for row in found:
            with self._engine.begin() as rows:
                mine = rows.execute(
                    sa.update(_LINES)
                    .where(c.number == row.number, free)
                    .values(claimed_by=worker, claimed_until=naive(now + LEASE))
                ).rowcount
            if mine:
                return next(self._read([row]), None)
        return None

    # -- rows ----------------------------------------------------------------------------------

    def _add(
        self, rows: Any, talk: str, goes_to: str, body: dict[str, Any], id: uuid.UUID | None = None
    ) -> None:
        rows.execute(
            sa.insert(_LINES).values(
                id=str(id or uuid.uuid4()),
                talk=talk,
                goes_to=goes_to,
                body=self._cipher.encrypt(json.dumps(body).encode()),
            )
        )

    def _read(self, rows: Sequence[Any]) -> Iterator[Line]:
        for row in rows:
            try:
                body = json.loads(self._cipher.decrypt(row.body))
            except InvalidToken:  # written under another secret: nobody can read it any more
                body = {"kind": "unreadable"}
            yield Line(row.number, row.id, row.talk, body)


def _line_id(talk: str, source: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{talk} {source}")


def _thread(row: Any) -> Thread:
    return Thread(row.talk, row.channel, row.thread, row.asked_at)
