"""Keeps what is written about families from the machine's other users: files 600, folders 700, whoever starts the program.

Each place that makes a file asks for it here, so that it holds for every way to start: the server, the command line, a
separate action server. SQLite gives the files beside a database the database's own mode.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
_TOP = Path(__file__).parents[1]


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; take what others may from one that is there.

    A folder of somebody else, one that all share (/tmp) and one that this checkout lies in stay as they are.

    Raises:
        OSError: It can't be made.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    found = folder.stat()
    shared = found.st_mode & stat.S_ISVTX or found.st_uid != os.geteuid() or _TOP.is_relative_to(folder)
    if not shared:
        _close(folder, found.st_mode, FOLDER)


def private_file(path: Path) -> None:
    """Make an empty file that only its owner may read, where none is; take what others may from one that is there.

    A file that is there is never opened: closing it would drop the locks that SQLite holds on it anywhere in this process, and the
    next program that reads the database would take its log away. Where something fails, whoever opens the file next says why.
    """
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))
    _close(path, None, FILE)


def private_database(url: str) -> None:
    """Do so for the file of a SQLite address; others have no file."""
    if url.startswith("sqlite:///") and (name := url.removeprefix("sqlite:///").partition("?")[0]):
        private_file(Path(name))


def keep_private(data: Path) -> None:
    """Let this process make private files only, and take what others may from those that an earlier version made."""
    os.umask(0o077)
    for folder, folders, files in os.walk(data):
        for name in folders:
            _close(Path(folder, name), None, FOLDER)
        for name in files:
            _close(Path(folder, name), None, FILE)


def _close(path: Path, mode: int | None, wanted: int) -> None:
    with contextlib.suppress(OSError):  # it went away meanwhile, or is somebody else's
        mode = os.lstat(path).st_mode if mode is None else mode
        if not stat.S_ISLNK(mode) and stat.S_IMODE(mode) & ~wanted:
            path.chmod(stat.S_IMODE(mode) & wanted)
