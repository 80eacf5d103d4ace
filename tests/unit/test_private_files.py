"""What is written about families is closed to the machine's other users, whoever starts the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.booking.calls.database import _engine
from assistant.private_files import keep_private, private_folder
from assistant.settings import TOP, SettingsError, read_settings
from assistant.store.talks_database import open_engine

WRITERS = {
    "the settings": "from assistant.settings import read_settings; read_settings()",
    "the bookings": "from assistant.booking.desk.shared import open_desk; open_desk()",
    "the talks": (
        "from assistant.settings import read_settings; from assistant.store.transcripts import Transcripts;"
        "t = Transcripts(read_settings().talks_url); from assistant.clock import now; t.open_talk('x', '', now()); input()"
    ),
    "the letters": (
        "import asyncio, pathlib, os; from email.message import EmailMessage; from assistant.booking.sent.mail import FolderMailer;"
        "from assistant.settings import read_settings; read_settings(); m = EmailMessage(); m['Message-ID'] = '<one@x>'; m.set_content('Dear Wren');"
        "asyncio.run(FolderMailer(pathlib.Path(os.environ['WHICHPLAN_DATA']) / 'outbox').send(m))"
    ),
    "the report": "import os, sys; sys.argv[1:] = [os.environ['WHICHPLAN_DATA']]; from assistant.knowledge.report import main; main()",
    "the list of calls": (
        "import os; from assistant.booking.__main__ import main; main(['export', '--csv', os.environ['WHICHPLAN_DATA'] + '/calls.csv'])"
    ),
}


def open_to_others(folder: Path) -> dict[str, str]:
    """Return what others may do with the folder and all in it, where they may do anything."""
    found = {path: path.lstat().st_mode & 0o077 for path in (folder, *folder.rglob("*"))}
    return {path.name: oct(mode) for path, mode in found.items() if mode}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_nobody_else_reads_it(tmp_path: Path, writer: str, umask: int) -> None:
    data = tmp_path / "data"
    running = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WRITERS[writer]],
        cwd=TOP,
        umask=umask,
        env=os.environ | {"WHICHPLAN_DATA": str(data)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    if "input()" not in WRITERS[writer]:  # a database that is open has its log beside it
        assert running.wait(60) == 0
    while running.poll() is None and not list(data.glob("talks.db-wal")):
        pass
    found, files = open_to_others(data), [path for path in data.rglob("*") if path.is_file()]
    running.communicate(b"\n", timeout=60)
    assert files and not found


@pytest.mark.parametrize("which", ["talks", "bookings"])
def test_a_database_that_is_open_keeps_its_locks(tmp_path: Path, which: str) -> None:
    """Closing any file of the process drops SQLite's locks: the next backup then took the log away, and parents read of a full disk."""
    path = tmp_path / "one.db"

    def opened() -> Any:
        if which == "talks":
            return open_engine(f"sqlite:///{path}")
        return _engine(f"sqlite:///{path}")

    def elsewhere(statement: str) -> None:
        """Do something with the file in another process, as a backup does."""
        look = f"import sqlite3; c = sqlite3.connect({str(path)!r}); c.execute({statement!r}).fetchall(); c.close()"
        subprocess.run([sys.executable, "-c", look], check=True)

    elsewhere("PRAGMA journal_mode = WAL")
    elsewhere("CREATE TABLE a (b)")
    with opened().connect() as rows:
        rows.exec_driver_sql("SELECT * FROM a").fetchall()
        opened()
        elsewhere("SELECT * FROM a")
        assert path.with_name("one.db-wal").exists()
        rows.exec_driver_sql("INSERT INTO a VALUES (1)")


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "outbox").mkdir(parents=True)
    for name in ("bookings.db", "tracker.db", "talks.db-wal", "outbox/1.eml"):
        (data / name).write_text("Wren")
        (data / name).chmod(0o644)
    data.chmod(0o755)
    before = os.umask(0o022)
    try:
        private_folder(data)
        keep_private(data)
        (data / "new").touch()
    finally:
        os.umask(before)
    assert not open_to_others(data)


def test_a_folder_that_others_need_stays_open(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)  # as /tmp
    private_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777
    before = TOP.stat().st_mode
    private_folder(TOP)
    assert TOP.stat().st_mode == before


def test_a_secret_is_whole_or_not_there(tmp_path: Path) -> None:
    """On a full disk an empty one stayed, and no later start named it."""
    (tmp_path / "secret.key").touch()
    assert len(read_settings({"WHICHPLAN_DATA": str(tmp_path)}).secret) == 32
    assert read_settings({"WHICHPLAN_DATA": str(tmp_path)}) == read_settings(
        {"WHICHPLAN_DATA": str(tmp_path)}
    )
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
    (tmp_path / "secret.key").write_bytes(b"short")
    with pytest.raises(SettingsError, match=r"secret\.key is cut short.*backup"):
        read_settings({"WHICHPLAN_DATA": str(tmp_path)})
