"""Which times are free: what was asked for, against hours, calls, holds and the advocates' own calendars."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.booking.busy.own_calendar import BusyTimes, CalendarUnreachable
from assistant.booking.calls.call import Call, Taken
from assistant.booking.consultation import Consultation
from assistant.booking.desk.holds import Holds
from assistant.booking.desk.miss import Miss, why_none
from assistant.booking.desk.store import Store
from assistant.booking.openings import Opening, Period, free_openings, merged, opening_named
from assistant.booking.sent.invitation import uid_of
from assistant.booking.times.constraint import Office, TimeConstraint
from assistant.booking.times.words import understand


class FreeTimes:
    """The half of the desk that looks: it reads wishes and finds openings, and changes nothing."""

    def __init__(
        self,
        consultation: Consultation,
        holds: Holds,
        store: Store,
        *,
        clock: Callable[[], datetime],
        busy: Sequence[BusyTimes] | None = None,
    ) -> None:
        """Keep what is needed to look.

        Args:
            consultation: What ``consultation.yml`` says.
            holds: Which times are taken.
            store: Which calls are ahead.
            clock: Tells the current instant.
            busy: Busy times of each advocate, in the file's order; None reads their calendars.
        """
        self.consultation = consultation
        self.clock = clock
        self._holds = holds
        self._store = store
        readers = [BusyTimes(one) for one in consultation.advocates] if busy is None else busy
        self._busy = dict(zip((one.id for one in consultation.advocates), readers, strict=True))
        self._read_for = {one.id: one for one in consultation.advocates}

    def follow_consultation(self) -> None:
        """Read the calendars of advocates who are new, or whose calendar is; the rest is the consultation's own object."""
        known, self._read_for = self._read_for, {one.id: one for one in self.consultation.advocates}
        self._busy = {
            name: self._busy[name] if known.get(name) == one else BusyTimes(one)
            for name, one in self._read_for.items()
        }

    def understand(self, text: str, zone: ZoneInfo) -> TimeConstraint | None:
        """Read a time in words on the parent's clock; None when it is not fully understood.

        Args:
            text: What was typed; a line for each message, of which each refines the ones before.
            zone: The parent's zone.
        """
        now = self.clock()
        wish: TimeConstraint | None = None
        for line in text.splitlines():
            read = understand(line, now, zone, self.office_hours(zone, now))
            if read is None:
                return None
            wish = wish.refined_by(read) if wish else read
        return wish

    def why_none(self, zone: ZoneInfo, constraint: TimeConstraint) -> Miss:
        """Tell why no opening is what was asked for."""
        return why_none(self.consultation, constraint, zone, self.clock())

    def office_hours(self, zone: ZoneInfo, now: datetime) -> Office:
        """Return between which times on the parent's clock calls take place on any day."""
        opens, closes = [], []
        for advocate in self.consultation.advocates:
            day = now.astimezone(advocate.zone).date()
            for span in (span for spans in advocate.hours for span in spans):
                start, end = (
                    clock.replace(tzinfo=advocate.zone).astimezone(zone).time()
                    for clock in (datetime.combine(day, span.start), span.close(day))
                )
                opens.append(start)
                closes.append(end if end > start else time.max)  # past midnight for the parent
        return Office(min(opens), max(closes)) if opens else Office()

    async def openings(
        self,
        zone: ZoneInfo,
        constraint: TimeConstraint | None = None,
        limit: int = 3,
        *,
        conversation: str | None = None,
        moving: Call | None = None,
        later_than: datetime | None = None,
        address: str | None = None,
    ) -> tuple[Opening, ...]:
        """Return the next free openings, those that the constraint admits on the parent's clock.

        Args:
            zone: The parent's zone.
            constraint: What was asked for; None for any time.
            limit: How many at most.
            conversation: Who asks: an opening that it holds itself still counts as free.
            moving: A call that shall move: it is not in its own way, and its time is no choice.
            later_than: Only what begins after this instant.
            address: Network address of who asks: where some need no code to be kept, only these.

        Raises:
            CalendarUnreachable: No advocate's calendar can be seen.
            DatabaseUnreachable: The database does not answer.
        """
        found = await self._free(conversation, moving)
        later = (one for one in found if later_than is None or one.start > later_than)
        fitting = [one for one in later if constraint is None or constraint.admits(one, zone)]
        if address and fitting:
            easy = functools.partial(self._holds.without_proof, fitting, conversation or "", address)
            return tuple(await asyncio.to_thread(easy, self.clock(), limit) or fitting[:limit])
        return tuple(fitting[:limit])

    async def nearest_openings(
        self, zone: ZoneInfo, constraint: TimeConstraint, limit: int = 3, *, moving: Call | None = None
    ) -> tuple[Opening, ...]:
        """Return the openings nearest to what was asked for, when nothing fits it; in order of time."""
        today = self.clock().astimezone(zone).date()
        zone, constraint = constraint.zone or zone, constraint.either[0] if constraint.either else constraint
        day = constraint.days[0].first if constraint.days else today
        wanted = (
            constraint.exact[0] if constraint.exact else constraint.earliest or constraint.latest or time(12)
        )
        around = datetime.combine(day, wanted, zone)
        found = await self._free(moving=moving)
        return tuple(sorted(sorted(found, key=lambda one: abs(one.start - around))[:limit]))

    async def _free(self, conversation: str | None = None, moving: Call | None = None) -> list[Opening]:
        found = merged(*await self._free_by_advocate(conversation, moving))
        return [one for one in found if moving is None or one.start != moving.start]

    async def _free_by_advocate(
        self, conversation: str | None = None, call: Call | None = None
    ) -> tuple[list[list[Opening]], dict[str, int]]:
        now = self.clock()
        advocates = self.consultation.advocates
        period = Period(now - timedelta(days=1), now + self.consultation.horizon + timedelta(days=1))
        live = await asyncio.to_thread(
            self._holds.live,
            [one.id for one in advocates],
            period,
            now,
            ignore_holds_of=conversation or (call.conversation if call else ""),
            ignore=call.id if call else "",
        )
        seen = await asyncio.gather(
            *(self._busy[one.id].between(period, now) for one in advocates), return_exceptions=True
        )
        moved = await self._moved_by_hand(now)
        found: list[list[Opening]] = []
        unseen: CalendarUnreachable | None = None
        for advocate, busy in zip(advocates, seen, strict=True):
            if isinstance(busy, CalendarUnreachable):
                unseen = busy
            elif isinstance(busy, BaseException):
                raise busy
            else:
                calls = live[advocate.id]
                busy = (*busy, *moved.get(advocate.id, ()))
                found.append(free_openings(self.consultation, advocate, now, calls=calls, busy=busy))
        if unseen and not found:
            raise unseen
        return found, {advocate: len(calls) for advocate, calls in live.items()}

    async def _moved_by_hand(self, now: datetime) -> dict[str, list[Period]]:
        """Return for each advocate the times to which she moved calls in her own calendar."""
        if not any(one.own for one in self._busy.values()):
            return {}
        calls = {
            uid_of(c.id): (c.period, c.sequence) for c in await asyncio.to_thread(self._store.upcoming, now)
        }
        return {advocate: busy.moved(calls) for advocate, busy in self._busy.items()}

    def _named(self, opening: Opening | str) -> Opening | None:
        return opening_named(opening, self.consultation.length) if isinstance(opening, str) else opening

    async def _free_at(
        self, wanted: Opening, *, conversation: str | None = None, call: Call | None = None
    ) -> list[Opening]:
        """Return the opening, if it is one, and the same time with other advocates.

        What the asker holds already, or the call that is to move, is not in its own way.
        """
        by_advocate, load = await self._free_by_advocate(conversation, call)
        same = [one for of_one in by_advocate for one in of_one if one.start == wanted.start]
        return sorted(same, key=lambda one: (one.advocate != wanted.advocate, load.get(one.advocate, 0)))

    async def _taken(self) -> Taken:
        try:
            return Taken(tuple((await self._free())[:3]))
        except CalendarUnreachable:
            return Taken()
