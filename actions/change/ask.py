"""The questions of the form that changes a call."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.book.offer import offer
from actions.change.whose import call_meant, own_calls
from actions.change.words import (
    CANCEL,
)
from actions.form_base import prompt, say
from actions.named import NamedAction
from actions.tongue import buttons, call_when, said
from assistant.booking.desk.shared import whom_to_write
from assistant.talk.reply import Button


class ActionAskChangeEmail(NamedAction):
    """Ask with which e-mail the call was booked."""

    called = "action_ask_change_form_change_email"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that remember that it was asked."""
        text, asked = prompt(tracker, "change_email")
        say(
            dispatcher,
            text.format(contact=whom_to_write()),
            [Button(buttons(tracker)["book"], "/book_consultation")],
            expects="email",
        )
        return asked


class ActionAskChangeCode(NamedAction):
    """Ask for the six digits."""

    called = "action_ask_change_form_change_code"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that remember that it was asked."""
        text, asked = prompt(tracker, "change_code")
        say(
            dispatcher,
            text.format(address=tracker.get_slot("change_email"), contact=whom_to_write()),
            expects="code",
        )
        return asked


class ActionAskChangeCall(NamedAction):
    """Ask which of several calls is meant."""

    called = "action_ask_change_form_change_call"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that remember that it was asked."""
        text, asked = prompt(tracker, "change_call")
        calls = await own_calls(tracker)
        choices = [Button(call_when(tracker, call), f'/inform{{"call": "{call.id}"}}') for call in calls]
        say(dispatcher, text.format(contact=whom_to_write()), choices)
        return asked


class ActionAskChangeChoice(NamedAction):
    """Say when the call is, and ask what shall become of it."""

    called = "action_ask_change_form_change_choice"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that remember that it was asked; the form ends where the call is gone."""
        text, asked = prompt(tracker, "change_choice")
        call = await call_meant(tracker)
        if call is None:
            say(dispatcher, said(tracker)["none_booked"])
            return [*asked, SlotSet("requested_slot", None)]
        cancels = tracker.get_slot("change_wish") == CANCEL
        if cancels and tracker.get_slot("asked_step") != "change_choice":
            text = said(tracker)["ask_cancel"]
        move = Button(buttons(tracker)["another_time"], '/inform{"change": "move"}')
        cancel = Button(
            buttons(tracker)["yes_cancel" if cancels else "cancel_call"], '/inform{"change": "cancel"}'
        )
        keep = Button(buttons(tracker)["keep_call"], '/inform{"change": "keep"}')
        choices = [cancel, keep, move] if cancels else [move, cancel, keep]
        text = text.format(when=call_when(tracker, call), contact=whom_to_write())
        say(dispatcher, text, choices)
        return asked


class ActionAskChangeOpening(NamedAction):
    """Show free times for a call that moves."""

    called = "action_ask_change_form_change_opening"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the slots that hold what was offered."""
        return await offer(dispatcher, tracker, "change_opening", await call_meant(tracker))
