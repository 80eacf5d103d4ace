"""What the server does beside answering: forgets old talks, finishes deletions, ends when nobody would start it again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from datetime import timedelta
from typing import Any

from assistant.booking.desk.shared import consultation
from assistant.channels.web.talks import Talks
from assistant.clock import now
from assistant.serve.supervisor import SUPERVISOR
from assistant.store.tracker.store import TalkStore

FORGET_EVERY_SECONDS = 3600.0
TIDY_EVERY_SECONDS = 20.0
LOOK_FOR_SUPERVISOR_SECONDS = 2.0
FORM_LEFT_AFTER = timedelta(hours=1)
"""A form that nobody went on with so long gives up what was typed into it."""

log = logging.getLogger(__name__)


async def forget_old_talks(talks: Talks, store: TalkStore, stop: asyncio.Event) -> None:
    """Delete talks that are older than content/consultation.yml allows, every hour until stopped."""
    while not stop.is_set():
        try:
            await talks.forget_old(consultation().talks_days)
            await store.delete_older(now() - timedelta(days=consultation().talks_days))
            await store.empty_older(now() - FORM_LEFT_AFTER)
        except Exception:  # the job outlives a database that is away
            log.exception("old talks could not be deleted; trying again")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), FORGET_EVERY_SECONDS)


async def tidy_talks(talks: Talks, store: TalkStore, stop: asyncio.Event) -> None:
    """Finish deletions that something was in the way of, within the minute, until stopped."""
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TIDY_EVERY_SECONDS)
        try:
            await store.tidy()
            await talks.tidy()
        except Exception:  # as above
            log.exception("deleted rows are still in the log of the database; trying again")


async def end_with_supervisor(app: Any) -> None:
    """Stop when the process that would start this one again is gone: nobody else would ever end it."""
    supervisor = os.environ.get(SUPERVISOR)
    while supervisor is None or os.getppid() == int(supervisor):
        await asyncio.sleep(LOOK_FOR_SUPERVISOR_SECONDS)
    log.error("the supervisor is gone; the server ends")
    app.stop()
