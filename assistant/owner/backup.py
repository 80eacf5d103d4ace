"""Backup and restore of the data folder: `make backup TO=/backups`, `make restore FROM=/backups/whichplan-….tar.gz`.

A backup may be taken while the server runs: each database is copied as of one instant. It holds what parents wrote and the secret
that reads it, so it is as private as the folder: mode 600.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from assistant.clock import now
from assistant.owner.running import StillRunning, refuse_running
from assistant.private_files import private_file, private_folder
from assistant.settings import Settings, SettingsError, read_settings

DATABASES = ("bookings.db", "talks.db", "tracker.db")
OTHERS = ("secret.key", "secret.old.key", "audit.log")
MAILS = "outbox"
DUMP = "postgresql.dump"


class NotDone(RuntimeError):
    """The backup was not made or not restored; the text says why and what to do."""


def backup(settings: Settings, target: Path, moment: datetime) -> Path:
    """Write everything into one file below `target`; return it.

    Raises:
        NotDone: A database can't be read, or the file can't be written.
    """
    path = target / f"whichplan-{moment:%Y-%m-%d-%H%M%S}.tar.gz"
    try:
        private_folder(target)
        with tempfile.TemporaryDirectory(dir=target) as work:
            files = dict(_copies(settings, Path(work)))
            if not files:
                raise NotDone(f"{settings.data} holds nothing yet: there is nothing to back up.")
            private_file(path)
            with tarfile.open(path, "w:gz") as archive:
                for name, file in files.items():
                    archive.add(file, name)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):  # what stands in the way may be a file
            path.unlink(missing_ok=True)
        raise NotDone(
            f"The backup was not made: {error}. Is there room, and is the folder yours to write?"
        ) from None
    return path


def _copies(settings: Settings, work: Path) -> Iterator[tuple[str, Path]]:
    for name in DATABASES:
        if (source := settings.data / name).exists():
            with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(work / name)) as after:
                before.backup(after)
            yield name, work / name
    if settings.database_url:
        _dump(settings.database_url, work / DUMP)
        yield DUMP, work / DUMP
    for name in OTHERS:
        if (source := settings.data / name).exists():
            yield name, source
    for mail in sorted((settings.data / MAILS).glob("*.eml")):
        yield f"{MAILS}/{mail.name}", mail


def _dump(url: str, target: Path) -> None:
    plain = url.replace("postgresql+psycopg2://", "postgresql://")
    try:
        done = subprocess.run(  # noqa: S603
            ["pg_dump", "--format=custom", f"--file={target}", plain],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise NotDone(
            "pg_dump is not installed here: install PostgreSQL's client programs, or back the database up there."
        ) from None
    if done.returncode:
        raise NotDone(
            f"pg_dump could not read the database: {(done.stderr.splitlines() or ['no word'])[0][:200]}"
        )


def restore(settings: Settings, archive: Path, moment: datetime) -> Path | None:
    """Put a backup's files into the data folder; what was there goes into a folder beside them, which is returned.

    Raises:
        NotDone: The file is no whole backup; nothing was changed then.
        StillRunning: A server is at work.
    """
    refuse_running(settings)
    private_folder(settings.data)
    with tempfile.TemporaryDirectory(dir=settings.data) as work:
        _unpack(archive, Path(work))
        _refuse_broken(Path(work), archive)
        aside = _put_aside(settings.data, moment)
        for found in sorted(path for path in Path(work).rglob("*") if path.is_file()):
            target = settings.data / found.relative_to(work)
            private_folder(target.parent)
            found.replace(target)
            target.chmod(0o600)
    return aside


def _unpack(archive: Path, work: Path) -> None:
    known = {*DATABASES, *OTHERS, DUMP}
    try:
        with tarfile.open(archive) as opened:
            members = opened.getmembers()
            for one in members:
                folder, _, name = one.name.rpartition("/")
                if not one.isfile() or not (one.name in known or (folder == MAILS and name.endswith(".eml"))):
                    raise NotDone(
                        f"{archive} holds {one.name[:80]!r}, which is no file of a backup. Name one that make backup wrote."
                    )
            opened.extractall(work, members, filter="data")
    except (OSError, tarfile.TarError, EOFError) as error:
        raise NotDone(f"{archive} can't be read: {error}. Name a file that make backup wrote.") from None


def _refuse_broken(work: Path, archive: Path) -> None:
    for name in DATABASES:
        if (work / name).exists():
            try:
                with closing(sqlite3.connect(work / name)) as opened:
                    said = opened.execute("PRAGMA integrity_check").fetchone()[0]
            except sqlite3.DatabaseError as error:
                said = str(error)
            if said != "ok":
                raise NotDone(f"{name} of {archive} is broken ({said[:100]}). Take another backup.")


def _put_aside(data: Path, moment: datetime) -> Path | None:
    """Move what a restore would replace; a log of SQLite's belongs to the file it lies beside."""
    there = [data / f"{name}{end}" for name in DATABASES for end in ("", "-wal", "-shm")]
    there = [path for path in (*there, *(data / name for name in OTHERS), data / MAILS) if path.exists()]
    if not there:
        return None
    aside = data / f"before-restore-{moment:%Y-%m-%d-%H%M%S}"
    private_folder(aside)
    for path in there:
        path.rename(aside / path.name)
    return aside


def main() -> None:
    """Run `backup [folder]` or `restore file`, and say what was done."""
    what, place = [*sys.argv[1:], "", ""][:2]
    try:
        settings = read_settings()
        os.umask(0o077)
        if what == "backup":
            path = backup(settings, Path(place or "backups").expanduser().resolve(), now())
            sys.stdout.write(
                f"{path}\nKeep it as private as the data folder. Back: make restore FROM={path}\n"
            )
            return
        if not place:
            sys.exit("Name the backup: make restore FROM=/backups/whichplan-2026-11-30-020000.tar.gz")
        aside = restore(settings, Path(place).expanduser().resolve(), now())
    except (NotDone, StillRunning, SettingsError) as error:
        sys.exit(str(error))
    kept = f" What was there before lies in {aside}." if aside else ""
    dump = (
        f" The database itself: pg_restore --clean --dbname=… {settings.data / DUMP}."
        if (settings.data / DUMP).exists()
        else ""
    )
    sys.stdout.write(f"Restored into {settings.data}.{kept}{dump} Start the server, then make live-check.\n")


if __name__ == "__main__":
    main()
