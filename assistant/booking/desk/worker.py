"""The desk's work in the background: it sends what is due and deletes what is past its keeping."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.booking.calls.database import Database
from assistant.booking.consultation import Consultation
from assistant.booking.desk.delivery import Delivery
from assistant.booking.desk.store import Store
from assistant.booking.sent.mail import FolderMailer, Mailer
from assistant.booking.sent.outbox import CHAT, Letter, Outbox, chat_stream, queue_once

log = logging.getLogger(__name__)

TIDY_EVERY = timedelta(hours=1)


class Worker:
    """Works on the outbox; any number of processes may do so at once."""

    def __init__(
        self,
        consultation: Consultation,
        database: Database,
        store: Store,
        outbox: Outbox,
        delivery: Delivery,
        mailer: Mailer,
        clock: Callable[[], datetime],
    ) -> None:
        self._consultation = consultation
        self._database = database
        self._store = store
        self._outbox = outbox
        self._delivery = delivery
        self._mailer = mailer
        self._clock = clock
        self._name = f"{os.getpid()}-{secrets.token_hex(4)}"

    async def queue_chat_mail(self, talk: str, *, once: str, stale_at: datetime) -> None:
        """Queue an e-mail to the parent of a chat; queued already under this key, nothing is done twice.

        Args:
            talk: The chat's id; address and words are read when the e-mail is sent.
            once: The key.
            stale_at: From when on it is not worth sending.
        """
        row = {"kind": CHAT, "once": once, "stream": chat_stream(talk), "payload": {"talk": talk}}
        await asyncio.to_thread(queue_once, self._database, now=self._clock(), stale_at=stale_at, **row)

    async def dead_letters(self) -> list[Letter]:
        """Return what could not be sent in a day of tries."""
        return await asyncio.to_thread(self._outbox.in_state, "dead")

    async def revive(self, letter_id: int | None = None) -> int:
        """Let dead letters, or one, start anew; return how many."""
        return await asyncio.to_thread(self._outbox.revive, self._clock(), letter_id)

    async def deliver_due(self) -> int:
        """Send what is due now; return how many rows were handled."""
        return await self._delivery.deliver_due(self._name)

    def _tidy(self, now: datetime) -> None:
        """Delete what is past its keeping, in the database and on disk. Blocks."""
        self._store.tidy(now)
        if isinstance(self._mailer, FolderMailer):
            self._mailer.delete_older(now - timedelta(days=self._consultation.calls_days))

    async def run(self, *, every: float = 2.0, stop: asyncio.Event | None = None) -> None:
        """Send what is due, until stopped; any number of processes may do so at once.

        Args:
            every: Seconds between two looks.
            stop: Ends the loop after the current look.
        """
        tidied: datetime | None = None
        stop = stop or asyncio.Event()
        while not stop.is_set():
            try:
                while await self.deliver_due() and not stop.is_set():
                    pass
                now = self._clock()
                if tidied is None or now - tidied >= TIDY_EVERY:
                    tidied = now
                    await asyncio.to_thread(self._tidy, now)
            except Exception:  # the worker outlives a database that is away
                log.exception("the outbox could not be worked on; trying again")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)
