"""Showing free times and taking the one that a parent picks: for a new call and for one that moves."""

from __future__ import annotations

import functools
import re
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.book.ways import ways_on
from actions.form_base import prompt, say
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
    lead, asked = prompt(tracker, step)
    before = str(tracker.get_slot("asked_step") or "")
    if before in (*WAS_TAKEN, "not_kept", "resumed", "too_many_tries"):
        lead = said(tracker)[before]
    desk, zone, wish = await shared_desk(), zone_of(tracker), await wish_of(tracker)
    zone = wish.zone if wish is not None and wish.zone is not None else zone
    shown = opening_named(str(tracker.get_slot("later_than") or ""), consultation().length)
    look = functools.partial(
        desk.openings,
        zone,
        wish,
        SHOWN,
        conversation=tracker.sender_id,
        moving=moving,
        address=asker_of(tracker),
    )
    try:
        openings = await look(later_than=shown.start if shown else None)
        if shown:
            lead = said(tracker)["more" if openings else "no_more"]
            openings = openings or await look()
        elif wish is not None and before not in (step, *WAS_TAKEN, "not_kept", "too_many_tries"):
            kind = "any_time" if wish.any_time else "match" if openings else "no_match"
            why = "" if openings else _why_none(tracker, desk, zone, wish)
            lead = said(tracker)[kind].format(wish=wish_words(tracker, wish), why=why)
        if wish is not None and not openings:
            openings = await desk.nearest_openings(zone, wish, SHOWN, moving=moving)
    except (CalendarUnreachable, DatabaseUnreachable):
        speak(dispatcher, [Reply(errors(tracker)["calendar"].format(contact=whom_to_write()), "error")])
        return [SlotSet("offered", []), SlotSet("asked_step", step)]
    if not openings:
        over: list[EventType] = [
            ActiveLoop(None),
            SlotSet("requested_slot", None),
            SlotSet("asked_step", None),
        ]
        say(dispatcher, said(tracker)["no_openings"].format(contact=whom_to_write()))
        return [SlotSet("offered", []), *over]
    fields = {
        "contact": whom_to_write(),
        "when": call_when(tracker, moving) if moving else "",
        "notice": _notice_hours(consultation()),
        "hours": call_hours(tracker, consultation()),
        "name": tracker.get_slot("contact_name") or "",
        "address": address_words(contact_of(tracker)),
    }
    text = f"{lead.format(**fields)} {said(tracker)['zone'].format(zone=zone_name(tracker, zone))}"
    below = ways_on(
        desk.clock(), zone, str(tracker.get_slot("wish") or ""), buttons(tracker), moves=moving is not None
    )
    say(
        dispatcher,
        text,
        [*opening_buttons(openings, zone, spanish=speaks_spanish(tracker)), *below],
        expects="time",
    )
    kept = {"offered": [one.id for one in openings], "zone": zone.key, "later_than": None}
    return [*(SlotSet(slot, value) for slot, value in kept.items()), *asked]


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
    last = (desk.clock() + about.horizon).astimezone(zone).date()
    return said(tracker)[f"none_{miss.name.lower()}"].format(
        hours=call_hours(tracker, about),
        notice=_notice_hours(about),
        last=spanish_date(last) if speaks_spanish(tracker) else spoken_date(last),
        every=int(about.every.total_seconds() // 60),
    )


def ask_zone(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Ask once for the time zone, where no browser tells it (Slack)."""
    zones = [Button(name, f'/inform{{"zone": "{key}"}}') for name, key in COMMON_ZONES]
    say(dispatcher, said(tracker)["ask_zone"], zones, expects="zone")
    return [SlotSet("asked_step", "zone")]
