"""Opens the databases that hold talks: SQLite files or PostgreSQL, with a bound on every wait and deletion that deletes.

Every call blocks: callers run it in a thread.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from assistant.private_files import private_database
from assistant.store.followed_file import follow_file

BUSY_SECONDS = 3
"""How long a statement waits for a locked database before it fails."""
SCRUB_TRIES, SCRUB_PAUSE = 20, 0.1

log = logging.getLogger(__name__)

_METADATA = sa.MetaData()
_PULSE = sa.Table(
    "talks_pulse", _METADATA, sa.Column("id", sa.Integer, primary_key=True), sa.Column("beats", sa.Integer)
)


def open_engine(url: str) -> Any:
    """Return an engine; what goes wrong later names no parameter, as parameters are a parent's words."""
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url,
            future=True,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_timeout=BUSY_SECONDS,
            connect_args={
                "connect_timeout": BUSY_SECONDS,
                "options": f"-c statement_timeout={BUSY_SECONDS}000",
            },
        )
    private_database(url)
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,
        # connections stay open: the last one to close would write the whole log back, after each statement
        poolclass=QueuePool,
        pool_timeout=BUSY_SECONDS,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _settle)
    if name := url.removeprefix("sqlite:///").partition("?")[0]:
        follow_file(engine, Path(name))
    return engine


def _settle(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # A power cut may take the last words of a talk, never the file; a killed process loses nothing. Calls are kept elsewhere.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")  # deleted words are overwritten in the file


def make_tables(engine: Any, metadata: Any) -> None:
    """Make what is not there yet; several processes may do so at once."""
    for last_try in (False, True):
        try:
            _METADATA.create_all(engine)
            metadata.create_all(engine)
            for table in metadata.tables.values():
                for index in table.indexes:  # of a table that an earlier version made
                    index.create(engine, checkfirst=True)
            return
        except DBAPIError:
            if last_try:
                raise
            time.sleep(0.2)


def naive(moment: datetime) -> datetime:
    """Return an instant as the tables keep it: UTC, without zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def beat(engine: Any) -> None:
    """Write one row, so that health means what it says: a full, locked or lost database can't.

    Raises:
        sqlalchemy.exc.DBAPIError: The database can't be written.
    """
    with engine.begin() as rows:
        if not rows.execute(
            sa.update(_PULSE).where(_PULSE.c.id == 1).values(beats=_PULSE.c.beats + 1)
        ).rowcount:
            rows.execute(sa.insert(_PULSE).values(id=1, beats=0))


def scrub(engine: Any) -> bool:
    """Take deleted rows out of SQLite's write-ahead log as well; return whether nobody was in the way."""
    if engine.dialect.name != "sqlite":
        return True
    for _ in range(SCRUB_TRIES):
        raw = engine.raw_connection()
        try:
            # a reader may read for minutes, and the rows are gone already: waiting for it is the tidying's, not a parent's
            raw.execute("PRAGMA busy_timeout = 0")
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            raw.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
            raw.close()
        if not busy:
            return True
        time.sleep(SCRUB_PAUSE)
    log.warning("deleted rows are still in the write-ahead log; trying again within the minute")
    return False
