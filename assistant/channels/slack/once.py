"""Lets each event of Slack's pass once, and answers what a dead process left. The rows are those of slack_events.py.

Where the database is away, each process remembers for itself: somebody in danger is answered all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from assistant.channels.slack.events import PATIENCE, RENEW_SECONDS, EventIds, Turn
from assistant.clock import now

log = logging.getLogger(__name__)

TURN_SECONDS = 0.05
MOST_ALONE = 2000
"""Events remembered while the database is away."""


class Once:
    """The events that this process is at.

    Args:
        events: Those of all processes.
    """

    def __init__(self, events: EventIds) -> None:
        self._events = events
        self._at_work: set[str] = set()
        self._answered: set[str] = set()
        self._left: set[str] = set()
        self._alone: OrderedDict[str, None] = OrderedDict()

    async def begin(self, key: str, body: Mapping[str, Any]) -> Turn:
        """Take an event, or say who has it."""
        if key in self._left:  # `watch` took it over
            self._left.discard(key)
            return Turn.MINE
        if key in self._alone:
            return Turn.ANSWERED
        try:
            turn = await asyncio.to_thread(self._events.begin, key, body, now())
        except SQLAlchemyError as error:
            log.error("events are remembered by this process alone: %s", type(error).__name__)
            turn = self._begin_alone(key)
        if turn is Turn.MINE:
            self._at_work.add(key)
        return turn

    def _begin_alone(self, key: str) -> Turn:
        if key in self._alone or key in self._at_work:
            return Turn.ANSWERED
        self._alone[key] = None
        if len(self._alone) > MOST_ALONE:
            self._alone.popitem(last=False)
        return Turn.MINE

    async def is_mine(self, key: str) -> bool:
        """Say whether an answer may go out: another process takes over where this one stood still for too long."""
        try:
            return await asyncio.to_thread(self._events.is_mine, key)
        except SQLAlchemyError:
            return True

    async def in_turn(self, key: str) -> None:
        """Wait until the messages above this one in its channel are done, or for `PATIENCE`: they came in this order."""
        with contextlib.suppress(SQLAlchemyError, TimeoutError):  # out of order is better than never
            async with asyncio.timeout(PATIENCE.total_seconds()):
                while await asyncio.to_thread(self._events.has_earlier, key, now()):
                    await asyncio.sleep(TURN_SECONDS)

    async def done(self, key: str) -> None:
        """Note that an event was answered; where the database is away, `watch` does so later."""
        self._at_work.discard(key)
        try:
            await asyncio.to_thread(self._events.done, key)
        except SQLAlchemyError:
            self._answered.add(key)

    async def watch(
        self, stop: asyncio.Event, again: Callable[[Mapping[str, Any]], Awaitable[object]]
    ) -> None:
        """Keep this process's events its own, and let what others left be answered by `again`, until stopped."""
        while not stop.is_set():
            try:
                await self._look(again)
            except SQLAlchemyError as error:
                log.error("events of Slack's can't be looked after: %s", type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RENEW_SECONDS)

    async def _look(self, again: Callable[[Mapping[str, Any]], Awaitable[object]]) -> None:
        if self._at_work:
            await asyncio.to_thread(self._events.renew, list(self._at_work), now())
        for key in list(self._answered):
            await asyncio.to_thread(self._events.done, key)
            self._answered.discard(key)
        for key, body in await asyncio.to_thread(self._events.left, now()):
            log.warning("an event that a dead process left is answered now")
            self._at_work.add(key)
            self._left.add(key)
            try:
                await again(body)
            finally:
                self._left.discard(key)
