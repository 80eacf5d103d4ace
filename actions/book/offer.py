"""Showing free times and taking the one that a parent picks: for a new call and for one that moves."""

from __future__ import annotations

import functools
import re
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.book.ways import ways_on
from actions.form_base import count_asking, prompt, say, times_asked
from actions.speaking import asker_of, speak
from actions.tongue import buttons, call_hours, call_when, errors, said, speaks_spanish, wish_words, zone_name
from assistant.booking import (
    Booking,
    CalendarUnreachable,
    Call,
    Contact,
    DatabaseUnreachable,
    Opening,
    TimeConstraint,
    address_words,
    opening_named,
)
from assistant.booking.consultation import Consultation
from assistant.booking.desk.miss import Miss
from assistant.booking.desk.shared import consultation, shared_desk, whom_to_write
from assistant.booking.said import calendar_away, no_openings
from assistant.booking.times.constraint import Days
from assistant.booking.times.said_in_spanish import spanish_button, spanish_date
from assistant.booking.zones import spoken_date
from assistant.talk.reply import Button, Reply
from assistant.talk.turn import Turn

SHOWN = 3
_MOST_PICKING_WORDS = 6
_ORDINALS = (
    ("first", "1st", "earliest", "top", "primera", "primero", "primer"),
    ("second", "2nd", "middle", "segunda", "segundo"),
    ("third", "3rd", "tercera", "tercero"),
)
_LAST = ("last", "latest", "bottom", "ultima", "última", "ultimo", "último")
_NUMBERED = re.compile(r"^(?:the )?(?:option|number|choice|#|no\.?) ?(1|2|3|one|two|three)\b", re.IGNORECASE)
_NUMBERS = {"1": 0, "2": 1, "3": 2, "one": 0, "two": 1, "three": 2}
_YES = re.compile(
    r"^(?:(?:thank you|thanks)(?: so much| very much| a lot)?[,.! ]+)?(?:yes|yep|yeah|yup|ya|sure|ok|okay|k|correct|right|perfect|good|sounds good|looks good|please do|do it|book it|confirm(?:ed)?"
    r"|go ahead|that works|works|great|fine|absolutely|definitely|si|sí|claro|de acuerdo|est[aá] bien|perfecto|correcto|dale|por supuesto)\b",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"^(?:any|whichever|whatever|either|you (?:pick|choose|decide)|surprise me|(?:it )?does(?:n'?t| not) matter|i don'?t (?:care|mind))\b(?!.*\b(?:time|day|other|else)\b)",
    re.IGNORECASE,
)
_IS_A_TIME = re.compile(r"\d\s*(?:am|pm|:)|\b(?:of|at|after|before)\b", re.IGNORECASE)
GONE = {Miss.SOON: "gone_soon", Miss.CLOSED: "gone_closed"}
"""How a time that can no longer be had is told, where nobody else took it; the slot `asked_step` holds it."""
WAS_TAKEN = frozenset({"taken", *GONE.values()})
_TOLD = frozenset({*WAS_TAKEN, "not_kept", "too_many_tries"})
"""What `asked_step` holds where the times follow on a word of that name, and not on the wish or the form's question."""
COMMON_ZONES = (
    ("Eastern", "America/New_York"),
    ("Central", "America/Chicago"),
    ("Mountain", "America/Denver"),
    ("Pacific", "America/Los_Angeles"),
)


def says_yes(turn: Turn) -> bool:
    """Whether the turn agrees."""
    return turn.intent == "affirm" or bool(_YES.search(turn.text))


def known_zone(tracker: Tracker) -> ZoneInfo | None:
    """Return the parent's time zone if they or their browser named it."""
    named = tracker.get_slot("zone") or (tracker.latest_message.get("metadata") or {}).get("timezone")
    return ZoneInfo(named) if named else None


def zone_of(tracker: Tracker) -> ZoneInfo:
    """Return the parent's time zone, or the office's while theirs is not known."""
    return known_zone(tracker) or ZoneInfo(consultation().advocates[0].zone.key)


async def wish_of(tracker: Tracker) -> TimeConstraint | None:
    """Return when the parent would like the call, as far as they said."""
    words = tracker.get_slot("wish")
    return (await shared_desk()).understand(words, zone_of(tracker)) if words else None


def opening_buttons(openings: tuple[Opening, ...], zone: ZoneInfo, *, spanish: bool = False) -> list[Button]:
    """Return one button an opening: "Tue, Dec 1, 3:00 PM", or "mar 1 dic, 3:00 PM"."""
    titled = []
    for one in openings:
        local = one.start.astimezone(zone)
        title = f"{local:%a, %b} {local.day}, {local.hour % 12 or 12}:{local:%M %p}"
        if spanish:
            title = spanish_button(one.start, zone)
        titled.append(Button(title, f'/inform{{"opening": "{one.id}"}}'))
    return titled


def picked(turn: Turn, offered: list[str]) -> str | None:
    """Return the opening that the turn picks out of those shown: by button, or as "the second one"."""
    if chosen := turn.values("opening"):
        return chosen[0]
    words = re.findall(r"[^\W_]+", turn.text.lower())
    if not words or len(words) > _MOST_PICKING_WORDS or _IS_A_TIME.search(turn.text):
        return None
    numbered = _NUMBERED.search(turn.text.strip())
    places = [_NUMBERS[numbered[1].lower()]] if numbered else []
    places += [place for place, names in enumerate(_ORDINALS) if any(name in words for name in names)]
    places += [len(offered) - 1] * any(name in words for name in _LAST)
    if places and places[0] < len(offered):
        return offered[places[0]]
    if offered and ((len(offered) == 1 and says_yes(turn)) or _ANY.search(turn.text)):
        return offered[0]
    return None


def contact_of(tracker: Tracker) -> Contact:
    """Return name and address as the slots hold them."""
    address = tracker.get_slot("contact_address") or ""
    is_email = "@" in address
    return Contact(
        name=tracker.get_slot("contact_name"),
        email=address if is_email else None,
        phone=tracker.get_slot("contact_phone") if is_email else address or None,
    )


async def offer(
    dispatcher: CollectingDispatcher, tracker: Tracker, step: str, moving: Call | None = None
) -> list[EventType]:
    """Show the next openings that fit what the parent wished; return the events that keep them.

    Args:
        dispatcher: Says it.
        tracker: The talk.
        step: The form's step, which begins the names of its phrases.
        moving: The call that shall take place at another time.
    """
    zone, wish = zone_of(tracker), await wish_of(tracker)
    zone = wish.zone if wish is not None and wish.zone is not None else zone
    try:
        openings, fit = await _found(tracker, zone, wish, moving)
    except (CalendarUnreachable, DatabaseUnreachable):
        speak(dispatcher, [Reply(calendar_away(errors(tracker)), "error")])
        return [SlotSet("offered", []), SlotSet("asked_step", step)]
    if not openings:
        say(dispatcher, no_openings(said(tracker)))
        return [
            SlotSet("offered", []),
            ActiveLoop(None),
            SlotSet("requested_slot", None),
            SlotSet("asked_step", None),
        ]
    desk, known = await shared_desk(), str(tracker.get_slot("wish") or "")
    lead = _filled(_lead(tracker, desk, step, zone, wish, fit=fit), tracker, moving)
    below = ways_on(desk.clock(), zone, known, buttons(tracker), moves=moving is not None)
    say(
        dispatcher,
        f"{lead} {said(tracker)['zone'].format(zone=zone_name(tracker, zone))}",
        [*opening_buttons(openings, zone, spanish=speaks_spanish(tracker)), *below],
        expects="time",
    )
    kept = {"offered": [one.id for one in openings], "zone": zone.key, "later_than": None}
    counted = count_asking(step, times_asked(tracker, step))
    return [*(SlotSet(slot, value) for slot, value in kept.items()), *counted]


async def _found(
    tracker: Tracker, zone: ZoneInfo, wish: TimeConstraint | None, moving: Call | None
) -> tuple[tuple[Opening, ...], bool]:
    """Return what can be shown, and whether it is what was asked for: else it is what comes nearest."""
    desk, shown = await shared_desk(), _shown_last(tracker)
    look = functools.partial(
        desk.openings,
        zone,
        wish,
        SHOWN,
        conversation=tracker.sender_id,
        moving=moving,
        address=asker_of(tracker),
    )
    openings = await look(later_than=shown.start if shown else None)
    fit = bool(openings)
    if shown and not openings:
        openings = await look()
    if wish is not None and not openings:
        openings = await desk.nearest_openings(zone, wish, SHOWN, moving=moving)
    return openings, fit


def _shown_last(tracker: Tracker) -> Opening | None:
    """Return the last time that was shown, where the parent wants later ones."""
    return opening_named(str(tracker.get_slot("later_than") or ""), consultation().length)


def _lead(
    tracker: Tracker, desk: Booking, step: str, zone: ZoneInfo, wish: TimeConstraint | None, *, fit: bool
) -> str:
    """Return the words before the times; they still hold their fields in braces.

    Args:
        tracker: The talk.
        desk: Knows why nothing is what was asked for.
        step: The form's step.
        zone: The parent's.
        wish: When they would like the call.
        fit: Whether the times are what was asked for.
    """
    before = str(tracker.get_slot("asked_step") or "")
    if _shown_last(tracker):
        return said(tracker)["more" if fit else "no_more"]
    if wish is not None and before not in (step, *_TOLD):
        kind = "any_time" if wish.any_time else "match" if fit else "no_match"
        why = "" if fit else _why_none(tracker, desk, zone, wish)
        return said(tracker)[kind].format(wish=wish_words(tracker, wish), why=why)
    if before in (*_TOLD, "resumed"):
        return said(tracker)[before]
    return prompt(tracker, step)[0]


def _filled(lead: str, tracker: Tracker, moving: Call | None) -> str:
    """Return the words before the times with what they may name filled in."""
    fields = {
        "contact": whom_to_write(),
        "when": call_when(tracker, moving) if moving else "",
        "notice": _notice_hours(consultation()),
        "hours": call_hours(tracker, consultation()),
        "name": tracker.get_slot("contact_name") or "",
        "address": address_words(contact_of(tracker)),
    }
    return lead.format(**fields)


async def why_gone(opening_id: str) -> str:
    """Return how it is told that an opening can no longer be had, as the slot `asked_step` holds it."""
    desk, about = await shared_desk(), consultation()
    opening = opening_named(opening_id, about.length)
    if opening is None:
        return "taken"
    zone = about.advocates[0].zone
    local = opening.start.astimezone(zone)
    only_then = TimeConstraint(days=(Days(local.date(), local.date()),), exact=(local.time(),))
    return GONE.get(desk.why_none(zone, only_then), "taken")


def _notice_hours(about: Consultation) -> int:
    return int(about.notice.total_seconds() // 3600)


def _why_none(tracker: Tracker, desk: Booking, zone: ZoneInfo, wish: TimeConstraint) -> str:
    """Say what of a wish could not be met, and why."""
    about = consultation()
    miss = desk.why_none(zone, wish)
    today = desk.clock().astimezone(zone).date()
    last = (desk.clock() + about.horizon).astimezone(zone).date()
    return said(tracker)[f"none_{miss.name.lower()}"].format(
        hours=call_hours(tracker, about),
        notice=_notice_hours(about),
        last=(spanish_date if speaks_spanish(tracker) else spoken_date)(last, today),
        every=int(about.every.total_seconds() // 60),
    )


def ask_zone(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Ask once for the time zone, where no browser tells it (Slack)."""
    zones = [Button(name, f'/inform{{"zone": "{key}"}}') for name, key in COMMON_ZONES]
    say(dispatcher, said(tracker)["ask_zone"], zones, expects="zone")
    return [SlotSet("asked_step", "zone")]
