"""Verdicts on answers: the last one counts, no name is kept, and they go with the talk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from assistant.store.feedback import Feedback

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def rows(engine: sa.engine.Engine) -> list[tuple[bool, str]]:
    with engine.connect() as database:
        return [
            (bool(row.helpful), row.reason)
            for row in database.execute(sa.text("SELECT helpful, reason FROM web_feedback"))
        ]


def test_a_later_verdict_takes_the_place_and_the_same_counts_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    feedback, engine = Feedback(url), sa.create_engine(url, future=True)
    assert feedback.keep("talk", "reply", "ask_cost", "iep", False, "", NOW)
    assert not feedback.keep("talk", "reply", "ask_cost", "iep", False, "too long", NOW)
    assert rows(engine) == [(False, "too long")]
    assert feedback.keep("talk", "reply", "ask_cost", "iep", True, "", NOW)
    assert rows(engine) == [(True, "")]


def test_a_reason_is_masked_and_goes_with_the_talk(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    feedback, engine = Feedback(url), sa.create_engine(url, future=True)
    words = "my son Jaden was told by pat@example.org that it takes 60 days"
    feedback.keep("talk", "reply", "ask_cost", "iep", False, words, NOW)
    assert rows(engine) == [(False, "my son [name] was told by [email] that it takes 60 days")]
    feedback.forget("talk")
    assert rows(engine) == []


def test_a_verdict_of_a_talk_in_slack_ends_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    feedback, engine = Feedback(url), sa.create_engine(url, future=True)
    feedback.keep("slack talk", "old", "ask_cost", "iep", False, "", NOW - timedelta(days=31))
    feedback.keep("slack talk", "new", "ask_cost", "iep", True, "", NOW - timedelta(days=29))
    feedback.forget_older(NOW - timedelta(days=30))
    assert rows(engine) == [(True, "")]
