"""The file of a database goes away, or is another, while talks are kept in it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.store.talks_database import beat, make_tables, open_engine


class Kept:
    """A database with one table of words."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "talks.db"
        self.engine = open_engine(f"sqlite:///{self.file}")
        metadata = sa.MetaData()
        self.words = sa.Table("words", metadata, sa.Column("word", sa.String(20)))
        make_tables(self.engine, metadata)

    def keep(self, word: str) -> None:
        with self.engine.begin() as rows:
            rows.execute(self.words.insert().values(word=word))

    def all(self, engine: sa.engine.Engine | None = None) -> list[str]:
        with (engine or self.engine).connect() as rows:
            return sorted(rows.execute(sa.select(self.words.c.word)).scalars())


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    made = Kept(tmp_path)
    made.keep("before")
    return made


@pytest.mark.parametrize("also", [(), ("-wal", "-shm")])
def test_a_deleted_file_is_written_again_and_a_restart_finds_all(kept: Kept, also: tuple[str, ...]) -> None:
    kept.file.unlink()
    for end in also:
        kept.file.with_name(kept.file.name + end).unlink()
    kept.keep("after")
    restarted = open_engine(f"sqlite:///{kept.file}")
    assert kept.all() == kept.all(restarted) == ["after", "before"]
    assert kept.file.stat().st_mode & 0o077 == 0
    assert sorted(path.name.partition(".db")[2] for path in kept.file.parent.glob("talks.db*")) == ["", "-shm", "-wal"]  # fmt: skip


def test_many_who_write_meanwhile_lose_nothing(kept: Kept) -> None:
    def write(name: int) -> None:
        for number in range(20):
            kept.keep(f"{name}-{number}")

    writers = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    kept.file.unlink()
    writers = [threading.Thread(target=write, args=(name,)) for name in range(4, 8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(kept.all(open_engine(f"sqlite:///{kept.file}"))) == 161


def test_a_restored_file_counts_without_a_restart(kept: Kept, tmp_path: Path) -> None:
    with kept.engine.connect() as rows:
        rows.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(kept.file, tmp_path / "backup")
    kept.keep("after the backup")
    with kept.file.open("r+b") as broken:  # cut short
        broken.truncate(100)
    for end in ("-wal", "-shm"):
        kept.file.with_name(kept.file.name + end).unlink()
    with pytest.raises(sa.exc.SQLAlchemyError):
        Kept.all(kept, open_engine(f"sqlite:///{kept.file}"))
    (tmp_path / "backup").replace(kept.file)
    assert kept.all() == ["before"]
    beat(kept.engine)
