"""The form that books a call reads every message: name, address, time and a yes, in any order in which a parent gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.book import prove as proof
from actions.book.confirmation import MOST_REASON, confirmation_slots_of
from actions.book.contact import (
    ask_meant,
    contact_slots_of,
    given_contact,
    is_talk,
    own_address,
    unsure_name,
    with_name_said_again,
)
from actions.book.offer import (
    WAS_TAKEN,
    contact_of,
    zone_of,
)
from actions.book.time import hold, last_offered, other_time, taken_back, time_slots_of, wish_slots
from actions.book.ways import way_chosen
from actions.form_base import (
    SMALL_TALK,
    VALUES,
    RepairingForm,
    about_the_call,
    asks_something,
    is_sure,
    say,
    surely_strange,
)
from actions.in_spanish import asks_in_spanish
from actions.speaking import speak
from actions.tongue import said, wish_words
from assistant.booking import (
    DatabaseUnreachable,
    Given,
    read_given,
)
from assistant.booking.desk.shared import consultation, give_back, shared_desk
from assistant.booking.times.words import understand
from assistant.clock import now
from assistant.talk.form_words import about_call, corrected_step
from assistant.talk.reply import Reply
from assistant.talk.turn import Turn

_CANCEL = re.compile(r"\b(?:cancel|delete|drop|call off)\b", re.IGNORECASE)
"""How a parent has something noted for the call: "can you put down that its about dyslexia"."""
_ASKED = re.compile(r"(?:^|(?<=[.!?;\n])\s*)[^.!?;\n]+\?")
_QUESTION_WORDS = 4


class ValidateBookingForm(RepairingForm):
    """Take what a message gives, whichever step was asked; what it takes back is asked again."""

    form = "booking_form"
    steps = ("contact_name", "contact_address", "opening", "booking_confirmed")

    async def started(self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        """Take all that the first message gives: name, addresses, a wish for a time, what the call is about."""
        slots: dict[str, Any] = {
            "booking_confirmed": None,
            "times_asked": 0,
            "after_crisis": False,
            "paused_form": None,
        }
        if tracker.get_slot("asked_step") in WAS_TAKEN:
            return slots
        given = await self._given(turn, tracker, asked_name=False)
        filled = {} if turn.chosen else given_contact(given)
        if given.wish:
            filled |= await wish_slots(given.wish, tracker)
        if given.note:
            filled["reason"] = given.note[:MOST_REASON]
        if given.zone and not filled.get("zone"):
            filled["zone"] = given.zone.key
        if given.found.meant_email and not turn.chosen:
            filled |= ask_meant(given, tracker, dispatcher)
        _say_length(given, tracker, dispatcher)
        speak(dispatcher, _asked_of_the_call(turn, tracker))
        if not turn.chosen:
            _say_unread(given, tracker, dispatcher)
        known = tracker.get_slot("contact_name") and tracker.get_slot("contact_address")
        slots["asked_step"] = "resumed" if known and not filled else None
        return slots | filled

    @property
    def yields_to(self) -> frozenset[str]:
        """A call that is booked is changed by its own form."""
        return frozenset({"change_booking"})

    async def left(self, tracker: Tracker) -> None:
        """Give the held time back to others."""
        await give_back(tracker.sender_id)

    async def read(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take a code, a button, values, a correction, or the yes, in this order."""
        if proof.is_asked(tracker) and (filled := await proof.read(turn, tracker, dispatcher, hold)):
            return filled
        if turn.chosen:
            return await self._read_choice(step, turn, tracker)
        given = await self._given(turn, tracker, asked_name=step == "contact_name" and not is_talk(turn))
        given = with_name_said_again(step, turn, tracker, given)
        filled = await self._values(step, turn, tracker, given, dispatcher)
        if filled and given.note and step != "booking_confirmed":
            filled["reason"] = given.note[:MOST_REASON]
        if filled or step == "opening":
            _say_length(given, tracker, dispatcher)
        if step == "booking_confirmed" and filled:
            filled.setdefault("booking_confirmed", None)  # a yes is a yes to what was said back
        if filled:
            return filled
        complains = turn.intent == "feedback_negative"  # "wrong email" is about the email
        if (wrong := corrected_step(turn.text)) and (complains or not asks_something(turn)):
            if wrong == step == "opening":
                return {"later_than": last_offered(tracker), "opening": None}
            return await taken_back(wrong, tracker)
        if step == "booking_confirmed" and not asks_in_spanish(turn, tracker):
            filled = await confirmation_slots_of(turn, tracker)
        if not filled and turn.intent in ("change_booking", "book_consultation"):
            return await self._about_booking(step, turn, tracker, dispatcher)
        return filled

    async def _given(self, turn: Turn, tracker: Tracker, *, asked_name: bool) -> Given:
        desk, zone = await shared_desk(), zone_of(tracker)
        text = "" if turn.chosen else turn.text
        given = read_given(
            text, lambda words: desk.understand(words, zone) is not None, asked_name=asked_name
        )
        if surely_strange(turn):
            given = replace(given, wish=None)  # "whats the weather tomorrow?" wishes no other time
        return own_address(given, text, contact_of(tracker), asked_name=asked_name)

    async def read_beside(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take the values that stand beside a question."""
        given = await self._given(turn, tracker, asked_name=step == "contact_name")
        return await self._values(step, turn, tracker, given, dispatcher)

    async def _values(
        self, step: str, turn: Turn, tracker: Tracker, given: Given, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Return the slots that a message's name, addresses and time fill."""
        filled = contact_slots_of(step, turn, tracker, given, dispatcher)
        if step in ("opening", "booking_confirmed"):
            return filled | await time_slots_of(step, turn, tracker, given)
        if given.wish is None or len(given.wish.split()) < 2:
            return filled  # a bare "5" is no time where a name was asked for
        wish = (await shared_desk()).understand(given.wish, zone_of(tracker))
        if step not in filled and wish:
            say(dispatcher, said(tracker)["noted_wish"].format(wish=wish_words(tracker, wish)))
        return filled | await wish_slots(given.wish, tracker)

    def asks_beside(self, turn: Turn, filled: Mapping[str, Any]) -> bool:
        """Tell whether a message that filled something also asks a question that is no wish for a time."""
        if turn.chosen or not turn.intent.startswith("ask_") or not is_sure(turn) or "reason" in filled:
            return False
        asked = [one for one in _ASKED.findall(turn.text) if len(one.split()) >= _QUESTION_WORDS]
        zone = consultation().advocates[0].zone
        # "how about friday at 1 instead?" asks for that time
        return any(
            not read_given(one, lambda words: bool(understand(words, now(), zone)), asked_name=False).wish
            for one in asked
        )

    async def _read_choice(self, step: str, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        if zone := turn.values("zone"):
            return {"zone": zone[0], "opening": None}
        if address := turn.values("address"):
            return {"contact_address": address[0], "meant_address": None}
        if turn.values("opening"):
            return await hold(turn.values("opening")[0], tracker)
        if step == "opening" and (
            filled := way_chosen(turn, tracker.get_slot("offered") or [], zone_of(tracker), step)
        ):
            return filled
        if step == "booking_confirmed" and (answer := turn.values("confirm")):
            return {"booking_confirmed": True} if answer[0] == "yes" else await other_time(tracker)
        if turn.intent == "book_consultation":
            return {step: None}
        return {}

    async def _about_booking(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take "book a call" said again, and "cancel my call" where none is booked yet."""
        if turn.intent == "book_consultation":
            say(dispatcher, said(tracker)["at_it"])
            return {step: None}
        try:
            if await (await shared_desk()).upcoming(tracker.sender_id):
                return {}  # the rule of its intent moves or cancels that call
        except DatabaseUnreachable:
            return {}
        if _CANCEL.search(turn.text):
            await self.left(tracker)
            say(dispatcher, said(tracker)["stopped"])
            return dict.fromkeys((*VALUES[self.form], "requested_slot"))
        say(dispatcher, said(tracker)["nothing_booked_yet"])
        return {step: None}

    def not_understood(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        """Say so of words about a time; the other steps only ask again."""
        if step == "opening":
            say(dispatcher, said(tracker)["words_not_understood"])

    def _told_nothing(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> list[EventType]:
        """Ask once more for a name that may be small talk ("karen good"), instead of answering that."""
        may_be = self.kept_of(step, turn) if turn.intent in SMALL_TALK else {}
        if may_be:
            return [SlotSet(step, None), *(SlotSet(slot, value) for slot, value in may_be.items())]
        return super()._told_nothing(step, turn, tracker, dispatcher)

    def kept_of(self, step: str, turn: Turn) -> dict[str, Any]:
        """Keep an answer that was no name: typed again, it is one."""
        return unsure_name(step, turn)


def _say_length(given: Given, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
    """Say how long a call is, if another length was asked for."""
    if given.minutes not in (None, consultation().minutes):
        say(
            dispatcher,
            said(tracker)["length_fixed"].format(minutes=consultation().minutes, wanted=given.minutes),
        )


def _asked_of_the_call(turn: Turn, tracker: Tracker) -> list[Reply]:
    """Return what is said to the questions about the call in a message that begins a booking ("can we do it by video?")."""
    asked = [one.strip() for one in _ASKED.findall(turn.text) if len(one.split()) >= _QUESTION_WORDS]
    pieces = [replace(turn, text=re.split(r",\s+", one)[-1], entities=()) for one in asked]
    kinds = [kind for piece in pieces for kind in about_call(piece)]
    return [about_the_call(kind, tracker) for kind in dict.fromkeys(kinds)]


def _say_unread(given: Given, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
    """Say what of the first message could not be used: a phone number cut short, words about time."""
    found = given.found
    if not (given.contact.email or given.contact.phone) and (found.bad_phone or found.bad_email):
        say(dispatcher, said(tracker)["bad_email" if found.bad_email else "bad_phone"])
    if given.unread:
        say(dispatcher, said(tracker)["unread_time"])
