"""Verdicts on answers: the last one counts, no name is kept, and they go with the talk."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.store.feedback import Feedback

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=300)
SECRET, NEXT = b"s" * 32, b"n" * 32


def rows(feedback: Feedback) -> list[tuple[bool, str]]:
    return [(one.helpful, one.reason) for one in feedback.verdicts(LONG_AGO)]


def test_a_later_verdict_takes_the_place_and_the_same_counts_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    feedback = Feedback(url, SECRET)
    assert feedback.keep("talk", "reply", "ask_cost", "iep", False, "", NOW)
    assert not feedback.keep("talk", "reply", "ask_cost", "iep", False, "too long", NOW)
    assert rows(feedback) == [(False, "too long")]
    assert feedback.keep("talk", "reply", "ask_cost", "iep", True, "", NOW)
    assert rows(feedback) == [(True, "")]


def test_a_reason_is_masked_and_goes_with_the_talk(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    feedback = Feedback(url, SECRET)
    words = "my son Jaden was told by pat@example.org that it takes 60 days"
    feedback.keep("talk", "reply", "ask_cost", "iep", False, words, NOW)
    assert rows(feedback) == [(False, "my son [name] was told by [email] that it takes 60 days")]
    feedback.forget("talk")
    assert rows(feedback) == []


def test_a_verdict_of_a_talk_in_slack_ends_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    feedback = Feedback(url, SECRET)
    feedback.keep("slack talk", "old", "ask_cost", "iep", False, "", NOW - timedelta(days=31))
    feedback.keep("slack talk", "new", "ask_cost", "iep", True, "", NOW - timedelta(days=29))
    feedback.forget_older(NOW - timedelta(days=30))
    assert rows(feedback) == [(True, "")]


def raw(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("talks.db*"))


def test_no_word_of_a_reason_can_be_read_in_the_files(tmp_path: Path) -> None:
    feedback = Feedback(f"sqlite:///{tmp_path / 'talks.db'}", SECRET)
    feedback.keep("talk", "reply", "ask_cost", "iep", False, "saoirse by wapato got nothing", NOW)
    assert rows(feedback) == [(False, "saoirse by wapato got nothing")]
    assert not [word for word in (b"saoirse", b"wapato", b"nothing") if word in raw(tmp_path)]


def test_reasons_of_a_version_before_are_kept_and_sealed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    Feedback(url, SECRET)
    with sqlite3.connect(tmp_path / "talks.db") as database:
        for number, reason in enumerate(("about saoirse", "", "too long")):
            row = (
                f"talk{number}",
                "reply",
                "ask_cost",
                "iep",
                False,
                reason,
                f"2026-11-24 20:00:0{number}.000000",
            )
            database.execute("INSERT INTO web_feedback VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    database.close()
    feedback = Feedback(url, SECRET)
    assert rows(feedback) == [(False, "about saoirse"), (False, ""), (False, "too long")]
    feedback._engine.dispose()
    assert b"saoirse" not in raw(tmp_path)


@pytest.mark.parametrize(("secrets", "read"), [((NEXT, SECRET), "too long"), ((NEXT,), "")])
def test_a_secret_that_is_gone_takes_the_words_and_leaves_the_thumb(
    tmp_path: Path, secrets: tuple[bytes, ...], read: str
) -> None:
    url = f"sqlite:///{tmp_path / 'talks.db'}"
    Feedback(url, SECRET).keep("talk", "reply", "ask_cost", "iep", False, "too long", NOW)
    assert rows(Feedback(url, secrets)) == [(False, read)]
