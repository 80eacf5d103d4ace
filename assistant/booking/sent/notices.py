"""Who is told what, and when, after a call was booked, moved or canceled."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from assistant import metrics
from assistant.booking.calls.call import Call
from assistant.booking.consultation import Consultation
from assistant.booking.sent.outbox import ANNOUNCEMENT, drop_waiting, queue

REMINDERS = (timedelta(hours=24), timedelta(hours=1))


class Notices:
    """Queues the notices of a change within the transaction that makes it."""

    def __init__(self, consultation: Consultation, *, announce: bool = False) -> None:
        """Keep what decides who is told.

        Args:
            consultation: The advocates and whether they have a calendar to write to.
            announce: Whether someone (Slack) wants to hear of every change.
        """
        self._consultation = consultation
        self._announce = announce

    def queue(
        self, connection: Any, what: str, call: Call, now: datetime, *, advocate_before: str | None = None
    ) -> None:
        """Queue all notices of one change.

        Args:
            connection: The transaction.
            what: ``booked``, ``moved`` or ``cancelled``.
            call: The call as it now is.
            now: The current instant.
            advocate_before: Who had the call before it was moved.
        """
        metrics.CALLS.labels(what).inc()
        drop_waiting(connection, self._streams(call, {call.advocate, advocate_before or call.advocate}))
        if call.email:
            self._mail(connection, what, "parent", call, now)
            if what != "cancelled":
                self._reminders(connection, call, now)
        new_advocate = advocate_before not in (None, call.advocate)
        self._mail(connection, "booked" if new_advocate else what, call.advocate, call, now)
        self._calendar(connection, call.advocate, call, now)
        if new_advocate and advocate_before:
            self._mail(connection, "cancelled", advocate_before, call, now)
            self._calendar(connection, advocate_before, call, now)
        if self._announce:
            self._row(connection, ANNOUNCEMENT, {"what": what}, call, now)

    def _streams(self, call: Call, advocates: Iterable[str]) -> list[str]:
        to = [f"{call.id}:mail:{one}" for one in ("parent", *advocates)]
        calendars = [f"{call.id}:calendar:{one}" for one in advocates]
        return [*to, *calendars, *(f"{call.id}:reminder:{_hours(before)}" for before in REMINDERS)]

    def _mail(self, connection: Any, what: str, to: str, call: Call, now: datetime) -> None:
        self._row(connection, "mail", {"mail": what, "to": to}, call, now, name=f"mail:{to}")

    def _calendar(self, connection: Any, advocate_id: str, call: Call, now: datetime) -> None:
        advocate = self._consultation.advocate(advocate_id)
        if advocate and advocate.caldav_url:
            payload = {"advocate": advocate_id}
            self._row(connection, "calendar", payload, call, now, name=f"calendar:{advocate_id}")

    def _reminders(self, connection: Any, call: Call, now: datetime) -> None:
        for before, following in zip(REMINDERS, (*REMINDERS[1:], timedelta(0)), strict=True):
            if call.start - before > now:
                self._row(
                    connection,
                    "mail",
                    {"mail": "reminder", "to": "parent"},
                    call,
                    now,
                    name=f"reminder:{_hours(before)}",
                    due_at=call.start - before,
                    stale_at=call.start - following,
                )

    def _row(
        self,
        connection: Any,
        kind: str,
        payload: dict[str, Any],
        call: Call,
        now: datetime,
        *,
        name: str | None = None,
        due_at: datetime | None = None,
        stale_at: datetime | None = None,
    ) -> None:
        name = name or kind
        queue(
            connection,
            kind=kind,
            once=f"{call.id}:{name}:{call.sequence}",
            stream=f"{call.id}:{name}",
            payload={"call": call.id, "sequence": call.sequence, **payload},
            now=now,
            due_at=due_at,
            stale_at=stale_at,
        )


def _hours(before: timedelta) -> int:
    return int(before.total_seconds() // 3600)
