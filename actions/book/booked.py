"""The call that is booked, said once it is, and again to a button of a booking that is over."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.book.offer import zone_of
from actions.change.whose import own_calls, unreachable
from actions.form_base import say
from actions.speaking import speak
from actions.tongue import buttons, said, when
from assistant.booking import Call, Contact, DatabaseUnreachable
from assistant.booking.said import booked
from assistant.talk.reply import Button
from assistant.talk.turn import Turn

_OF_A_BOOKING = ("opening", "confirm", "zone", "address")
"""What the buttons of the form that books a call choose."""


def is_late_press(turn: Turn, tracker: Tracker) -> bool:
    """Whether a button of a booking was pressed when no form is going on any more."""
    return not tracker.active_loop_name and turn.chosen and any(map(turn.values, _OF_A_BOOKING))


async def answer_late_press(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Say the booked call again; without one, return what begins to book."""
    try:
        calls = await own_calls(tracker)
    except DatabaseUnreachable:
        speak(dispatcher, [unreachable(tracker)])
        return []
    if not calls:
        return [FollowupAction("booking_form")]
    say_booked(dispatcher, tracker, max(calls, key=lambda call: call.made_at))
    return []


def say_booked(dispatcher: CollectingDispatcher, tracker: Tracker, call: Call) -> None:
    """Say when the call is and where its invitation goes."""
    phrases = said(tracker)
    text = booked(
        phrases,
        when(tracker, call.start, zone_of(tracker)),
        Contact(call.name, call.email, call.phone),
        by_email=phrases["invitation_email"],
        by_phone=phrases["invitation_phone"],
    )
    change = Button(buttons(tracker)["change_call"], "/change_booking")
    say(dispatcher, text, [change], kind="booking", when=call.when, booking=call.id)
