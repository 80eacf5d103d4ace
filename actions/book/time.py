"""The time of the call: one of those shown, another wish, or the next ones; and keeping it."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker

from actions.book import prove as proof
from actions.book.offer import (
    picked,
    says_yes,
    why_gone,
    wish_of,
    zone_of,
)
from actions.speaking import asker_of
from assistant.booking import (
    CalendarUnreachable,
    DatabaseUnreachable,
    Given,
    Refused,
    Taken,
    Why,
    opening_named,
    spoken,
    zone_named,
)
from assistant.booking.desk.shared import consultation, shared_desk
from assistant.talk.form_words import wants_more
from assistant.talk.turn import Turn

_SOONER = re.compile(
    r"^(?:how about |what about |anything |something |got anything |any |can (?:we|you|i) (?:do|go) |no[, ]+)?(?:earlier|sooner)[ ?.!]*$",
    re.IGNORECASE,
)
MOST_WISHES = 6


async def time_slots_of(step: str, turn: Turn, tracker: Tracker, given: Given) -> dict[str, Any]:
    """Return the slots that a time fills: one of those shown is held, another wish is looked for."""
    offered = tracker.get_slot("offered") or []
    if step == "opening" and (opening := picked(turn, offered)) is not None:
        return await hold(opening, tracker)
    if given.wish:
        if (opening := await _one_of(offered, given.wish, tracker)) is not None:
            return await hold(opening, tracker)
        return await _wished(given.wish, turn, tracker)
    if step == "opening" and _SOONER.search(turn.text):
        return {"wish": None, "later_than": None, "opening": None, "asked_step": None}
    if step == "opening" and wants_more(turn):
        return {"later_than": last_offered(tracker), "opening": None}
    if (zone := zone_named(turn.text)) is not None:
        return {"zone": zone.key, "opening": None}
    return {}


async def _wished(wish: str, turn: Turn, tracker: Tracker) -> dict[str, Any]:
    """Look for another time, unless the one that is held is just what was said ("yes, tuesday at 3")."""
    desk, zone = await shared_desk(), zone_of(tracker)
    constraint = desk.understand(wish, zone)
    held = opening_named(str(tracker.get_slot("held_opening") or ""), consultation().length)
    same = held and constraint and constraint.exact and constraint.admits(held, zone)
    if tracker.get_slot("opening") and same:
        return {"booking_confirmed": True if says_yes(turn) else None}
    asked = tracker.get_slot("asked_step")
    return await wish_slots(wish, tracker) | {"asked_step": asked if asked == "zone" else None}


async def _one_of(offered: list[str], wish: str, tracker: Tracker) -> str | None:
    """Return the one of the times shown that was said ("12:30"), if it is plain which."""
    zone = zone_of(tracker)
    said = (await shared_desk()).understand(wish, zone)
    if said is None or not said.exact:
        return None
    openings = [opening_named(one, consultation().length) for one in offered]
    meant = [one.id for one in openings if one is not None and said.admits(one, zone)]
    return meant[0] if len(meant) == 1 else None


async def hold(opening: str, tracker: Tracker) -> dict[str, Any]:
    """Keep an opening, named by its id; return the slots, also those that say why it could not be kept."""
    try:
        held = await (await shared_desk()).hold(opening, tracker.sender_id, address=asker_of(tracker))
    except (CalendarUnreachable, DatabaseUnreachable):
        return {"opening": None, "asked_step": "not_kept"}
    if isinstance(held, Refused) and held.why is Why.UNPROVEN:
        return await proof.begin(opening, tracker)
    if isinstance(held, Refused):
        return {"opening": None, "asked_step": "too_many_tries"}
    if isinstance(held, Taken):
        return await other_time(tracker) | {"asked_step": await why_gone(opening)}
    when = spoken(held.opening.start, zone_of(tracker))
    return {
        "opening": held.id,
        "held_opening": held.opening.id,
        "held_for": when,
        "booking_confirmed": None,
    }


async def taken_back(step: str, tracker: Tracker) -> dict[str, Any]:
    """Return the slots with which a step is asked again."""
    slots = {step: None, "booking_confirmed": None, "asked_step": None}
    return slots | (await other_time(tracker) if step == "opening" else {})


async def other_time(tracker: Tracker) -> dict[str, Any]:
    """Return the slots that let go of a time; days and hours that suit are kept, a certain minute is not."""
    wish = await wish_of(tracker)
    return {"opening": None} | ({"wish": None} if wish is None or wish.exact or wish.either else {})


async def wish_slots(wish: str, tracker: Tracker) -> dict[str, Any]:
    """Return the slots of a wish for a time that refines what was wished before."""
    desk, zone = await shared_desk(), zone_of(tracker)
    said = [" ".join(line.split()) for line in wish.splitlines()]
    lines = [*str(tracker.get_slot("wish") or "").splitlines(), *said][-MOST_WISHES:]
    constraint = desk.understand("\n".join(lines), zone)
    if constraint is None:
        lines = said
    slots: dict[str, Any] = {"wish": "\n".join(lines), "opening": None}
    return slots | ({"zone": constraint.zone.key} if constraint and constraint.zone else {})


def last_offered(tracker: Tracker) -> str | None:
    """Return the last of the openings that were shown."""
    offered: list[str] = tracker.get_slot("offered") or []
    return offered[-1] if offered else None
