"""The form that books a call: name, address, time and a yes, in any order in which a parent gives them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.form_base import (
    LEAVES,
    SAY,
    VALUES,
    RepairingForm,
    asks_something,
    forgotten,
    is_sure,
    prompt,
    say,
)
from actions.offering import (
    ask_zone,
    contact_of,
    known_zone,
    offer,
    picked,
    says_yes,
    wish_of,
    zone_of,
)
from actions.speaking import speak, turn_of
from assistant.booking import (
    Booked,
    CalendarUnreachable,
    Contact,
    DatabaseUnreachable,
    Given,
    Refused,
    Taken,
    Why,
    address_words,
    name_from,
    opening_named,
    read_given,
    says_name,
    spoken,
    zone_named,
)
from assistant.booking.shared import ASKER, consultation, give_back, shared_desk, whom_to_write
from assistant.talk.form_words import corrected_step, tells_reason, wants_more
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.turn import Turn

MOST_REASON = 300
_NO = re.compile(
    r"^(?:no|nope|nah|not (?:that|this|yet|right)|wrong|don'?t|different|another|other)\b", re.IGNORECASE
)
_HEDGED = re.compile(
    r"\b(?:but|instead|except|unless|wait|later|earlier|different|another|change|only if)\b", re.IGNORECASE
)
_CANCEL = re.compile(r"\b(?:cancel|delete|drop|call off)\b", re.IGNORECASE)
_NO_EMAIL = re.compile(r"\b(?:no|don'?t have|do not have|without) (?:an? |any )?e-?mail\b", re.IGNORECASE)
_ABOUT = re.compile(r"\babout\b.+", re.IGNORECASE | re.DOTALL)
_SOONER = re.compile(
    r"^(?:how about |what about |anything |something |got anything |any |can (?:we|you|i) (?:do|go) |no[, ]+)?(?:earlier|sooner)[ ?.!]*$",
    re.IGNORECASE,
)
_SURELY_TALK = 0.9
"""From this confidence on, a bare or introduced name at the name's step is small talk and no name."""
_INTRODUCES = re.compile(
    r"^(?:ok|okay|yes|yeah|sure|hi|hello)?[, ]*(?:it'?s|i'?m|i am|this is|my name(?:'s| is))\b", re.IGNORECASE
)
"""How a parent says a name in more than two words: "Ok its Jo"."""
_THREE_DIGITS = re.compile(r"\d{3}")


class ValidateBookingForm(RepairingForm):
    """Take what a message gives, whichever step was asked; what it takes back is asked again."""

    form = "booking_form"
    steps = ("contact_name", "contact_address", "opening", "booking_confirmed")

    async def started(self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        slots: dict[str, Any] = {
            "booking_confirmed": None,
            "times_asked": 0,
            "after_crisis": False,
            "paused_form": None,
        }
        if tracker.get_slot("asked_step") == "taken":
            return slots
        given = await self._given(turn, tracker, asked_name=False)
        filled = {} if turn.chosen else _contact_slots(given)
        if given.wish:
            filled |= {"wish": given.wish, "opening": None}
        known = tracker.get_slot("contact_name") and tracker.get_slot("contact_address")
        slots["asked_step"] = "resumed" if known and not filled else None
        return slots | filled

    @property
    def yields_to(self) -> frozenset[str]:
        return frozenset({"change_booking"})

    async def left(self, tracker: Tracker) -> None:
        await give_back(tracker.sender_id)

    async def read(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        if turn.chosen:
            return await self._read_choice(step, turn, tracker)
        given = await self._given(turn, tracker, asked_name=step == "contact_name" and not _is_talk(turn))
        filled = self._read_contact(step, turn, tracker, given, dispatcher)
        if step in ("opening", "booking_confirmed"):
            filled |= await self._read_time(step, turn, tracker, given)
        elif given.wish and len(given.wish.split()) > 1:  # a bare "5" is no time where a name was asked for
            if step not in filled and (
                wish := (await shared_desk()).understand(given.wish, zone_of(tracker))
            ):
                say(dispatcher, SAY["noted_wish"].format(wish=wish.words()))
            filled |= {"wish": given.wish, "opening": None}
        if step == "booking_confirmed" and filled:
            filled.setdefault("booking_confirmed", None)  # a yes is a yes to what was said back
        if filled:
            return filled
        complains = turn.intent == "feedback_negative"  # "wrong email" is about the email
        if (wrong := corrected_step(turn.text)) and (complains or not asks_something(turn)):
            if wrong == step == "opening":
                return {"later_than": _last(tracker), "opening": None}
            return self._take_back(wrong)
        if step == "booking_confirmed":
            filled = await self._read_confirmation(turn)
        if not filled and turn.intent in ("change_booking", "book_consultation"):
            return await self._about_booking(step, turn, tracker, dispatcher)
        return filled

    async def _given(self, turn: Turn, tracker: Tracker, *, asked_name: bool) -> Given:
        desk, zone = await shared_desk(), zone_of(tracker)
        text = "" if turn.chosen else turn.text
        return read_given(text, lambda words: desk.understand(words, zone) is not None, asked_name=asked_name)

    async def _read_choice(self, step: str, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        if zone := turn.values("zone"):
            return {"zone": zone[0], "opening": None}
        if address := turn.values("address"):
            return {"contact_address": address[0], "meant_address": None}
        if turn.values("opening"):
            return await self._hold(turn.values("opening")[0], tracker)
        if step == "booking_confirmed" and (answer := turn.values("confirm")):
            return {"booking_confirmed": True} if answer[0] == "yes" else {"opening": None, "wish": None}
        if turn.intent == "book_consultation":
            return {step: None}
        return {}

    def _read_contact(
        self, step: str, turn: Turn, tracker: Tracker, given: Given, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        filled = _contact_slots(given)
        if tracker.get_slot("contact_name") and filled.get("contact_address") and not says_name(turn.text):
            filled.pop("contact_name", None)  # "use pat@example.org instead" names nobody anew
        if step == "contact_address" and not filled:
            filled = self._mend_address(turn, tracker, given, dispatcher)
        elif given.found.bad_email:
            say(dispatcher, SAY["bad_email"])
            filled["contact_address"] = None
        if given.found.meant_email and given.found.meant_email != tracker.get_slot("meant_address"):
            filled |= _ask_meant(given, dispatcher)
        elif (known := tracker.get_slot("contact_address")) and filled.get("contact_address", known) != known:
            say(dispatcher, SAY["changed_address"].format(address=address_words(_with(tracker, filled))))
        if (name := tracker.get_slot("contact_name")) and filled.get("contact_name", name) != name:
            say(dispatcher, SAY["changed_name"].format(name=filled["contact_name"]))
        return filled

    def _mend_address(
        self, turn: Turn, tracker: Tracker, given: Given, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take the answer to "did you mean …", or say what is wrong with what looks like an address."""
        if (meant := tracker.get_slot("meant_address")) and says_yes(turn):
            return {"contact_address": meant, "meant_address": None}
        if given.found.bad_email:
            say(dispatcher, SAY["bad_email"])
        elif _NO_EMAIL.search(turn.text):
            say(dispatcher, SAY["no_email"])
        elif not given.wish and _THREE_DIGITS.search(turn.text) and not asks_something(turn):
            say(dispatcher, SAY["bad_phone"])
        else:
            return {}
        return {"contact_address": None}

    async def _read_time(self, step: str, turn: Turn, tracker: Tracker, given: Given) -> dict[str, Any]:
        offered = tracker.get_slot("offered") or []
        if step == "opening" and (opening := picked(turn, offered)) is not None:
            return await self._hold(opening, tracker)
        if given.wish:
            return await self._wished(given.wish, turn, tracker)
        if step == "opening" and _SOONER.search(turn.text):
            return {"wish": None, "later_than": None, "opening": None, "asked_step": None}
        if step == "opening" and wants_more(turn):
            return {"later_than": _last(tracker), "opening": None}
        if step in ("opening", "booking_confirmed") and (zone := zone_named(turn.text)) is not None:
            return {"zone": zone.key, "opening": None}
        return {}

    async def _wished(self, wish: str, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        """Look for another time, unless the one that is held is just what was said ("yes, tuesday at 3")."""
        desk, zone = await shared_desk(), zone_of(tracker)
        constraint = desk.understand(wish, zone)
        held = opening_named(str(tracker.get_slot("held_opening") or ""), consultation().length)
        same = held and constraint and constraint.exact and constraint.admits(held, zone)
        if tracker.get_slot("opening") and same:
            return {"booking_confirmed": True if says_yes(turn) else None}
        asked = tracker.get_slot("asked_step")
        return {"wish": wish, "opening": None, "asked_step": asked if asked == "zone" else None}

    async def _hold(self, opening: str, tracker: Tracker) -> dict[str, Any]:
        try:
            held = await (await shared_desk()).hold(opening, tracker.sender_id, address=ASKER.get() or None)
        except (CalendarUnreachable, DatabaseUnreachable):
            return {"opening": None, "asked_step": "not_kept"}
        if isinstance(held, Refused):
            return {"opening": None, "asked_step": "too_many_tries"}
        if isinstance(held, Taken):
            return {"opening": None, "wish": None, "asked_step": "taken"}
        when = spoken(held.opening.start, zone_of(tracker))
        return {
            "opening": held.id,
            "held_opening": held.opening.id,
            "held_for": when,
            "booking_confirmed": None,
        }

    def _take_back(self, step: str) -> dict[str, Any]:
        slots = {step: None, "booking_confirmed": None, "asked_step": None}
        return slots | ({"wish": None} if step == "opening" else {})

    async def _read_confirmation(self, turn: Turn) -> dict[str, Any]:
        if tells_reason(turn.text):
            return {"reason": turn.text[:MOST_REASON], "booking_confirmed": None, "asked_step": None}
        if asks_something(turn) or (turn.intent in LEAVES and is_sure(turn)):
            return {}
        if says_yes(turn) and _HEDGED.search(turn.text):  # "yes but can you make it 30 minutes later"
            return self._take_back("opening") if corrected_step(turn.text) == "opening" else {}
        if turn.intent == "deny" or _NO.search(turn.text):
            return self._take_back("opening")
        if says_yes(turn):
            about = _ABOUT.search(turn.text)
            return {"booking_confirmed": True} | ({"reason": about[0][:MOST_REASON]} if about else {})
        if len(turn.text.split()) > 1 and turn.intent not in (
            "ask_repeat",
            "change_booking",
            "book_consultation",
        ):
            return {"reason": turn.text[:MOST_REASON], "booking_confirmed": None, "asked_step": None}
        return {}

    async def _about_booking(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take "book a call" said again, and "cancel my call" where none is booked yet."""
        if turn.intent == "book_consultation":
            say(dispatcher, SAY["at_it"])
            return {step: None}
        try:
            if await (await shared_desk()).upcoming(tracker.sender_id):
                return {}  # the rule of its intent moves or cancels that call
        except DatabaseUnreachable:
            return {}
        if _CANCEL.search(turn.text):
            await self.left(tracker)
            say(dispatcher, SAY["stopped"])
            return dict.fromkeys((*VALUES[self.form], "requested_slot"))
        say(dispatcher, SAY["nothing_booked_yet"])
        return {step: None}

    def not_understood(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        if step == "opening":
            say(dispatcher, SAY["words_not_understood"])


def _last(tracker: Tracker) -> str | None:
    """Return the last of the openings that were shown."""
    offered: list[str] = tracker.get_slot("offered") or []
    return offered[-1] if offered else None


def _is_talk(turn: Turn) -> bool:
    """Whether a turn is a question or small talk, in which no bare word is a name; "Dagmar" is no greeting."""
    unsure = not turn.intent.startswith("ask_") and turn.confidences and turn.confidences[0] < _SURELY_TALK
    alone = len(turn.text.split()) <= 2 or _INTRODUCES.search(turn.text)
    if unsure and alone and name_from(turn.text):
        return False
    return (asks_something(turn) or (turn.intent in LEAVES and is_sure(turn))) and "@" not in turn.text


def _contact_slots(given: Given) -> dict[str, Any]:
    contact = given.contact
    slots = {"contact_name": contact.name, "contact_address": contact.email or contact.phone}
    if contact.email:
        slots["contact_phone"] = contact.phone
    return {slot: value for slot, value in slots.items() if value}


def _ask_meant(given: Given, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """Ask about "gmail.con" before an invitation goes nowhere."""
    typed, meant = given.contact.email, given.found.meant_email
    buttons = [Button(str(one), f'/inform{{"address": "{one}"}}') for one in (meant, typed)]
    say(dispatcher, SAY["meant_email"].format(email=meant), buttons)
    return {"contact_address": None, "meant_address": meant}


def _with(tracker: Tracker, filled: dict[str, Any]) -> Contact:
    known = contact_of(tracker)
    address = str(filled.get("contact_address") or "")
    if "@" in address:
        return Contact(known.name, address, filled.get("contact_phone") or known.phone)
    return Contact(known.name, None, address)


class _Asks(Action, ABC):
    """Asks for one step of the booking."""

    @property
    @abstractmethod
    def step(self) -> str:
        """The slot to ask for."""

    def name(self) -> str:
        return f"action_ask_booking_form_{self.step}"

    def question(self, tracker: Tracker) -> tuple[str, list[EventType]]:
        """Return the words, and the events that remember them."""
        text, asked = prompt(tracker, self.step)
        fields = {"name": tracker.get_slot("contact_name") or "", "contact": whom_to_write()}
        return text.format(**fields), asked


class ActionAskContactName(_Asks):
    """Ask who calls."""

    step = "contact_name"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text, asked = self.question(tracker)
        if tracker.get_slot("asked_step") is None:
            text = await self._start(tracker, text)
        say(dispatcher, text)
        return asked

    async def _start(self, tracker: Tracker, text: str) -> str:
        """Return the first words of a booking; what the parent gave at once is said back, not asked."""
        wish, contact = await wish_of(tracker), contact_of(tracker)
        parts = [SAY["start"]]
        if wish is not None and not wish.any_time:
            parts.append(SAY["noted_wish"].format(wish=wish.words()))
        if contact.email or contact.phone:
            parts += [SAY["got_address"].format(address=address_words(contact)), SAY["ask_only_name"]]
        else:
            parts.append(text)
        return " ".join(parts)


class ActionAskContactAddress(_Asks):
    """Ask where the invitation goes."""

    step = "contact_address"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text, asked = self.question(tracker)
        if tracker.get_slot("meant_address") and "@" in turn_of(tracker).text:
            return asked  # "did you mean …" was asked just now
        say(dispatcher, text)
        return asked


class ActionAskOpening(_Asks):
    """Show free times."""

    step = "opening"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        elsewhere = tracker.get_latest_input_channel() != "web"  # a browser would have told its zone
        if elsewhere and known_zone(tracker) is None and tracker.get_slot("asked_step") != "zone":
            return ask_zone(dispatcher)
        return await offer(dispatcher, tracker, self.step)


class ActionAskBookingConfirmed(_Asks):
    """Say the whole call back and ask for the yes."""

    step = "booking_confirmed"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text, asked = prompt(tracker, self.step)
        reason = tracker.get_slot("reason")
        text = text.format(
            when=tracker.get_slot("held_for"),
            name=tracker.get_slot("contact_name"),
            address=address_words(contact_of(tracker)),
            reason_line=SAY["reason_line"].format(reason=reason) if reason else "",
            contact=whom_to_write(),
        )
        buttons = [
            Button("Yes, book it", '/inform{"confirm": "yes"}'),
            Button("Another time", '/inform{"confirm": "no"}'),
        ]
        say(dispatcher, text, buttons)
        return asked


class ActionBook(Action):
    """Book the held opening; the database has the last word."""

    def name(self) -> str:
        return "action_book"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if tracker.get_slot("booking_confirmed") is not True:
            return []  # the form was left
        held, contact = str(tracker.get_slot("opening")), contact_of(tracker)
        try:
            result = await (await shared_desk()).confirm(
                held,
                contact,
                conversation=tracker.sender_id,
                zone=zone_of(tracker),
                reason=tracker.get_slot("reason") or "",
                key=f"{tracker.sender_id}:{held}",
            )
        except (CalendarUnreachable, DatabaseUnreachable):
            speak(dispatcher, [Reply(PHRASES.errors["booking"].format(contact=whom_to_write()), "error")])
            return [SlotSet("booking_confirmed", None), SlotSet("pending", "call")]
        done = [*forgotten("booking_form"), SlotSet("pending", None)]
        if isinstance(result, Booked):
            invitation = SAY["invitation_email" if contact.email else "invitation_phone"]
            words = invitation.format(address=contact.email or address_words(contact))
            call = result.call
            say(
                dispatcher,
                SAY["booked"].format(when=call.when, minutes=consultation().minutes, invitation=words),
                [Button("Change my call", "/change_booking")],
                kind="booking",
                when=call.when,
                booking=call.id,
            )
            return done
        if isinstance(result, Refused) and result.why is Why.TOO_MANY_OPEN:
            text = SAY["too_many"].format(number=consultation().open_calls_an_email, contact=whom_to_write())
            say(dispatcher, text, [Button("Change my call", "/change_booking")])
            return done
        again = {"opening": None, "booking_confirmed": None, "wish": None, "asked_step": "taken"}
        return [*(SlotSet(slot, value) for slot, value in again.items()), FollowupAction("booking_form")]
