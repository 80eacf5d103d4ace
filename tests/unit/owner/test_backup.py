from __future__ import annotations

import sqlite3
import tarfile
from datetime import UTC, datetime

import pytest

from assistant.owner import running
from assistant.owner.backup import NotDone, backup, restore
from assistant.owner.running import StillRunning
from assistant.settings import read_settings
from assistant.store.tokens import Signer

NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)


def test_what_was_backed_up_is_there_after_the_folder_was_lost(filled, tmp_path) -> None:
    calls = filled.calls(filled.settings)
    archive = backup(filled.settings, tmp_path / "backups", NOW)
    assert archive.stat().st_mode & 0o077 == 0
    env = filled.env | {"WHICHPLAN_DATA": str(tmp_path / "new")}
    read_settings(env)  # a machine that was started once made a secret of its own
    aside = restore(read_settings(env), archive, NOW)
    settings = read_settings(env)
    assert Signer(settings.secrets).token(filled.written) == filled.token, (
        "the parent's token opens the talk again"
    )
    assert filled.said(settings) == filled.said(filled.settings) != []
    assert filled.calls(settings) == calls
    assert (aside / "secret.key").exists(), "what was there before is kept"


def test_it_is_whole_while_somebody_writes(filled, tmp_path) -> None:
    writer = sqlite3.connect(filled.settings.data / "talks.db")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE talks_pulse SET beats = beats + 1")
    archive = backup(filled.settings, tmp_path / "backups", NOW)
    writer.rollback()
    writer.close()
    restore(read_settings(filled.env | {"WHICHPLAN_DATA": str(tmp_path / "new")}), archive, NOW)


def test_a_restore_changes_nothing_where_the_file_is_no_whole_backup(filled, tmp_path) -> None:
    before = filled.said(filled.settings)
    archive = backup(filled.settings, tmp_path / "backups", NOW)
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(archive.read_bytes()[:2000])
    foreign = tmp_path / "foreign.tar.gz"
    with tarfile.open(foreign, "w:gz") as made:
        made.add(cut, "../../etc/passwd")
    broken = tmp_path / "broken.tar.gz"
    with tarfile.open(broken, "w:gz") as made:
        made.add(cut, "talks.db")
    for path in (cut, foreign, broken, tmp_path / "none"):
        with pytest.raises(NotDone):
            restore(filled.settings, path, NOW)
    assert filled.said(filled.settings) == before


def test_nothing_is_restored_under_a_running_server(filled, tmp_path, monkeypatch) -> None:
    archive = backup(filled.settings, tmp_path / "backups", NOW)

    class Answers:
        def __init__(self, *_: object, **__: object) -> None: ...
        def request(self, *_: object) -> None: ...
        def getresponse(self) -> None: ...
        def close(self) -> None: ...

    monkeypatch.setattr(running.http.client, "HTTPConnection", Answers)
    with pytest.raises(StillRunning, match="Stop it first"):
        restore(filled.settings, archive, NOW)
