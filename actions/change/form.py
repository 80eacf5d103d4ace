"""The form that shows, moves or cancels a call: for who booked it in this talk, or proves its e-mail by a code."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.book.offer import WAS_TAKEN, picked, says_yes, zone_of
from actions.book.prove import CODE
from actions.book.ways import way_chosen
from actions.change.whose import own_calls, unreachable
from actions.change.words import (
    CANCEL,
    CANCELS,
    HAS_NO_EMAIL,
    KEEP,
    KEEPS,
    MOVE,
    WANTS_CODE,
    wished_change,
)
from actions.form_base import RepairingForm, asks_something, say
from actions.speaking import asker_of, speak
from actions.tongue import said
from assistant.booking import (
    Call,
    DatabaseUnreachable,
    Refused,
    read_contact,
    read_given,
)
from assistant.booking.desk.shared import shared_desk, whom_to_write
from assistant.talk.form_words import corrected_step, wants_more
from assistant.talk.turn import Turn

NOT_NEEDED = "-"
"""Fills a slot that this course of the form does not ask for."""


class ValidateChangeForm(RepairingForm):
    """Find the call and prove who owns it, then take what shall become of it."""

    form = "change_form"
    steps = ("change_email", "change_code", "change_call", "change_choice", "change_opening")

    async def started(self, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
        """Take which change is wished, and the e-mail, from the first message."""
        slots: dict[str, Any] = {"times_asked": 0}
        if tracker.get_slot("asked_step") in WAS_TAKEN:
            return slots
        slots |= {"asked_step": None, "change_wish": None if turn.chosen else wished_change(turn.text)}
        try:
            calls = await (await shared_desk()).upcoming(tracker.sender_id)
        except DatabaseUnreachable:
            speak(dispatcher, [unreachable(tracker)])
            return slots | {"requested_slot": None}
        slots |= await self._wish(turn, tracker)
        if corrected_step(turn.text) in ("contact_address", "contact_name"):
            say(dispatcher, said(tracker)["address_of_call"].format(contact=whom_to_write()))
        elif slots["change_wish"] == MOVE:
            slots["change_choice"] = MOVE
        if calls:
            return slots | {"change_email": NOT_NEEDED, "change_code": NOT_NEEDED} | _the_only(calls)
        if not turn.chosen and (email := read_contact(turn.text, asked_name=False).contact.email):
            return slots | await self._send_code(email, tracker, dispatcher)
        return slots

    @property
    def yields_to(self) -> frozenset[str]:
        """A new call is booked by its own form."""
        return frozenset({"book_consultation"})

    def before(self, step: str, tracker: Tracker) -> tuple[str, ...]:
        """Return the steps that a step back asks again: who has proven an e-mail need not do it twice."""
        # who has proven an e-mail need not do it twice
        return super().before(step, tracker) if step in ("change_code", "change_opening") else (step,)

    def owns(self, step: str, turn: Turn) -> bool:
        """Tell whether words that look like an act of the talk are this step's answer."""
        if step == "change_choice":
            return turn.chosen or wished_change(turn.text) is not None or bool(KEEPS.search(turn.text))
        return step == "change_opening" and bool(CANCELS.search(turn.text))

    async def read(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Take what the step that was asked needs."""
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
        if found.contact.phone or HAS_NO_EMAIL.search(turn.text):
            say(dispatcher, said(tracker)["phone_not_proven"].format(contact=whom_to_write()))
        elif found.bad_email:
            say(dispatcher, said(tracker)["bad_email"])
        else:
            return {}
        return {"change_email": None}

    async def _send_code(
        self, email: str, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        try:
            refused = await (await shared_desk()).request_code(
                email, tracker.sender_id, address=asker_of(tracker)
            )
        except DatabaseUnreachable:
            speak(dispatcher, [unreachable(tracker)])
            return {"change_email": None, "requested_slot": None}
        if refused is not None:
            say(dispatcher, said(tracker)["too_many_codes"].format(contact=whom_to_write()))
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
                speak(dispatcher, [unreachable(tracker)])
                return {"change_code": None, "requested_slot": None}
            if isinstance(calls, Refused) or not calls:
                say(dispatcher, said(tracker)["wrong_code"])
                return {"change_code": None}
            return {"change_code": NOT_NEEDED} | _the_only(calls)
        if email := read_contact(turn.text, asked_name=False).contact.email:
            return await self._send_code(email, tracker, dispatcher)
        if WANTS_CODE.search(turn.text):
            sent = await self._send_code(str(tracker.get_slot("change_email")), tracker, dispatcher)
            if "requested_slot" not in sent:
                say(dispatcher, said(tracker)["code_again"])
            return sent | ({} if "requested_slot" in sent else {"asked_step": "change_code"})
        return {}

    async def _read_call(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        calls = await own_calls(tracker)
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
        elif (wanted is None and KEEPS.search(turn.text)) or (
            wanted is None and tracker.get_slot("change_wish") == CANCEL and turn.intent == "deny"
        ):
            wanted = KEEP
        elif asks_something(turn):
            return {}
        return {"change_choice": wanted} | _no_opening(wanted) if wanted else {}

    async def _read_opening(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        if CANCELS.search(turn.text) and not turn.chosen:
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
        """Say so of words about a time; the other steps only ask again."""
        if step == "change_opening":
            say(dispatcher, said(tracker)["words_not_understood"])


def _the_only(calls: tuple[Call, ...]) -> dict[str, Any]:
    """Return the call that is meant where there is but one."""
    return {"change_call": calls[0].id if len(calls) == 1 else None}


def _no_opening(choice: str | None) -> dict[str, Any]:
    return {} if choice == MOVE else {"change_opening": NOT_NEEDED}
