"""The last content that was whole, kept in the data folder: what a server says while the files are broken, also over a restart."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path

from assistant.knowledge.source import CONTENT, CONTENT_VARIABLE, content_digest
from assistant.private_files import private_file, private_folder

WATCHED_VARIABLE = "WHICHPLAN_CONTENT_WATCHED"
"""Names the files to go back to, for a server that was started with the last good ones."""
_POINTER, _FOLDER = "content.good", "content-"


def watched() -> Path:
    """Return the folder whose changes are taken over."""
    return Path(os.environ.get(WATCHED_VARIABLE) or CONTENT)


def copy_apart(content: Path, data: Path) -> Path:
    """Copy content into a folder of its own, a candidate for `keep`; to be dropped afterwards.

    What is checked, said and kept is one copy: the files may change under a process that reads them.
    The copy is named `content`, so that what is wrong in it is told by the name of the file that was copied.
    """
    around = data / f".candidate.{os.getpid()}"
    shutil.rmtree(around, ignore_errors=True)  # of a process that was killed, whose number comes back
    private_folder(around)
    _copy(content, around / "content")
    return around / "content"


def drop(candidate: Path) -> None:
    """Delete what is left of a candidate."""
    shutil.rmtree(candidate.parent, ignore_errors=True)


def keep(candidate: Path, data: Path) -> Path:
    """Keep a candidate that is whole; several workers may do so at once. Return where it lies now."""
    name = f"{_FOLDER}{content_digest(candidate)}"
    target = data / name
    with contextlib.suppress(OSError):  # another worker was faster: theirs is the same
        candidate.rename(target)
    pointer = data / f".{_POINTER}.{os.getpid()}.part"
    pointer.write_text(name, encoding="utf-8")
    pointer.replace(data / _POINTER)
    for old in data.glob(f"{_FOLDER}*"):
        if old.is_dir() and old.name != name and old != Path(os.environ.get(CONTENT_VARIABLE, "")):
            shutil.rmtree(old, ignore_errors=True)
    return target


def _copy(content: Path, into: Path) -> None:
    """Copy content file by file: as with all that lies in DATA, nobody else on the machine reads it, not even meanwhile."""
    private_folder(into)
    for path in sorted(content.rglob("*")):
        inside = path.relative_to(content)
        if any(part.startswith(".") for part in inside.parts):
            continue
        if path.is_dir():
            private_folder(into / inside)
        else:
            private_file(into / inside)
            shutil.copyfile(path, into / inside)


def find(data: Path) -> Path | None:
    """Return the copy, where there is one."""
    with contextlib.suppress(OSError):
        folder = data / (data / _POINTER).read_text(encoding="utf-8").strip()
        if folder.name.startswith(_FOLDER) and folder.is_dir():
            return folder
    return None


def start_again_with(copy: Path) -> None:
    """Start this process anew with the last good content; it goes on watching the files that are broken now."""
    os.environ[WATCHED_VARIABLE] = str(watched())
    os.environ[CONTENT_VARIABLE] = str(copy)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  # our own command
