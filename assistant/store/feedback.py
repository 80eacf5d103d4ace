"""Thumbs and reasons below answers, kept for the people who write the answers.

A row can be read without the parent's token, so the reason is masked, then sealed with the server's secret; it goes with the talk.
Every call blocks: channels run them in a thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from assistant.privacy.mask import masked
from assistant.sealed import Secrets, cipher
from assistant.store.talks_database import make_tables, naive, open_engine, scrub

LONGEST_REASON = 500
"""Characters, as in widget/src/feedback.ts."""
_SEALED = "gAAAAA"
"""How every sealed text begins: a version and the first bytes of a time."""

_METADATA = sa.MetaData()
_FEEDBACK = sa.Table(
    "web_feedback",
    _METADATA,
    sa.Column("talk", sa.String(40), primary_key=True),
    sa.Column("reply", sa.String(64), primary_key=True),
    sa.Column("intent", sa.String(60), nullable=False),
    sa.Column("plan", sa.String(10), nullable=False),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),  # sealed
    sa.Column("at", sa.DateTime, nullable=False),
)


@dataclass(frozen=True)
class Verdict:
    """A thumb. `reason` is masked, and empty where none was given, or where its secret is gone."""

    intent: str
    plan: str
    helpful: bool
    reason: str


class Feedback:
    """One verdict a reply; a later one takes its place.

    Args:
        url: SQLAlchemy address of the talks.
        secrets: The server's; reasons are encrypted with keys made from them.
    """

    def __init__(self, url: str, secrets: Secrets) -> None:
        self._engine = open_engine(url)
        self._cipher = cipher("feedback", secrets)
        make_tables(self._engine, _METADATA)
        self._bring_up()

    def keep(
        self, talk: str, reply: str, intent: str, plan: str, helpful: bool, reason: str, at: datetime
    ) -> bool:
        """Store a verdict; return whether it differs from the one before."""
        mine = sa.and_(_FEEDBACK.c.talk == talk, _FEEDBACK.c.reply == reply)
        with self._engine.begin() as rows:
            before = rows.execute(sa.select(_FEEDBACK.c.helpful, _FEEDBACK.c.reason).where(mine)).first()
            words = self._sealed(masked(reason.strip()))
            words = words or (before.reason if before and before.helpful == helpful else "")
            rows.execute(sa.delete(_FEEDBACK).where(mine))
            rows.execute(
                sa.insert(_FEEDBACK).values(
                    talk=talk,
                    reply=reply,
                    intent=intent,
                    plan=plan,
                    helpful=helpful,
                    reason=words,
                    at=naive(at),
                )
            )
        return before is None or before.helpful != helpful

    def verdicts(self, since: datetime) -> list[Verdict]:
        """Return the verdicts from this instant on, the oldest first."""
        c = _FEEDBACK.c
        wanted = sa.select(c.intent, c.plan, c.helpful, c.reason).where(c.at >= naive(since)).order_by(c.at)
        with self._engine.connect() as rows:
            found = rows.execute(wanted).all()
        return [Verdict(row.intent, row.plan, row.helpful, self._opened(row.reason)) for row in found]

    def forget(self, talk: str) -> None:
        """Delete what a talk left here."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_FEEDBACK).where(_FEEDBACK.c.talk == talk))

    def forget_older(self, moment: datetime) -> None:
        """Delete verdicts from before `moment`: those of talks in Slack have no other end."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_FEEDBACK).where(_FEEDBACK.c.at < naive(moment)))

    def _bring_up(self) -> None:
        """Seal the reasons that a version before kept in clear; PostgreSQL's column was too short for sealed ones."""
        clear = sa.and_(_FEEDBACK.c.reason != "", _FEEDBACK.c.reason.not_like(f"{_SEALED}%"))
        with self._engine.begin() as rows:
            if rows.dialect.name == "postgresql" and _length(rows) is not None:
                rows.execute(sa.text("ALTER TABLE web_feedback ALTER COLUMN reason TYPE text"))
            found = rows.execute(sa.select(_FEEDBACK).where(clear)).all()
            for row in found:
                mine = sa.and_(_FEEDBACK.c.talk == row.talk, _FEEDBACK.c.reply == row.reply)
                rows.execute(sa.update(_FEEDBACK).where(mine).values(reason=self._sealed(row.reason)))
        if found:
            scrub(self._engine)

    def _sealed(self, reason: str) -> str:
        return self._cipher.encrypt(reason.encode()).decode() if reason else ""

    def _opened(self, reason: str) -> str:
        try:
            return self._cipher.decrypt(reason.encode()).decode() if reason else ""
        except InvalidToken:  # written under a secret that is gone
            return ""


def _length(rows: Any) -> int | None:
    """Return how many characters the column of reasons may hold; None for any number."""
    (column,) = (one for one in sa.inspect(rows).get_columns("web_feedback") if one["name"] == "reason")
    return getattr(column["type"], "length", None)
