"""A long talk costs no more than a short one."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from assistant.store import talks_database, transcripts
from assistant.store.tokens import Signer


def test_the_replies_to_one_message_are_found_without_reading_the_whole_talk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = transcripts.Transcripts(f"sqlite:///{tmp_path / 'talks.db'}")
    token, _ = Signer(b"x" * 32).new_token()
    now = datetime(2026, 11, 2, tzinfo=UTC)
    kept.open_talk(token.talk, "", now)
    for number in range(30):
        said = {"from": "assistant", "id": f"reply-{number}", "text": str(number)}
        kept.keep(token, f"message-{number}", [said], now)
    read: list[Any] = []
    monkeypatch.setattr(transcripts, "json", _Counting(read))
    assert [reply["text"] for reply in kept.replies_to(token, "message-7") or []] == ["7"]
    assert kept.replies_to(token, "message-31") is None
    assert len(read) == 1


def test_parents_who_write_at_once_queue_instead_of_meeting_a_locked_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = transcripts.Transcripts(f"sqlite:///{tmp_path / 'talks.db'}")
    begin, inside, most = kept._engine.begin, [], []

    @contextlib.contextmanager
    def watched() -> Iterator[Any]:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        with begin() as rows:
            yield rows
        inside.pop()

    monkeypatch.setattr(kept._engine, "begin", watched)
    now = datetime(2026, 11, 2, tzinfo=UTC)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: kept.open_talk(f"talk-{number}", "", now), range(16)))
    assert max(most) == 1


def test_behind_a_locked_file_nobody_waits_for_those_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talks_database, "BUSY_SECONDS", 0.3)
    monkeypatch.setattr(transcripts, "BUSY_SECONDS", 0.3)
    kept = transcripts.Transcripts(f"sqlite:///{tmp_path / 'talks.db'}")
    now = datetime(2026, 11, 2, tzinfo=UTC)
    holder = sqlite3.connect(tmp_path / "talks.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    def waited(number: int) -> float:
        began = time.perf_counter()
        with pytest.raises(OperationalError):
            kept.open_talk(f"talk-{number}", "", now)
        return time.perf_counter() - began

    with ThreadPoolExecutor(12) as threads:
        assert max(threads.map(waited, range(12))) < 1.8  # one after the other it were 3.6
    holder.rollback()
    holder.close()
    kept.open_talk("talk", "", now)


class _Counting:
    """json, with a list of what was read."""

    def __init__(self, read: list[Any]) -> None:
        self._read = read

    def loads(self, text: bytes) -> Any:
        import json

        self._read.append(text)
        return json.loads(text)
