"""The process's one booking desk, opened when it is first needed."""

from __future__ import annotations

import asyncio
import functools
import logging
import os
import threading

from assistant.booking.calls.database import DatabaseUnreachable
from assistant.booking.consultation import Consultation
from assistant.booking.consultation_file import load_consultation
from assistant.booking.desk.delivery import Announce, Write
from assistant.booking.desk.desk import Booking
from assistant.clock import now
from assistant.knowledge.source import CONTENT
from assistant.settings import read_settings

log = logging.getLogger(__name__)

_OPENING = threading.Lock()
_announce: Announce | None = None
_write: Write | None = None


def announce_with(announce: Announce | None, write: Write | None = None) -> None:
    """Let this process tell somebody of every call, and write to parents of chats; said before the desk is opened."""
    global _announce, _write
    _announce, _write = announce, write


@functools.cache
def consultation() -> Consultation:
    """Return content/consultation.yml."""
    return load_consultation(CONTENT / "consultation.yml", os.environ)


@functools.cache
def _desk() -> Booking:
    settings = read_settings()
    return Booking.open(
        consultation(),
        settings,
        clock=now,
        announce=_announce,
        announced=settings.has_advocates_channel,
        write=_write,
    )


def open_desk() -> Booking:
    """Return the desk; the first call migrates its database and blocks."""
    with _OPENING:
        return _desk()


def desk_if_open() -> Booking | None:
    """Return the desk if somebody needed it already."""
    return _desk() if _desk.cache_info().currsize else None


def close_desk() -> None:
    """Let go of the desk: the next one reads the settings anew. A replay does so after each story."""
    with _OPENING:
        desk = desk_if_open()
        if desk is not None:
            desk.close()
        _desk.cache_clear()


async def shared_desk() -> Booking:
    """Return the desk without holding up the event loop."""
    return await asyncio.to_thread(open_desk)


async def give_back(conversation: str) -> None:
    """Let go of the time that a conversation holds; where that fails the hold runs out by itself."""
    try:
        await (await shared_desk()).release(conversation)
    except DatabaseUnreachable:
        log.exception("a held time could not be given back")


def whom_to_write() -> str:
    """Return how to reach the organisation without the assistant."""
    organisation = consultation().organisation
    return " or ".join(part for part in (organisation.email, organisation.phone) if part)
