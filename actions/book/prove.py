"""The code that a parent types before a time is kept, where many calls are held for e-mails that nobody has proven.

The booking form keeps the wanted time in `held_opening` and the state in `asked_step`: `prove` until the code came, `prove_by_email` where
there is no e-mail that a code could go to.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.book.offer import contact_of
from actions.form_base import say
from actions.speaking import asker_of
from actions.tongue import said
from assistant.booking import DatabaseUnreachable, Refused
from assistant.booking.desk.shared import shared_desk, whom_to_write
from assistant.talk.turn import Turn

ASKED, ASKED_AGAIN, NEEDS_EMAIL = "prove", "prove_again", "prove_by_email"
CODE = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}(?!\d)")
_NEW_CODE = re.compile(
    r"\b(?:again|resend|re-send|(?:new|another) (?:code|one|e-?mail)|did(?:n'?t| not) (?:get|arrive|come|receive)|never (?:got|came)|no (?:code|e-?mail)|not (?:there|arrived))\b",
    re.IGNORECASE,
)
"""Wider than it need be where a code is waited for, but for "another time"."""


async def begin(opening: str, tracker: Tracker) -> dict[str, Any]:
    """Send a code for the time that is wanted; return the slots that wait for it."""
    wanted = {"opening": None, "held_opening": opening, "booking_confirmed": None}
    email = contact_of(tracker).email
    if email is None:
        return wanted | {"contact_address": None, "asked_step": NEEDS_EMAIL}
    try:
        refused = await (await shared_desk()).request_code(
            email, tracker.sender_id, address=asker_of(tracker), always=True
        )
    except DatabaseUnreachable:
        return wanted | {"asked_step": "not_kept"}
    return wanted | {"asked_step": "too_many_tries" if isinstance(refused, Refused) else ASKED}


def is_asked(tracker: Tracker) -> bool:
    """Whether the form waits for a code."""
    return tracker.get_slot("asked_step") in (ASKED, ASKED_AGAIN)


def ask(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Ask for the code, in place of a time."""
    address = contact_of(tracker).email or ""
    text = said(tracker)[str(tracker.get_slot("asked_step"))]
    say(dispatcher, text.format(address=address, contact=whom_to_write()), expects="code")
    return [SlotSet("asked_step", ASKED_AGAIN)]


async def read(
    turn: Turn,
    tracker: Tracker,
    dispatcher: CollectingDispatcher,
    hold: Callable[[str, Tracker], Awaitable[dict[str, Any]]],
) -> dict[str, Any]:
    """Return what a code that was typed, or the wish for a new one, fills; nothing where the turn is about something else."""
    wanted = str(tracker.get_slot("held_opening") or "")
    if turn.chosen:
        return {}
    if code := CODE.search(turn.text):
        try:
            right = await (await shared_desk()).proves(re.sub(r"\D", "", code[0]), tracker.sender_id)
        except DatabaseUnreachable:
            return {"opening": None, "asked_step": "not_kept"}
        if right:
            return await hold(wanted, tracker)
        say(dispatcher, said(tracker)["wrong_code"])
        return {"opening": None, "asked_step": ASKED_AGAIN}
    if _NEW_CODE.search(turn.text):
        sent = await begin(wanted, tracker)
        if sent["asked_step"] == ASKED:
            say(dispatcher, said(tracker)["code_again"])
            sent["asked_step"] = ASKED_AGAIN
        return sent
    return {}
