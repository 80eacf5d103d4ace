"""Buttons below the free times, for whom none of them suits: evenings, other days, another time zone, not now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from assistant.booking import Opening, opening_named
from assistant.booking.desk.shared import consultation
from assistant.booking.openings import grid
from assistant.talk.reply import Button
from assistant.talk.turn import Turn

EVENING = time(17)
EVENINGS, DAYS, ZONE = "evenings", "days", "zone"
"""What the buttons carry."""
ASK_ZONE = "ask_zone"
"""What the slot `asked_step` holds when another zone is wanted."""


def ways_on(
    now: datetime, zone: ZoneInfo, wish: str, titles: Mapping[str, str], *, moves: bool
) -> list[Button]:
    """Return the buttons.

    Args:
        now: Decides how far ahead calls can be booked.
        zone: The parent's. Where no call is ever in their evening, none is offered.
        wish: What they said of a time so far.
        titles: Of the buttons, by name.
        moves: Whether a booked call moves: its zone stays, and "keep it" is another step's word.
    """
    ways = [(EVENINGS, "evenings")] if EVENINGS not in wish and _has_evenings(now, zone) else []
    ways.append((DAYS, "other_days"))
    if not moves:
        ways.append((ZONE, "other_zone"))
    buttons = [Button(titles[name], f'/inform{{"confirm": "{way}"}}') for way, name in ways]
    return buttons if moves else [*buttons, Button(titles["not_now"], "/stop")]


def _has_evenings(now: datetime, zone: ZoneInfo) -> bool:
    about = consultation()
    return any(
        one.start.astimezone(zone).time() >= EVENING
        for advocate in about.advocates
        for one in grid(about, advocate, now)
    )


def way_chosen(turn: Turn, offered: Sequence[str], zone: ZoneInfo, step: str) -> dict[str, Any]:
    """Return the slots that a button fills; none where another one was pressed.

    Args:
        turn: The press.
        offered: Ids of the openings that were shown.
        zone: The parent's.
        step: The form's step, which is asked again.
    """
    way = next(iter(turn.values("confirm")), "")
    last = opening_named(offered[-1], consultation().length) if offered else None
    if way == EVENINGS:
        return {"wish": EVENINGS, "later_than": None, "asked_step": None, step: None}
    if way == DAYS and last:
        return {"later_than": _end_of_day(last, zone), step: None}
    if way == ZONE:
        return {"asked_step": ASK_ZONE, step: None}
    return {}


def _end_of_day(last: Opening, zone: ZoneInfo) -> str:
    """Return the id of a time behind all others of that day: what comes after it is another day's."""
    day = last.start.astimezone(zone).date()
    end = datetime.combine(day, time(23, 59), zone).astimezone(UTC)
    return Opening(end, end, last.advocate).id
