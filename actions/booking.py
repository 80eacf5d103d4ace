"""The consultation: the form that books a call, and the one that moves or cancels it."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.form_base import RepairingForm, asks_something
from actions.speaking import speak, turn_of
from assistant.booking import (
    Booked,
    CalendarUnreachable,
    Contact,
    DatabaseUnreachable,
    Opening,
    Refused,
    Taken,
    phone_words,
    read_contact,
    spoken,
    zone_named,
    zone_words,
)
from assistant.booking.shared import consultation, shared_desk, whom_to_write
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.turn import Turn

SAY = PHRASES.booking
NOT_NEEDED = "-"
"""Fills a slot that this course of a form doesn't ask for."""
SHOWN = 3
MOST_REASON = 300
_ORDINALS = (("first", "1st", "1", "one", "earliest"), ("second", "2nd", "2", "two", "middle"), ("third", "3rd", "3", "three", "last", "latest"))  # fmt: skip
_YES = re.compile(r"^(?:yes|yep|yeah|yup|ya|sure|ok|okay|k|correct|right|perfect|good|sounds good|looks good|please do|do it|book it|confirm(?:ed)?|go ahead|that works|works|great|fine|si|sí)\b", re.IGNORECASE)  # fmt: skip
_NO = re.compile(
    r"^(?:no|nope|nah|not (?:that|this|yet|right)|wrong|don'?t|different|another|other)\b", re.IGNORECASE
)
_ADDRESS_CORRECTION = re.compile(r"\b(?:wrong|different|change|other|new|correct)\b.*\b(?:e-?mail|phone|number|address)\b", re.IGNORECASE)  # fmt: skip
_NAME_CORRECTION = re.compile(r"\b(?:wrong|different|change) (?:the |my )?name\b", re.IGNORECASE)


def zone_of(tracker: Tracker) -> ZoneInfo:
    """Return the parent's time zone: what they said, else the browser's, else the office's."""
    named = tracker.get_slot("zone") or (tracker.latest_message.get("metadata") or {}).get("timezone")
    return ZoneInfo(named) if named else ZoneInfo(consultation().advocates[0].zone.key)


def contact_of(tracker: Tracker) -> Contact:
    """Return name and address as the slots hold them."""
    address = tracker.get_slot("contact_address") or ""
    is_email = "@" in address
    return Contact(
        name=tracker.get_slot("contact_name"),
        email=address if is_email else None,
        phone=address if address and not is_email else None,
    )


def address_words(address: str) -> str:
    """Return an e-mail as it is, a phone number as people write it."""
    return address if "@" in address else phone_words(address)


def opening_buttons(openings: tuple[Opening, ...], zone: ZoneInfo) -> list[Button]:
    """Return one button an opening."""
    return [
        Button(f"{o.start.astimezone(zone):%a, %b} {o.start.astimezone(zone).day}, {o.start.astimezone(zone):%I:%M %p}".replace(", 0", ", "), f'/inform{{"opening": "{o.id}"}}')
        for o in openings
    ]  # fmt: skip


def picked(turn: Turn, offered: list[str]) -> str | None:
    """Return the opening that the turn picks out of those shown: by button, or as "the second one"."""
    if chosen := turn.values("opening"):
        return chosen[0]
    words = re.findall(r"[a-z0-9]+", turn.text.lower())
    if (
        not words
        or len(words) > 6
        or re.search(r"\d\s*(?:am|pm|:)|\b(?:of|at|after|before)\b", turn.text.lower())
    ):
        return None
    for place, names in enumerate(_ORDINALS):
        if place < len(offered) and any(name in words for name in names):
            return offered[place]
    if len(offered) == 1 and _YES.search(turn.text):
        return offered[0]
    return None


def say(
    dispatcher: CollectingDispatcher, text: str, buttons: list[Button] | None = None, **card: Any
) -> None:
    """Say one sentence of the booking."""
    speak(dispatcher, [Reply(text, "booking", buttons or [], card=card)])


async def offer(dispatcher: CollectingDispatcher, tracker: Tracker, lead: str) -> list[EventType]:
    """Show the next openings that fit what the parent wished; return the events that keep them."""
    desk, zone = await shared_desk(), zone_of(tracker)
    wish = desk.understand(tracker.get_slot("wish") or "", zone) if tracker.get_slot("wish") else None
    if wish is not None and wish.zone is not None:
        zone = wish.zone
    try:
        openings = await desk.openings(zone, wish, SHOWN, conversation=tracker.sender_id)
        if wish is not None and openings and not wish.any_time:
            lead = SAY["match"].format(wish=wish.words())
        if wish is not None and not openings:
            openings = await desk.nearest_openings(zone, wish, SHOWN)
            lead = SAY["no_match"].format(wish=wish.words())
    except (CalendarUnreachable, DatabaseUnreachable):
        speak(dispatcher, [Reply(PHRASES.errors["calendar"].format(contact=whom_to_write()), "error")])
        return [SlotSet("offered", [])]
    if not openings:
        say(dispatcher, SAY["no_openings"].format(contact=whom_to_write()))
        return [SlotSet("offered", []), ActiveLoop(None), SlotSet("requested_slot", None)]
    say(dispatcher, f"{lead} {SAY['zone'].format(zone=zone_words(zone))}", opening_buttons(openings, zone))
    return [SlotSet("offered", [o.id for o in openings]), SlotSet("zone", zone.key)]


def interrupted(tracker: Tracker) -> bool:
    """Whether the form comes back after a question in between."""
    return bool(tracker.active_loop_name) and asks_something(turn_of(tracker))


def asked_before(tracker: Tracker, step: str) -> bool:
    """Whether the step was asked in the turn before, so that the words have to change."""
    return tracker.get_slot("asked_step") == step


def back(tracker: Tracker) -> str:
    """Return the line of context for a form that goes on, or nothing."""
    return f"{SAY['back']} " if interrupted(tracker) else ""


class ValidateBookingForm(RepairingForm):
    """Take name, address, opening and the yes, in any order in which a parent gives them."""

    form = "booking_form"
    steps = ("contact_name", "contact_address", "opening", "booking_confirmed")

    async def started(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        slots: dict[str, Any] = {"asked_step": None, "booking_confirmed": None}
        if not turn.chosen:
            found = read_contact(turn.text, asked_name=False).contact
            slots |= {"contact_address": found.email or found.phone} if found.email or found.phone else {}
            if (await shared_desk()).understand(turn.text, zone_of(tracker)) is not None:
                slots["wish"] = turn.text
        return slots

    async def read(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        if step == "opening" or (step == "booking_confirmed" and turn.values("opening")):
            filled = await self._read_opening(turn, tracker, dispatcher)
            if filled:
                return filled
        if not turn.chosen and (filled := self._read_contact(step, turn, dispatcher)):
            return filled
        if step == "booking_confirmed":
            return await self._read_confirmation(turn, tracker)
        return {}

    def _read_contact(self, step: str, turn: Turn, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        asked_name = step == "contact_name" and not asks_something(turn)
        found = read_contact(turn.text, asked_name=asked_name)
        filled: dict[str, Any] = {}
        if found.contact.name and asked_name:
            filled["contact_name"] = found.contact.name
        if address := found.contact.email or found.contact.phone:
            filled["contact_address"] = address
        elif found.bad_email:
            say(dispatcher, SAY["bad_email"])
            filled["contact_address"] = None
        elif step == "contact_address" and re.search(r"\d{3}", turn.text) and not asks_something(turn):
            say(dispatcher, SAY["bad_phone"])
            filled["contact_address"] = None
        elif _ADDRESS_CORRECTION.search(turn.text) and not asks_something(turn):
            filled["contact_address"] = None
        elif _NAME_CORRECTION.search(turn.text):
            filled["contact_name"] = None
        if filled and step == "booking_confirmed":
            filled["booking_confirmed"] = None
        return filled

    async def _read_opening(
        self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        opening = picked(turn, tracker.get_slot("offered") or [])
        if opening is not None:
            return await self._hold(opening, tracker, dispatcher)
        if turn.chosen or (asks_something(turn) and (turn.intent.startswith("ask_") or "?" in turn.text)):
            return {}
        desk, zone = await shared_desk(), zone_named(turn.text)
        if zone is not None and desk.understand(turn.text, zone) is None:
            return {"zone": zone.key, "opening": None}
        if desk.understand(turn.text, zone_of(tracker)) is not None:
            return {"wish": turn.text, "opening": None, "asked_step": None}
        return {}

    async def _hold(self, opening: str, tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        try:
            held = await (await shared_desk()).hold(opening, tracker.sender_id)
        except (CalendarUnreachable, DatabaseUnreachable):
            speak(dispatcher, [Reply(PHRASES.errors["calendar"].format(contact=whom_to_write()), "error")])
            return {"opening": None}
        if isinstance(held, (Taken, Refused)):
            return {"opening": None, "wish": None, "asked_step": "taken"}
        zone = zone_of(tracker)
        return {"opening": held.id, "held_for": spoken(held.opening.start, zone), "booking_confirmed": None}

    async def _read_confirmation(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        if turn.values("confirm"):
            return (
                {"booking_confirmed": True}
                if turn.values("confirm")[0] == "yes"
                else {"opening": None, "wish": None}
            )
        if asks_something(turn):
            return {}
        if (await shared_desk()).understand(turn.text, zone_of(tracker)) is not None and not _YES.search(
            turn.text
        ):
            return {"opening": None, "wish": turn.text, "asked_step": None}
        if turn.intent == "deny" or _NO.search(turn.text):
            return {"opening": None, "wish": None, "asked_step": None}
        if turn.intent == "affirm" or _YES.search(turn.text):
            return {"booking_confirmed": True}
        if len(turn.text.split()) >= 2 and turn.intent != "ask_repeat":
            return {"reason": turn.text[:MOST_REASON], "booking_confirmed": None, "asked_step": None}
        return {}

    def not_understood(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        if step == "opening":
            say(dispatcher, SAY["words_not_understood"])


class ActionAskContactName(Action):
    """Ask who calls."""

    def name(self) -> str:
        return "action_ask_booking_form_contact_name"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        again = asked_before(tracker, "contact_name")
        first = (
            "" if again or (interrupted(tracker) and tracker.get_slot("asked_step")) else f"{SAY['start']} "
        )
        say(
            dispatcher,
            back(tracker) * again + first + SAY["ask_contact_name_again" if again else "ask_contact_name"],
        )
        return [SlotSet("asked_step", "contact_name")]


class ActionAskContactAddress(Action):
    """Ask where the invitation goes."""

    def name(self) -> str:
        return "action_ask_booking_form_contact_address"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        again = asked_before(tracker, "contact_address")
        text = SAY["ask_contact_address_again" if again else "ask_contact_address"]
        say(dispatcher, back(tracker) * again + text.format(name=tracker.get_slot("contact_name")))
        return [SlotSet("asked_step", "contact_address")]


class ActionAskOpening(Action):
    """Show free times."""

    def name(self) -> str:
        return "action_ask_booking_form_opening"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        before = tracker.get_slot("asked_step")
        lead = {"taken": SAY["taken"], "opening": SAY["ask_opening_again"]}.get(
            before or "", SAY["ask_opening"]
        )
        shown = await offer(dispatcher, tracker, back(tracker) * (before == "opening") + lead)
        return [*shown, SlotSet("asked_step", "opening")]


class ActionAskBookingConfirmed(Action):
    """Say the whole call back and ask for the yes."""

    def name(self) -> str:
        return "action_ask_booking_form_booking_confirmed"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        when, reason = tracker.get_slot("held_for"), tracker.get_slot("reason")
        buttons = [
            Button("Yes, book it", '/inform{"confirm": "yes"}'),
            Button("Another time", '/inform{"confirm": "no"}'),
        ]
        if asked_before(tracker, "booking_confirmed"):
            say(dispatcher, back(tracker) + SAY["confirm_again"].format(when=when), buttons)
        else:
            text = SAY["confirm"].format(
                when=when,
                name=tracker.get_slot("contact_name"),
                address=address_words(tracker.get_slot("contact_address") or ""),
                reason_line=SAY["reason_line"].format(reason=reason) if reason else "",
            )
            say(dispatcher, text, buttons)
        return [SlotSet("asked_step", "booking_confirmed")]


class ActionBook(Action):
    """Book the held opening; the database has the last word."""

    def name(self) -> str:
        return "action_book"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        held, contact = str(tracker.get_slot("opening")), contact_of(tracker)
        try:
            result = await (await shared_desk()).confirm(
                held, contact, conversation=tracker.sender_id, zone=zone_of(tracker),
                reason=tracker.get_slot("reason") or "", key=f"{tracker.sender_id}:{held}",
            )  # fmt: skip
        except (CalendarUnreachable, DatabaseUnreachable):
            speak(dispatcher, [Reply(PHRASES.errors["calendar"].format(contact=whom_to_write()), "error")])
            return [SlotSet("booking_confirmed", None), SlotSet("pending", "call")]
        cleared = [
            SlotSet(slot, None)
            for slot in ("opening", "booking_confirmed", "wish", "offered", "asked_step", "held_for")
        ]
        if isinstance(result, Booked):
            address = str(tracker.get_slot("contact_address"))
            invitation = SAY["invitation_email" if "@" in address else "invitation_phone"].format(
                address=address_words(address)
            )
            say(
                dispatcher,
                SAY["booked"].format(when=result.call.when, invitation=invitation),
                [Button("Change my call", "/change_booking")],
                kind="booking", when=result.call.when, booking=result.call.id,
            )  # fmt: skip
            return [*cleared, SlotSet("reason", None), SlotSet("pending", None)]
        if isinstance(result, Taken):
            return [*cleared[:-2], SlotSet("asked_step", "taken"), FollowupAction("booking_form")]
        say(
            dispatcher,
            SAY["too_many"].format(contact=whom_to_write()),
            [Button("Change my call", "/change_booking")],
        )
        return [*cleared, SlotSet("pending", None)]
