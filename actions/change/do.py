"""The way into the form that changes a call, and what is done at its end; the database has the last word."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.book.offer import why_gone
from actions.change.whose import call_meant, unreachable
from actions.change.words import (
    CANCEL,
    MOVE,
    of_ours,
    wished_change,
)
from actions.form_base import forgotten, say
from actions.named import NamedAction
from actions.speaking import memory_of, remember, speak, today, turn_of
from actions.tongue import buttons, call_when, said, speaks_spanish
from assistant.booking import (
    Booked,
    CalendarUnreachable,
    Cancelled,
    DatabaseUnreachable,
    Refused,
    Taken,
)
from assistant.booking.desk.shared import shared_desk
from assistant.knowledge.library import library
from assistant.nlu.language import Language, language_of
from assistant.talk.conversation import TURNS
from assistant.talk.meant import as_question
from assistant.talk.questions import clarify
from assistant.talk.reply import Button
from assistant.talk.spanish import BOOK, answer_in_spanish, asked_in_spanish
from assistant.talk.to_us import wants_no_call


class ActionChangeBooking(NamedAction):
    """Take "move my call": to the form that does so, or on with a booking that was never finished."""

    called = "action_change_booking"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what leads into a form; nothing where no call of ours is meant."""
        try:
            calls = await (await shared_desk()).upcoming(tracker.sender_id)
        except DatabaseUnreachable:
            speak(dispatcher, [unreachable(tracker)])
            return []
        turn, memory = turn_of(tracker), memory_of(tracker)
        if not calls and wants_no_call(turn):  # "dont offer me a call again"
            replies, after = TURNS["deny"](turn, memory, library(), today())
            speak(dispatcher, replies)
            return remember(memory, after)
        if not (calls or turn.chosen or of_ours(turn.text)):  # "make them move the other kid"
            if speaks_spanish(tracker) or language_of(turn.text) is Language.SPANISH:
                if (
                    asked_in_spanish(turn.text) == BOOK
                ):  # "quiero cita" sounds like a change to the classifier of English
                    return [FollowupAction("action_spanish")]
                replies, after = answer_in_spanish(turn, memory, library(), today())
            else:
                replies, after = clarify(as_question(turn, library()), memory, library(), today())
            speak(dispatcher, replies)
            return remember(memory, after)
        begun = tracker.get_slot("contact_name") or tracker.get_slot("contact_address")
        if not calls and begun and wished_change(turn_of(tracker).text) != CANCEL:
            return [FollowupAction("booking_form")]
        cleared = forgotten("change_form")
        return [*cleared, FollowupAction("change_form")]


class ActionChangeCall(NamedAction):
    """Move, cancel or keep the call; the database has the last word."""

    called = "action_change_call"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that clear the form, or lead back into it where the new time was taken."""
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
                        SlotSet("asked_step", await why_gone(opening)),
                    ]
                    return [*again, FollowupAction("change_form")]
                _say_result(dispatcher, tracker, moved)
                return cleared
            if choice == CANCEL:
                _say_result(dispatcher, tracker, await desk.cancel(call_id, conversation=tracker.sender_id))
                return cleared
            call = await call_meant(tracker)
        except (CalendarUnreachable, DatabaseUnreachable):
            speak(dispatcher, [unreachable(tracker)])
            return cleared
        if call is not None:
            say(dispatcher, said(tracker)["kept"].format(when=call_when(tracker, call)))
        return cleared


def _say_result(
    dispatcher: CollectingDispatcher, tracker: Tracker, result: Booked | Cancelled | Refused
) -> None:
    if isinstance(result, Booked):
        call = result.call
        say(
            dispatcher,
            said(tracker)["moved" if call.email else "moved_phone"].format(when=call_when(tracker, call)),
            [Button(buttons(tracker)["change_call"], "/change_booking")],
            kind="booking",
            when=call.when,
            booking=call.id,
        )
    elif isinstance(result, Cancelled):
        text = said(tracker)["cancelled"].format(when=call_when(tracker, result.call))
        say(dispatcher, text, [Button(buttons(tracker)["book"], "/book_consultation")])
    else:
        say(dispatcher, said(tracker)["none_booked"])
