"""The form that shows, moves or cancels a call: for who booked it in this talk, or proves its e-mail by a code."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.book.offer import offer, picked, says_yes, zone_of
from actions.book.prove import CODE
from actions.book.ways import way_chosen
from actions.form_base import SAY, RepairingForm, asks_something, forgotten, prompt, say
from actions.speaking import memory_of, remember, speak, today, turn_of
from assistant.booking import (
    Booked,
    CalendarUnreachable,
    Call,
    Cancelled,
    DatabaseUnreachable,
    Refused,
    Taken,
    read_contact,
    read_given,
)
from assistant.booking.desk.shared import ASKER, shared_desk, whom_to_write
from assistant.knowledge.library import library
from assistant.talk.form_words import corrected_step, wants_more
from assistant.talk.meant import as_question
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import clarify
from assistant.talk.reply import Button, Reply
from assistant.talk.turn import Turn

NOT_NEEDED = "-"
"""Fills a slot that this course of the form does not ask for."""
MOVE, CANCEL, KEEP = "move", "cancel", "keep"
_MOVE = re.compile(
    r"\b(?:move|resched\w*|change|switch|push|shift|another|different|other|later|earlier|move it|new time|postpone|make it|can'?t make|wrong time)\b",
    re.IGNORECASE,
)
_CANCEL = re.compile(
    r"\b(?:cancel\w*|delete|drop|call off|called off|don'?t need|do not need|won'?t need|no longer need|take me off|get rid of|remove)\b",
    re.IGNORECASE,
)
_KEEP = re.compile(
    r"\b(?:keep|leave it|stay\w*|as it is|no change|never ?mind|nvm|nothing|forget it)\b|^(?:no|nope|nah|stop)\b",
    re.IGNORECASE,
)
_NEW_CODE = re.compile(
    r"\b(?:again|another|new|resend|re-send|didn'?t (?:get|come|receive)|did not (?:get|come|receive)|never (?:got|came)|no (?:code|email)|not (?:there|arrived))\b",
    re.IGNORECASE,
)
_NO_EMAIL = re.compile(
    r"\bphone\b|\b(?:no|don'?t have|do not have|without) (?:an? |any )?e-?mail\b", re.IGNORECASE
)


_CALL = re.compile(
    r"\b(?:calls?|appointment|appt|booking|booked|consult\w*|slot|time|day|date|resched\w*|cancel\w*|confirm\w*|invit\w*)\b",
    re.IGNORECASE,
)


_OF_SCHOOL = re.compile(
    r"\b(?:school|teacher|principal|district|team|iep|504|evaluation|testing|meeting|therap\w+|bus|class|recess|services?)\b",
    re.IGNORECASE,
)
_WITH_US = re.compile(
    r"\b(?:calls?|appointment|appt|consult\w*|booking|booked|with (?:you|the advocate))\b", re.IGNORECASE
)


def _of_ours(text: str) -> bool:
    """Whether words about moving or canceling name a call with us, where none is booked in this talk; not "cancel the meeting with the school"."""
    return bool(_CALL.search(text)) and not (_OF_SCHOOL.search(text) and not _WITH_US.search(text))


def wished_change(text: str) -> str | None:
    """Return what the words ask for a call that is booked: "move", "cancel" or nothing certain.

    >>> wished_change("cant make our call at 3, can we do thursday instead")
    'move'
    """
    if _CANCEL.search(text):
        return None if re.search(r"\b(?:how|if|can i still|without)\b", text, re.IGNORECASE) else CANCEL
    return MOVE if _MOVE.search(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")) else None


async def has_call(conversation: str) -> bool:
    """Whether this talk booked a call that is still to come."""
    try:
        return bool(await (await shared_desk()).upcoming(conversation))
    except DatabaseUnreachable:
        return False


class ActionChangeBooking(Action):
    """Take "move my call": to the form that does so, or on with a booking that was never finished."""

    def name(self) -> str:
        return "action_change_booking"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        try:
            calls = await (await shared_desk()).upcoming(tracker.sender_id)
        except DatabaseUnreachable:
            speak(dispatcher, [_unreachable()])
            return []
        turn, memory = turn_of(tracker), memory_of(tracker)
        if not (calls or turn.chosen or _of_ours(turn.text)):  # "make them move the other kid"
            replies, after = clarify(as_question(turn, library()), memory, library(), today())
            speak(dispatcher, replies)
            return remember(memory, after)
        begun = tracker.get_slot("contact_name") or tracker.get_slot("contact_address")
        if not calls and begun and wished_change(turn_of(tracker).text) != CANCEL:
            return [FollowupAction("booking_form")]
        cleared = forgotten("change_form")
        return [*cleared, FollowupAction("change_form")]


class ValidateChangeForm(RepairingForm):
    """Find the call and prove who owns it, then take what shall become of it."""

    form = "change_form"
    steps = ("change_email", "change_code", "change_call", "change_choice", "change_opening")

    async def started(self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        slots: dict[str, Any] = {"times_asked": 0}
        if tracker.get_slot("asked_step") == "taken":
            return slots
        slots |= {"asked_step": None, "change_wish": None if turn.chosen else wished_change(turn.text)}
        try:
            calls = await (await shared_desk()).upcoming(tracker.sender_id)
        except DatabaseUnreachable:
            speak(dispatcher, [_unreachable()])
            return slots | {"requested_slot": None}
        slots |= await self._wish(turn, tracker)
        if corrected_step(turn.text) in ("contact_address", "contact_name"):
            say(dispatcher, SAY["address_of_call"].format(contact=whom_to_write()))
        elif slots["change_wish"] == MOVE:
            slots["change_choice"] = MOVE
        if calls:
            return slots | {"change_email": NOT_NEEDED, "change_code": NOT_NEEDED} | _the_only(calls)
        if not turn.chosen and (email := read_contact(turn.text, asked_name=False).contact.email):
            return slots | await self._send_code(email, tracker, dispatcher)
        return slots

    @property
    def yields_to(self) -> frozenset[str]:
        return frozenset({"book_consultation"})

    def before(self, step: str, tracker: Tracker) -> tuple[str, ...]:
        # who has proven an e-mail need not do it twice
        return super().before(step, tracker) if step in ("change_code", "change_opening") else (step,)

    def owns(self, step: str, turn: Turn) -> bool:
        if step == "change_choice":
            return turn.chosen or wished_change(turn.text) is not None or bool(_KEEP.search(turn.text))
        return step == "change_opening" and bool(_CANCEL.search(turn.text))

    async def read(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        if step == "change_email":
            return await self._read_email(turn, tracker, dispatcher)
        if step == "change_code":
            return await self._read_code(turn, tracker, dispatcher)
        if step == "change_call":
            return await self._read_call(turn, tracker)
        if step == "change_choice":
            return await self._read_choice(turn, tracker)
        return await self._read_opening(turn, tracker)

    async def _read_email(
        self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        found = read_contact(turn.text, asked_name=False)
        if found.contact.email:
            return await self._send_code(found.contact.email, tracker, dispatcher)
        if found.contact.phone or _NO_EMAIL.search(turn.text):
            say(dispatcher, SAY["phone_not_proven"].format(contact=whom_to_write()))
        elif found.bad_email:
            say(dispatcher, SAY["bad_email"])
        else:
            return {}
        return {"change_email": None}

    async def _send_code(
        self, email: str, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        try:
            refused = await (await shared_desk()).request_code(
                email, tracker.sender_id, address=ASKER.get() or None
            )
        except DatabaseUnreachable:
            speak(dispatcher, [_unreachable()])
            return {"change_email": None, "requested_slot": None}
        if refused is not None:
            say(dispatcher, SAY["too_many_codes"].format(contact=whom_to_write()))
            return {"change_email": None, "requested_slot": None}
        return {"change_email": email, "change_code": None, "asked_step": None}

    async def _read_code(
        self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        desk = await shared_desk()
        if code := CODE.search(turn.text):
            try:
                calls = await desk.verify_code(re.sub(r"\D", "", code[0]), tracker.sender_id)
            except DatabaseUnreachable:
                speak(dispatcher, [_unreachable()])
                return {"change_code": None, "requested_slot": None}
            if isinstance(calls, Refused) or not calls:
                say(dispatcher, SAY["wrong_code"])
                return {"change_code": None}
            return {"change_code": NOT_NEEDED} | _the_only(calls)
        if email := read_contact(turn.text, asked_name=False).contact.email:
            return await self._send_code(email, tracker, dispatcher)
        if _NEW_CODE.search(turn.text):
            sent = await self._send_code(str(tracker.get_slot("change_email")), tracker, dispatcher)
            if "requested_slot" not in sent:
                say(dispatcher, SAY["code_again"])
            return sent | ({} if "requested_slot" in sent else {"asked_step": "change_code"})
        return {}

    async def _read_call(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        calls = await _calls(tracker)
        ids = [call.id for call in calls]
        if chosen := turn.values("call"):
            return {"change_call": chosen[0]} if chosen[0] in ids else {}
        if (call := picked(turn, ids)) is not None and call in ids:
            return {"change_call": call}
        given = (await self._wish(turn, tracker)).get("wish")
        if given:
            desk, zone = await shared_desk(), zone_of(tracker)
            constraint = desk.understand(given, zone)
            fitting = [one.id for one in calls if constraint and constraint.admits(one.opening, zone)]
            if len(fitting) == 1:
                return {"change_call": fitting[0]}
        return {}

    async def _read_choice(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        if choice := turn.values("change"):
            return {"change_choice": choice[0]} | _no_opening(choice[0])
        if turn.chosen:
            return {"change_choice": None} if turn.intent == "change_booking" else {}
        wish = await self._wish(turn, tracker)
        if wish and not asks_something(turn):
            return wish | {"change_choice": MOVE}
        wanted = wished_change(turn.text)
        if tracker.get_slot("change_wish") == CANCEL and says_yes(turn):
            wanted = CANCEL
        elif (wanted is None and _KEEP.search(turn.text)) or (
            wanted is None and tracker.get_slot("change_wish") == CANCEL and turn.intent == "deny"
        ):
            wanted = KEEP
        elif asks_something(turn):
            return {}
        return {"change_choice": wanted} | _no_opening(wanted) if wanted else {}

    async def _read_opening(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        if _CANCEL.search(turn.text) and not turn.chosen:
            return {"change_choice": None, "change_wish": CANCEL, "change_opening": None, "asked_step": None}
        if (opening := picked(turn, tracker.get_slot("offered") or [])) is not None:
            return {"change_opening": opening}
        if turn.chosen:
            return way_chosen(turn, tracker.get_slot("offered") or [], zone_of(tracker), "change_opening")
        wish = await self._wish(turn, tracker)
        if wish:
            return wish | {"change_opening": None, "asked_step": None}
        offered = tracker.get_slot("offered")
        if offered and wants_more(turn):
            return {"later_than": offered[-1], "change_opening": None}
        return {}

    async def _wish(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        if turn.chosen:
            return {}
        desk, zone = await shared_desk(), zone_of(tracker)
        given = read_given(
            turn.text, lambda words: desk.understand(words, zone) is not None, asked_name=False
        )
        return {"wish": given.wish} if given.wish else {}

    def not_understood(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        if step == "change_opening":
            say(dispatcher, SAY["words_not_understood"])


def _the_only(calls: tuple[Call, ...]) -> dict[str, Any]:
    """Return the call that is meant where there is but one."""
    return {"change_call": calls[0].id if len(calls) == 1 else None}


def _no_opening(choice: str | None) -> dict[str, Any]:
    return {} if choice == MOVE else {"change_opening": NOT_NEEDED}


async def _calls(tracker: Tracker) -> tuple[Call, ...]:
    return await (await shared_desk()).upcoming(tracker.sender_id)


async def _meant(tracker: Tracker) -> Call | None:
    """Return the call that the form is about; None when it is gone or the proof ran out."""
    return next((call for call in await _calls(tracker) if call.id == tracker.get_slot("change_call")), None)


def _unreachable() -> Reply:
    return Reply(PHRASES.errors["calendar"].format(contact=whom_to_write()), "error")


class ActionAskChangeEmail(Action):
    """Ask with which e-mail the call was booked."""

    def name(self) -> str:
        return "action_ask_change_form_change_email"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text, asked = prompt(tracker, "change_email")
        say(
            dispatcher,
            text.format(contact=whom_to_write()),
            [Button(PHRASES.buttons["book"], "/book_consultation")],
            expects="email",
        )
        return asked


class ActionAskChangeCode(Action):
    """Ask for the six digits."""

    def name(self) -> str:
        return "action_ask_change_form_change_code"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text, asked = prompt(tracker, "change_code")
        say(
            dispatcher,
            text.format(address=tracker.get_slot("change_email"), contact=whom_to_write()),
            expects="code",
        )
        return asked


class ActionAskChangeCall(Action):
    """Ask which of several calls is meant."""

    def name(self) -> str:
        return "action_ask_change_form_change_call"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text, asked = prompt(tracker, "change_call")
        calls = await _calls(tracker)
        buttons = [Button(call.when, f'/inform{{"call": "{call.id}"}}') for call in calls]
        say(dispatcher, text.format(contact=whom_to_write()), buttons)
        return asked


class ActionAskChangeChoice(Action):
    """Say when the call is, and ask what shall become of it."""

    def name(self) -> str:
        return "action_ask_change_form_change_choice"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text, asked = prompt(tracker, "change_choice")
        call = await _meant(tracker)
        if call is None:
            say(dispatcher, SAY["none_booked"])
            return [*asked, SlotSet("requested_slot", None)]
        cancels = tracker.get_slot("change_wish") == CANCEL
        if cancels and tracker.get_slot("asked_step") != "change_choice":
            text = SAY["ask_cancel"]
        move = Button(PHRASES.buttons["another_time"], '/inform{"change": "move"}')
        cancel = Button(
            PHRASES.buttons["yes_cancel" if cancels else "cancel_call"], '/inform{"change": "cancel"}'
        )
        keep = Button(PHRASES.buttons["keep_call"], '/inform{"change": "keep"}')
        buttons = [cancel, keep, move] if cancels else [move, cancel, keep]
        say(dispatcher, text.format(when=call.when, contact=whom_to_write()), buttons)
        return asked


class ActionAskChangeOpening(Action):
    """Show free times for a call that moves."""

    def name(self) -> str:
        return "action_ask_change_form_change_opening"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        return await offer(dispatcher, tracker, "change_opening", await _meant(tracker))


class ActionChangeCall(Action):
    """Move, cancel or keep the call; the database has the last word."""

    def name(self) -> str:
        return "action_change_call"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        choice, call_id = tracker.get_slot("change_choice"), str(tracker.get_slot("change_call"))
        cleared = forgotten("change_form")
        if choice is None or tracker.get_slot("change_opening") is None:
            return cleared  # the form was left
        desk = await shared_desk()
        try:
            if choice == MOVE:
                opening = str(tracker.get_slot("change_opening"))
                moved = await desk.move(call_id, opening, conversation=tracker.sender_id)
                if isinstance(moved, Taken):
                    again = [
                        SlotSet("change_opening", None),
                        SlotSet("wish", None),
                        SlotSet("asked_step", "taken"),
                    ]
                    return [*again, FollowupAction("change_form")]
                _say_result(dispatcher, moved)
                return cleared
            if choice == CANCEL:
                _say_result(dispatcher, await desk.cancel(call_id, conversation=tracker.sender_id))
                return cleared
            call = await _meant(tracker)
        except (CalendarUnreachable, DatabaseUnreachable):
            speak(dispatcher, [_unreachable()])
            return cleared
        if call is not None:
            say(dispatcher, SAY["kept"].format(when=call.when))
        return cleared


def _say_result(dispatcher: CollectingDispatcher, result: Booked | Cancelled | Refused) -> None:
    if isinstance(result, Booked):
        call = result.call
        say(
            dispatcher,
            SAY["moved" if call.email else "moved_phone"].format(when=call.when),
            [Button(PHRASES.buttons["change_call"], "/change_booking")],
            kind="booking",
            when=call.when,
            booking=call.id,
        )
    elif isinstance(result, Cancelled):
        text = SAY["cancelled"].format(when=result.call.when)
        say(dispatcher, text, [Button(PHRASES.buttons["book"], "/book_consultation")])
    else:
        say(dispatcher, SAY["none_booked"])
