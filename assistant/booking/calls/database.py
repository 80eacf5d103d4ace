"""Opening the booking database: SQLite by path or PostgreSQL by URL, migrated to its newest form."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from assistant.booking.calls.persons import CannotOpen, Persons
from assistant.private_files import private_database, private_folder
from assistant.sealed import Secrets

VERSION_TABLE = "booking_version"
BUSY_SECONDS = 20
_WRITERS = 504_2026  # key of PostgreSQL's advisory lock: writers queue up, readers never wait
_MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseUnreachable(RuntimeError):
    """The booking database does not answer."""


class Database:
    """Transactions on the booking database, from any thread and any number of processes."""

    def __init__(self, url: str, secrets: Secrets) -> None:
        """Open the database and bring it to its newest form; what an older secret sealed is sealed anew.

        Args:
            url: ``sqlite:////path/to/file.db`` or ``postgresql://…``.
            secrets: The server's: who booked is sealed with the first, and opened with each.

        Raises:
            DatabaseUnreachable: It cannot be opened.
        """
        self._engine = _engine(url)
        self.persons = Persons(secrets)
        self.dialect: str = self._engine.dialect.name
        # Within a process writers queue here: SQLite's own waiting polls and is not fair.
        self._turn = threading.Lock()
        try:
            _migrate(self)
            if self.persons.has_older_secrets():
                with self.writing() as connection:
                    self.persons.renew(connection)
        except DBAPIError as error:
            raise DatabaseUnreachable(f"the booking database cannot be opened: {error.orig}") from error

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A connection for reading."""
        with _faults_named(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[Any]:
        """A transaction that no other writer of any process runs beside; committed at the end.

        What is checked inside it therefore still holds when it is committed. The constraints of
        the tables guard the same promises once more.

        Args:
            durable: Whether it has to survive a power cut; what need not makes the next writer wait less.
        """
        with _faults_named():
            if self.dialect != "sqlite":
                with self._engine.begin() as connection:
                    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})
                    yield connection
                return
            if not self._turn.acquire(timeout=BUSY_SECONDS):
                raise DatabaseUnreachable("the booking database is too busy")
            try:
                options = {"writes": True, "durable": durable}
                with self._engine.connect().execution_options(**options) as connection, connection.begin():
                    yield connection
            finally:
                self._turn.release()

    def close(self) -> None:
        """Close the connections that wait for reuse."""
        self._engine.dispose()


@contextmanager
def _faults_named() -> Iterator[None]:
    """Raise what the database's absence brings as DatabaseUnreachable; a statement's own fault stays what it is."""
    try:
        yield
    except (IntegrityError, DataError, ProgrammingError):
        raise
    except CannotOpen as error:
        raise DatabaseUnreachable(str(error)) from error
    except DBAPIError as error:  # away, locked, full, or a file that is broken
        raise DatabaseUnreachable(f"the booking database does not answer: {error.orig}") from error


def database_url(url: str | None, data: Path) -> str:
    """Return SQLAlchemy's URL for ``DATABASE_URL``, or for ``bookings.db`` below the data folder."""
    if not url:
        private_folder(data)
        return f"sqlite:///{(data / 'bookings.db').resolve()}"
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg2{separator}{rest}" if scheme in ("postgres", "postgresql") else url


def _engine(url: str) -> Any:
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url,
            future=True,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_timeout=10,
            connect_args={"connect_timeout": 5},
        )
    private_database(url)
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,  # an error names the statement, not the person
        poolclass=NullPool,  # a file needs no pool, and a fork inherits nothing
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        connection.execute("PRAGMA synchronous = FULL")  # a confirmed call survives a power cut
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten in the file

    def begin(connection: Any) -> None:
        options = connection.get_execution_options()
        if options.get("writes"):
            _begin_writing(connection, durable=options["durable"])
        else:
            connection.exec_driver_sql("BEGIN")

    sa.event.listen(engine, "connect", configure)
    sa.event.listen(engine, "begin", begin)
    return engine


def _begin_writing(connection: Any, *, durable: bool) -> None:
    """Take SQLite's lock at once: two readers that both want to write would deadlock.

    SQLite's own waiting sleeps longer and longer, so that among many processes somebody starves; ours tries
    again after a few milliseconds, a random number of them.
    """
    if not durable:
        connection.exec_driver_sql("PRAGMA synchronous = NORMAL")
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            break
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > until:
                raise
        time.sleep(random.uniform(0.002, 0.01))  # noqa: S311 - no secret, only jitter
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _migrate(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    if database.dialect == "sqlite":
        _use_wal(database)
    with database.reading() as connection:
        if _revision(connection) == newest:
            return
    with database.writing() as connection:  # one process migrates, the others wait and find it done
        if _revision(connection) != newest:
            config.attributes.update(connection=connection, persons=database.persons)
            command.upgrade(config, "head")
    if database.dialect == "sqlite":
        _empty_log(database)


def _revision(connection: Any) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def _empty_log(database: Database) -> None:
    """Write the log back into the file and cut it to nothing: it may hold what the old form kept in clear."""
    raw = database._engine.raw_connection()
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _use_wal(database: Database) -> None:
    """Switch the file to write-ahead logging, once; changing the mode does not wait for others."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        raw = database._engine.raw_connection()
        try:
            raw.execute("PRAGMA journal_mode = WAL")
            return
        except Exception as error:  # sqlite3.OperationalError: somebody else is switching
            if "locked" not in str(error) or time.monotonic() > until:
                raise DatabaseUnreachable(f"the booking database cannot be opened: {error}") from error
            time.sleep(0.05)
        finally:
            raw.close()
