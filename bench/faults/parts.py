"""Ways to break a part and to bring it back. Each breaks it on entering, and on leaving it is back."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.settings import TOP
from tests.http.world import is_well
from tests.waiting import eventually

Fault = Callable[[], contextlib.AbstractContextManager[None]]


def child(process: subprocess.Popen[bytes]) -> int:
    """Return the process that serves: the supervisor's only child."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(children[0]) if children else process.pid


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold SQLite's write lock."""
    rows = sqlite3.connect(file, isolation_level=None, timeout=20)
    rows.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        rows.rollback()
        rows.close()


@contextlib.contextmanager
def deleted(file: Path) -> Iterator[None]:
    """Delete a database that is in use, with the files beside it; nobody brings it back."""
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()
    yield


@contextlib.contextmanager
def cut_short(file: Path) -> Iterator[None]:
    """Cut a database short while it is in use, and put a copy of just before in its place, as a restored backup."""
    copy = file.with_name("copy")
    with contextlib.closing(sqlite3.connect(file)) as rows, contextlib.closing(sqlite3.connect(copy)) as kept:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else the log beside it still has all
        rows.backup(kept)
    with file.open("r+b") as broken:
        broken.truncate(100)
    try:
        yield
    finally:
        for end in ("-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
        copy.replace(file)


@contextlib.contextmanager
def moved_away(file: Path) -> Iterator[None]:
    """Move a database away, and back in the place of what was made meanwhile."""
    with contextlib.closing(sqlite3.connect(file)) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = file.with_name("aside")
    file.rename(aside)
    try:
        yield
    finally:
        for end in ("-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
        aside.replace(file)


@contextlib.contextmanager
def table_gone(file: Path, table: str) -> Iterator[None]:
    """Take a table away and bring it back."""
    _statement(file, f"ALTER TABLE {table} RENAME TO away")
    try:
        yield
    finally:
        _statement(file, f"ALTER TABLE away RENAME TO {table}")


def _statement(file: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(file, timeout=20)) as rows:
        rows.execute(statement)
        rows.commit()


@contextlib.contextmanager
def disk_full(process: int) -> Iterator[None]:
    """Let no file of a process grow, as on a full disk."""
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))


@contextlib.contextmanager
def frozen(process: int) -> Iterator[None]:
    """Freeze a process, as a stalled event loop does, and let it go on."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGCONT)


@contextlib.contextmanager
def killed(*processes: int) -> Iterator[None]:
    """Kill processes in the middle of their messages; whoever looks after them has to do the rest."""
    for process in processes:
        os.kill(process, signal.SIGKILL)
    yield


@contextlib.contextmanager
def stopped(process: int) -> Iterator[None]:
    """Tell a process to stop, as somebody who takes it for something else may; it finishes what it began."""
    os.kill(process, signal.SIGTERM)
    yield


@contextlib.contextmanager
def read(*files: Path) -> Iterator[None]:
    """Read databases for a while, as a backup does: nothing may wait for it."""
    with contextlib.ExitStack() as open_files:
        for file in files:
            rows = open_files.enter_context(contextlib.closing(sqlite3.connect(file, isolation_level=None)))
            rows.execute("BEGIN")
            rows.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield


@contextlib.contextmanager
def away(stop: Callable[[], None], start: Callable[[], None]) -> Iterator[None]:
    """Stop something and start it again."""
    stop()
    try:
        yield
    finally:
        start()


class ActionServer:
    """rasa_sdk's server with our actions, on loopback."""

    def __init__(self, port: int, data: Path) -> None:
        self.url = f"http://127.0.0.1:{port}/webhook"
        self._port = port
        self._environ = os.environ | {"WHICHPLAN_DATA": str(data), "SANIC_HOST": "127.0.0.1"}
        self.start()

    def start(self) -> None:
        """Start the process, with the same port and data as before; return once it answers, after 60 seconds at most."""
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "rasa_sdk", "--actions", "actions", "-p", str(self._port)],
            cwd=TOP,
            env=self._environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        eventually(
            lambda: is_well(f"http://127.0.0.1:{self._port}"), seconds=60, why=lambda: "no action server"
        )

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        self.process.kill()
        self.process.wait()
