"""Takes changed content and a newly trained model over on a running server: checked first, within the minute, nothing lost.

Every worker watches for itself. What is broken is said in the log and in `audit.log`, and the last good content goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from assistant.clock import now
from assistant.knowledge.library import library
from assistant.knowledge.source import ContentError, content_digest
from assistant.serve import audit, last_good
from assistant.serve.content import Content, read_apart, take_over
from assistant.serve.models import code_digest, model_path

LOOK_SECONDS = 5.0
"""A change is taken over once nothing has changed from one look to the next: an editor or `git pull` writes many files."""

log = logging.getLogger(__name__)
Stamps = dict[Path, tuple[int, int]]


def stamps(folder: Path) -> Stamps:
    """Return when each file was changed, and its size."""
    found: Stamps = {}
    waiting = [folder]
    while waiting:
        for entry in os.scandir(waiting.pop()):
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                waiting.append(Path(entry.path))
            elif entry.name.endswith((".yml", ".json")):
                about = entry.stat()
                found[Path(entry.path)] = (about.st_mtime_ns, about.st_size)
    return found


class WatchContent:
    """Watches the content of one worker.

    Args:
        data: The data folder: the last good content and the audit lie there.
        folder: What is watched.
        problem: What was wrong when this process started with the last good content.
    """

    def __init__(self, data: Path, folder: Path, problem: str = "") -> None:
        self._data = data
        self._folder = folder
        self.problem = problem
        """Why the files are not what is said; empty where they are."""
        self._taken: Stamps | None = None
        self._seen: Stamps = {}
        self._refused: Stamps | None = {} if problem else None

    async def look(self) -> bool:
        """Look once; return whether something was taken over."""
        try:
            found = await asyncio.to_thread(stamps, self._folder)
        except OSError as error:  # a folder that is being replaced
            log.warning("content can't be looked at: %s", error)
            return False
        steady, self._seen = found == self._seen, found
        if self._taken is None and not self.problem:
            if await asyncio.to_thread(self._keep_what_is_said):
                self._taken = found  # what this process was started with
                return False
            self._taken = {}  # it was changed while this process started
        if not steady or found in (self._taken, self._refused):
            return False
        return await self._take(found)

    async def _take(self, found: Stamps) -> bool:
        changed = [
            path
            for path in {**found, **(self._taken or {})}
            if found.get(path) != (self._taken or {}).get(path)
        ]
        copy = await asyncio.to_thread(last_good.copy_apart, self._folder, self._data)
        try:
            try:
                new = await asyncio.to_thread(read_apart, copy)
            except (ContentError, OSError) as error:
                self.problem, self._refused = str(error), found
                log.error("changed content is not taken over, the last good one goes on: %s", error)
                await asyncio.to_thread(
                    audit.note, self._data, "content refused", library().digest, changed, now(), str(error)
                )
                return False
            await self._change(new, changed, copy)
        finally:
            await asyncio.to_thread(last_good.drop, copy)
        self._taken, self._refused, self.problem = found, None, ""
        return True

    async def _change(self, new: Content, changed: list[Path], copy: Path) -> None:
        take_over(new)
        log.warning("changed content is said from now on: %s, %s files", new.library.digest, len(changed))
        await asyncio.to_thread(audit.note, self._data, "content", new.library.digest, changed, now())
        await asyncio.to_thread(last_good.keep, copy, self._data)

    def _keep_what_is_said(self) -> bool:
        """Keep the files, if they still are what this process says; return whether they are."""
        copy = last_good.copy_apart(self._folder, self._data)
        try:
            if content_digest(copy) != library().digest:
                return False
            last_good.keep(copy, self._data)
            return True
        finally:
            last_good.drop(copy)


class WatchModel:
    """Watches for the model that belongs to the training data as they are now.

    Args:
        data: The data folder.
        loaded: The model that answers.
        swap: Loads a model and lets it answer from the next message on.
    """

    def __init__(self, data: Path, loaded: Path, swap: Callable[[Path], Awaitable[None]]) -> None:
        self._data = data
        self._loaded = loaded
        self._swap = swap
        self._code = code_digest()
        self._seen: tuple[Path, int] | None = None
        self._failed: tuple[Path, int] | None = None

    async def look(self) -> bool:
        """Look once; return whether another model answers now."""
        path = await asyncio.to_thread(model_path)
        if path == self._loaded or not path.is_file():
            return False
        found = (path, path.stat().st_size)
        steady, self._seen = found == self._seen, found
        if not steady or found == self._failed:
            return False
        if await asyncio.to_thread(code_digest) != self._code:
            self._failed = found
            log.error(
                "%s was trained by other code than runs here: start this worker again to use it", path.name
            )
            return False
        try:
            await self._swap(path)
        except Exception:  # the model that answers goes on
            self._failed = found
            log.exception("%s can't be used; the one before goes on", path.name)
            return False
        self._loaded = path
        log.warning("%s answers from now on", path.name)
        await asyncio.to_thread(audit.note, self._data, "model", path.stem, [path], now())
        return True


async def follow(watchers: list[WatchContent | WatchModel], stop: asyncio.Event) -> None:
    """Let the watchers look, one after the other, until stopped."""
    while not stop.is_set():
        for one in watchers:
            try:
                await one.look()
            except Exception:  # the job outlives a full disk
                log.exception("a change could not be looked at; trying again")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
