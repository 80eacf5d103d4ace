"""From SQLite files to PostgreSQL: `make move-to-postgres TO=postgresql://user:password@host/base`.

Talks, bookings, what waits to be sent, hand-overs, rows of what was not answered: everything, in one transaction or not at all.
The files stay as they are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from assistant.booking.calls.database import VERSION_TABLE, Database, DatabaseUnreachable, database_url
from assistant.owner.backup import DATABASES
from assistant.owner.running import StillRunning, refuse_running
from assistant.settings import Settings, SettingsError, read_settings

LEFT_OUT = frozenset({VERSION_TABLE, "talks_pulse", "limit_hits", "tries", "sqlite_sequence"})
"""Made anew, or of the last minutes."""
AT_ONCE = 500


class NotMoved(RuntimeError):
    """Nothing was moved; the text says why and what to do."""


def move(settings: Settings, to: str) -> dict[str, int]:
    """Copy every row; return how many of each table.

    Args:
        settings: Where the files are.
        to: The address of the database, which may hold tables but no rows yet.

    Raises:
        NotMoved: The database can't be reached, or holds rows already.
        StillRunning: A server is at work on the files.
    """
    refuse_running(settings)
    url = database_url(to, settings.data)
    if not url.startswith("postgresql"):
        raise NotMoved(
            "TO is no address of PostgreSQL. Write one such as TO=postgresql://user:password@host:5432/base"
        )
    try:
        make_every_table(replace(settings, database_url=url))
        # a file of an older form first gets the newest
        make_every_table(replace(settings, database_url=""))
        target = sa.create_engine(url, future=True, hide_parameters=True)
        known = sa.MetaData()
        known.reflect(target)
        with target.begin() as rows:
            rows.execute(
                sa.text("SET LOCAL TIME ZONE 'UTC'")
            )  # SQLite keeps every instant as UTC, without a zone
            _refuse_rows(rows, known)
            return dict(_copied(settings.data, rows, known))
    except (SQLAlchemyError, DatabaseUnreachable) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
        raise NotMoved(
            f"Nothing was moved: {reason}. Is the address right, and may the user make tables?"
        ) from None


def make_every_table(settings: Settings) -> None:
    """Make the tables of all parts in their newest form."""
    from assistant.channels.slack.events import EventIds
    from assistant.channels.slack.replies import KeptReplies
    from assistant.engine.unused_imports import import_rasa
    from assistant.handover.store import HandOver
    from assistant.store.feedback import Feedback
    from assistant.store.talks_database import open_engine
    from assistant.store.transcripts import Transcripts
    from assistant.unanswered.store import Unanswered

    import_rasa()
    from assistant.store.tracker.store import TalkStore

    engine = open_engine(settings.talks_url)
    Database(database_url(settings.database_url, settings.data), settings.secrets).close()
    TalkStore(settings.trackers_url, settings.secrets).close()
    Transcripts(settings.talks_url)
    Feedback(settings.talks_url, settings.secrets)
    Unanswered(settings.talks_url, settings.secrets)
    HandOver(engine, settings.secrets)
    EventIds(engine, "move", settings.secrets)
    KeptReplies(engine, settings.secrets)
    engine.dispose()


def _refuse_rows(rows: Any, known: sa.MetaData) -> None:
    for name, table in known.tables.items():
        if (
            name not in LEFT_OUT
            and rows.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first()
        ):
            raise NotMoved(
                f"The table {name} has rows already: name an empty database, so that nothing is mixed up."
            )


def _copied(data: Path, rows: Any, known: sa.MetaData) -> Iterator[tuple[str, int]]:
    for name in DATABASES:
        if not (data / name).exists():
            continue
        source = sa.create_engine(f"sqlite:///{data / name}", future=True)
        there = sa.MetaData()
        there.reflect(source)
        with source.connect() as found:
            for table_name, table in there.tables.items():
                if table_name not in LEFT_OUT:
                    yield table_name, _copy(found, table, rows, known.tables[table_name])
        source.dispose()


def _copy(found: Any, source: sa.Table, rows: Any, target: sa.Table) -> int:
    columns = [column for column in source.columns if column.name in target.columns]
    count = 0
    taken = found.execute(
        sa.select(
            *(sa.type_coerce(c, target.columns[c.name].type.as_generic()).label(c.name) for c in columns)
        )
    )
    while batch := taken.fetchmany(AT_ONCE):
        rows.execute(sa.insert(target), [dict(row._mapping) for row in batch])
        count += len(batch)
    for column in target.primary_key.columns:  # numbers go on where the file's ended
        if isinstance(column.type, sa.Integer):
            sequence = rows.execute(
                sa.text("SELECT pg_get_serial_sequence(:table, :column)"),
                {"table": target.name, "column": column.name},
            ).scalar()
            if sequence and count:
                last = sa.select(sa.func.max(column)).scalar_subquery()
                rows.execute(sa.select(sa.func.setval(sequence, last)))
    return count


def main() -> None:
    """Move to the address on the command line and say what was moved."""
    try:
        settings = read_settings()
        moved = move(settings, sys.argv[1] if len(sys.argv) > 1 else "")
    except (NotMoved, StillRunning, SettingsError) as error:
        sys.exit(str(error))
    for name, count in moved.items():
        sys.stdout.write(f"  {name}: {count}\n")
    sys.stdout.write(
        "Moved. Set DATABASE_URL to that address and start the server. Further workers need the same secret: copy secret.key into "
        "the data folder of each. The SQLite files stay; delete them once make live-check is content.\n"
    )


if __name__ == "__main__":
    main()
