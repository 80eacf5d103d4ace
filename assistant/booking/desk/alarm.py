"""Tells the advocates, once a day, that times or codes are refused because too many were asked for without a proven e-mail."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, datetime, timedelta

from assistant import metrics
from assistant.booking.calls.database import Database
from assistant.booking.sent.outbox import ANNOUNCEMENT, queue_once

log = logging.getLogger(__name__)

FLOOD_BEGAN = timedelta(hours=3)
"""So long before the first refusal the flood is taken to have begun."""
FLOOD = "flood"
"""What is announced: it is about no one call."""


class Alarm:
    """Counts refusals, and leaves one note a day in the outbox for all processes together.

    Args:
        database: Where the outbox is.
        announced: Whether some process tells the advocates (in Slack); else the log alone says it.
    """

    def __init__(self, database: Database, *, announced: bool) -> None:
        self._database = database
        self._announced = announced
        self._told: date | None = None

    async def refused(self, now: datetime) -> None:
        """Note one refusal."""
        metrics.UNPROVEN.inc()
        if self._told == now.date():
            return
        self._told = now.date()
        log.warning(
            "calls are being asked for faster than e-mails are proven, so the next ones need a code. If these are no families: "
            'make bookings ARGS="cancel --since %s --unproven"',
            f"{now - FLOOD_BEGAN:%Y-%m-%dT%H:%MZ}",
        )
        if self._announced:
            row = {"kind": ANNOUNCEMENT, "stream": FLOOD, "payload": {"what": FLOOD}}
            once, stale_at = f"{FLOOD}:{now:%Y-%m-%d}", now + timedelta(days=1)
            await asyncio.to_thread(queue_once, self._database, once=once, now=now, stale_at=stale_at, **row)
