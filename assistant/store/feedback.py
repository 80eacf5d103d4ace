"""Thumbs and reasons below answers, kept for the people who write the answers.

A row can be read without the parent's token, so the reason is masked before it is stored; it goes with the talk.
Every call blocks: channels run them in a thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from assistant.privacy.mask import masked
from assistant.store.talks_database import make_tables, naive, open_engine

LONGEST_REASON = 500
"""Characters, as in widget/src/feedback.ts."""

_METADATA = sa.MetaData()
_FEEDBACK = sa.Table(
    "web_feedback",
    _METADATA,
    sa.Column("talk", sa.String(40), primary_key=True),
    sa.Column("reply", sa.String(64), primary_key=True),
    sa.Column("intent", sa.String(60), nullable=False),
    sa.Column("plan", sa.String(10), nullable=False),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(1000), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)


@dataclass(frozen=True)
class Verdict:
    """A thumb. `reason` is masked, and empty where none was given."""

    intent: str
    plan: str
    helpful: bool
    reason: str


class Feedback:
    """One verdict a reply; a later one takes its place.

    Args:
        url: SQLAlchemy address of the talks.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        make_tables(self._engine, _METADATA)

    def keep(
        self, talk: str, reply: str, intent: str, plan: str, helpful: bool, reason: str, at: datetime
    ) -> bool:
        """Store a verdict; return whether it differs from the one before."""
        mine = sa.and_(_FEEDBACK.c.talk == talk, _FEEDBACK.c.reply == reply)
        with self._engine.begin() as rows:
            before = rows.execute(sa.select(_FEEDBACK.c.helpful, _FEEDBACK.c.reason).where(mine)).first()
            words = masked(reason.strip()) or (before.reason if before and before.helpful == helpful else "")
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
            return [Verdict(*row) for row in rows.execute(wanted)]

    def forget(self, talk: str) -> None:
        """Delete what a talk left here."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_FEEDBACK).where(_FEEDBACK.c.talk == talk))

    def forget_older(self, moment: datetime) -> None:
        """Delete verdicts from before `moment`: those of talks in Slack have no other end."""
        with self._engine.begin() as rows:
            rows.execute(sa.delete(_FEEDBACK).where(_FEEDBACK.c.at < naive(moment)))
