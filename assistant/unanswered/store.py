"""The rows: turns that ended without the answer, for the people who write the answers. They go as talks do, after `talks_days`.

A row holds a parent's words only after a yes to the question of `consent.py`, masked and encrypted with the server's
secret; else it counts alone. Every call blocks: channels run them in a thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.exc import IntegrityError

from assistant.privacy.mask import masked
from assistant.sealed import Secrets, cipher
from assistant.store.talks_database import make_tables, naive, open_engine

NEW, WAITING, NOT_OURS, DONE = "new", "waiting", "not_ours", "done"
"""What became of a row."""
ASKED, YES, NO = "asked", "yes", "no"
"""What a parent said to keeping the words."""
LONGEST_TEXT = 500

_METADATA = sa.MetaData()
_ROWS = sa.Table(
    "unanswered",
    _METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("talk", sa.String(200), nullable=False, index=True),
    sa.Column("message", sa.String(200), nullable=False),
    sa.Column("why", sa.String(12), nullable=False),
    sa.Column("near", sa.String(400), nullable=False),  # JSON list of points or topics
    sa.Column("topic", sa.String(60), nullable=False),
    sa.Column("point", sa.String(120), nullable=False),
    sa.Column("plan", sa.String(10), nullable=False),
    sa.Column("state", sa.String(30), nullable=False),
    sa.Column("channel", sa.String(12), nullable=False),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("text", sa.LargeBinary),
    sa.Column("became", sa.String(10), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
    sa.UniqueConstraint("talk", "message", "why"),
)
_CONSENTS = sa.Table(
    "unanswered_consents",
    _METADATA,
    sa.Column("talk", sa.String(200), primary_key=True),
    sa.Column("said", sa.String(5), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
)
_DIGESTS = sa.Table(
    "unanswered_digests",
    _METADATA,
    sa.Column("week", sa.String(8), primary_key=True),  # 2026-W48
    sa.Column("at", sa.DateTime, nullable=False),
)


@dataclass(frozen=True)
class Row:
    """One turn. `text` is None where the parent did not agree to its being kept."""

    number: int
    why: str
    near: tuple[str, ...]
    topic: str
    point: str
    plan: str
    state: str
    channel: str
    version: str
    text: str | None
    became: str
    at: datetime


class Unanswered:
    """The rows of one database.

    Args:
        url: SQLAlchemy address of the talks.
        secrets: The server's; texts are encrypted with keys made from them.
    """

    def __init__(self, url: str, secrets: Secrets) -> None:
        self._engine = open_engine(url)
        self._cipher = cipher("unanswered", secrets)
        make_tables(self._engine, _METADATA)

    # -- what channels note --------------------------------------------------------------------

    def note(
        self,
        talk: str,
        message: str,
        about: Mapping[str, Any],
        channel: str,
        version: str,
        text: str,
        now: datetime,
    ) -> None:
        """Keep a turn, once; its words only where the talk's parent has agreed.

        Args:
            talk: Its id.
            message: The id of what was written.
            about: As assistant.talk.noting.noted gives it.
            channel: "web" or "slack".
            version: Which model and content answered.
            text: What the parent wrote.
            now: When.
        """
        values = {key: str(about[key]) for key in ("why", "topic", "point", "plan", "state")}
        try:
            with self._engine.begin() as rows:
                said = rows.execute(sa.select(_CONSENTS.c.said).where(_CONSENTS.c.talk == talk)).scalar()
                rows.execute(
                    sa.insert(_ROWS).values(
                        **values,
                        talk=talk,
                        message=message,
                        near=json.dumps(list(about["near"])),
                        channel=channel,
                        version=version,
                        text=self._sealed(text) if said == YES else None,
                        became=NEW,
                        at=naive(now),
                    )
                )
        except IntegrityError:  # the same message, answered again after an outage
            return

    def ask(self, talk: str, now: datetime) -> bool:
        """Note that a talk is asked for consent; False where it was asked before."""
        try:
            with self._engine.begin() as rows:
                rows.execute(sa.insert(_CONSENTS).values(talk=talk, said=ASKED, at=naive(now)))
        except IntegrityError:
            return False
        return True

    def consent(self, talk: str, agreed: bool, texts: Mapping[str, str]) -> None:
        """Note what a parent said; after a yes the rows of the talk get their words.

        Args:
            talk: Its id.
            agreed: Whether the words may be kept.
            texts: What was written, by the id of the message.
        """
        with self._engine.begin() as rows:
            rows.execute(
                sa.update(_CONSENTS).where(_CONSENTS.c.talk == talk).values(said=YES if agreed else NO)
            )
            mine = sa.update(_ROWS).where(_ROWS.c.talk == talk)
            if not agreed:
                rows.execute(mine.values(text=None))
                return
            for message, text in texts.items():
                rows.execute(mine.where(_ROWS.c.message == message).values(text=self._sealed(text)))

    def forget(self, talk: str) -> None:
        """Delete what a talk left here."""
        with self._engine.begin() as rows:
            for table in (_ROWS, _CONSENTS):
                rows.execute(sa.delete(table).where(table.c.talk == talk))

    def forget_older(self, moment: datetime) -> None:
        """Delete what is older than `moment`."""
        with self._engine.begin() as rows:
            for table in (_ROWS, _CONSENTS, _DIGESTS):
                rows.execute(sa.delete(table).where(table.c.at < naive(moment)))

    # -- what the writers of the answers see ---------------------------------------------------

    def rows(self, became: Sequence[str] = (NEW,), since: datetime | None = None) -> list[Row]:
        """Return the rows in these states, the oldest first."""
        wanted = sa.select(_ROWS).where(_ROWS.c.became.in_(became)).order_by(_ROWS.c.number)
        if since is not None:
            wanted = wanted.where(_ROWS.c.at >= naive(since))
        with self._engine.connect() as rows:
            return [self._row(row) for row in rows.execute(wanted).all()]

    def settle(self, numbers: Iterable[int], became: str) -> int:
        """Note what became of rows; return how many there were."""
        with self._engine.begin() as rows:
            found = rows.execute(
                sa.update(_ROWS).where(_ROWS.c.number.in_(list(numbers))).values(became=became)
            )
        return int(found.rowcount)

    def digest_due(self, week: str, now: datetime) -> bool:
        """Take the digest of a week; False where another process has it."""
        try:
            with self._engine.begin() as rows:
                rows.execute(sa.insert(_DIGESTS).values(week=week, at=naive(now)))
        except IntegrityError:
            return False
        return True

    def digest_failed(self, week: str) -> None:
        """Let the digest of a week be tried again."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_DIGESTS).where(_DIGESTS.c.week == week))

    def _sealed(self, text: str) -> bytes:
        return self._cipher.encrypt(masked(text.strip())[:LONGEST_TEXT].encode())

    def _row(self, row: Any) -> Row:
        try:
            text = self._cipher.decrypt(row.text).decode() if row.text else None
        except InvalidToken:  # written under a secret that is gone
            text = None
        names = ("number", "why", "topic", "point", "plan", "state", "channel", "version", "became", "at")
        return Row(
            **{name: getattr(row, name) for name in names},
            near=tuple(json.loads(row.near)),
            text=text or None,
        )
