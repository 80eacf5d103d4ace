"""Who changed what, when: one line a change in `audit.log` of the data folder, however many workers took it over."""

from __future__ import annotations

import contextlib
import fcntl
import json
import subprocess
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.private_files import private_file

MOST_FILES = 20
GIT_SECONDS = 5.0
_TAIL = 64 * 1024


def note(
    data: Path, what: str, version: str, files: Iterable[Path], now: datetime, problem: str = ""
) -> bool:
    """Write one line, unless a worker wrote the same before; return whether it was written.

    Args:
        data: The data folder.
        what: "content", "content refused" or "model".
        version: Of what is said now, or was refused.
        files: What changed.
        now: When.
        problem: Why it was refused.
    """
    changed = list(files)[:MOST_FILES]
    line: dict[str, Any] = {"at": now.isoformat(timespec="seconds"), "what": what, "version": version}
    if problem:
        line["problem"] = problem
    path = data / "audit.log"
    private_file(path)
    with path.open("r+b") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.seek(max(0, path.stat().st_size - _TAIL))
        last = {}
        for text in stream.read().decode(errors="replace").splitlines():
            with contextlib.suppress(ValueError):
                last = json.loads(text)
        if (last.get("what"), last.get("version"), last.get("problem", "")) == (what, version, problem):
            return False
        line["files"] = [{"file": _short(one), "by": who_changed(one)} for one in changed]
        stream.write(f"{json.dumps(line, ensure_ascii=False)}\n".encode())
    return True


def who_changed(path: Path) -> str:
    """Return who changed a file last: the author of its last commit where git has these very words, else the file's owner.

    An answer that was approved names the approver too; that is in the file itself.
    """
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        folder = path.parent if path.parent.is_dir() else path.parent.parent
        clean = _git(folder, "status", "--porcelain", "--", str(path)) == ""
        if clean and (author := _git(folder, "log", "-1", "--format=%an", "--", str(path))):
            return f"{author} (git)"
    try:
        return f"{path.owner()} (user)"
    except (OSError, KeyError):
        return "unknown"


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        ["git", "-C", str(folder), *arguments],  # noqa: S607
        capture_output=True,
        text=True,
        timeout=GIT_SECONDS,
        check=True,
    )
    return done.stdout.strip()


def _short(path: Path) -> str:
    for part in ("content", "models"):
        if part in path.parts:
            return "/".join(path.parts[path.parts.index(part) :])
    return str(path)
