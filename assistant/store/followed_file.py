"""What a server does when the file of its database is deleted, or another is put in its place, while it runs.

An open SQLite connection goes on in a file that has no name any more: all seems well, and the next restart finds nothing. So each time a connection
is taken, its file is compared with the one that bears the name. A deleted file is written again from what is still open; a
replaced one is opened anew, so that a restored backup counts without a restart.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

log = logging.getLogger(__name__)


def follow_file(engine: Any, file: Path) -> None:
    """Let the connections of an engine follow their file."""
    followed = _Followed(file)

    def opening(*_: object) -> None:
        followed.look()

    def opened(_connection: object, record: Any) -> None:
        followed.look()
        record.info["file"] = _number(file)

    def taken(_connection: object, record: Any, _proxy: object) -> None:
        followed.look()
        if record.info.get("file") != _number(file):
            raise sa.exc.DisconnectionError(
                f"{file.name} is another file now"
            )  # the pool opens a new connection

    sa.event.listen(engine, "do_connect", opening)
    sa.event.listen(engine, "connect", opened)
    sa.event.listen(engine, "checkout", taken)


class _Followed:
    """A file, and a connection that does nothing but hold it open: what was deleted can be read through it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._holder: sqlite3.Connection | None = None
        self._held: tuple[int, int] | None = None
        self._lock = threading.Lock()

    def look(self) -> None:
        """Write a deleted file again, and hold the one that is there now."""
        if self._holder is not None and self._held == _number(self._file):
            return
        with self._lock:
            if self._holder is not None and _number(self._file) is None:
                _write_again(self._holder, self._file)
            if self._held != _number(self._file):
                self._hold()

    def _hold(self) -> None:
        if self._holder is not None:
            self._holder.close()
        self._holder, self._held = None, None
        if _number(self._file) is None:
            return
        holder = sqlite3.connect(self._file, check_same_thread=False, timeout=0)
        try:
            if holder.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                holder.close()  # the first connection makes it so, and looks again
                return
            holder.execute("SELECT count(*) FROM sqlite_master").fetchone()  # opens the log beside it, too
        except sqlite3.Error:  # broken or locked: whoever reads it says so
            holder.close()
            return
        self._holder, self._held = holder, _number(self._file)


def _number(file: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of its name; None where none is there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _write_again(connection: sqlite3.Connection, file: Path) -> None:
    """Put a file of the same content in the place of the deleted one; what fails leaves the error to the next statement."""
    copy = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
        copy.chmod(0o600)
        for end in ("-wal", "-shm"):  # of the deleted file: they are no part of the new one
            file.with_name(file.name + end).unlink(missing_ok=True)
        os.link(copy, file)  # unlike a move it overwrites nothing: another worker may have been faster
        log.error("%s was deleted while it was in use; it was written again, nothing is lost", file.name)
    except FileExistsError:
        pass
    except (OSError, sqlite3.Error) as error:
        log.error("%s was deleted while it was in use and can't be written again: %s", file.name, error)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                copy.with_name(copy.name + end).unlink(missing_ok=True)
