"""The questions of the form that books a call, and the booking itself; the database has the last word."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.book import prove as proof
from actions.book.booked import say_booked
from actions.book.offer import (
    ask_zone,
    contact_of,
    known_zone,
    offer,
    why_gone,
    wish_of,
    zone_of,
)
from actions.book.ways import ASK_ZONE
from actions.form_base import (
    forgotten,
    prompt,
    say,
)
from actions.named import NamedAction
from actions.speaking import speak, turn_of
from actions.tongue import buttons, errors, said, speaks_spanish, when, wish_words
from assistant.booking import (
    Booked,
    CalendarUnreachable,
    DatabaseUnreachable,
    Refused,
    Taken,
    Why,
    address_words,
    opening_named,
)
from assistant.booking.desk.shared import consultation, shared_desk, whom_to_write
from assistant.booking.said import too_many
from assistant.talk.reply import Button, Reply


class _Asks(Action, ABC):
    """Asks for one step of the booking."""

    @property
    @abstractmethod
    def step(self) -> str:
        """The slot to ask for."""

    def name(self) -> str:
        """Return Rasa's name for what asks for this slot of the form."""
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
        """Return the events that remember that it was asked."""
        text, asked = self.question(tracker)
        if tracker.get_slot("asked_step") is None:
            text = await self._start(tracker, text)
        say(dispatcher, text, expects="name")
        return asked

    async def _start(self, tracker: Tracker, text: str) -> str:
        """Return the first words of a booking; what the parent gave at once is said back, not asked."""
        wish, contact = await wish_of(tracker), contact_of(tracker)
        parts = [] if speaks_spanish(tracker) else [said(tracker)["start"]]  # said in Spanish before
        if wish is not None and not wish.any_time:
            parts.append(said(tracker)["noted_wish"].format(wish=wish_words(tracker, wish)))
        if contact.email or contact.phone:
            parts += [
                said(tracker)["got_address"].format(address=address_words(contact)),
                said(tracker)["ask_only_name"],
            ]
        else:
            parts.append(text)
        return " ".join(parts)


class ActionAskContactAddress(_Asks):
    """Ask where the invitation goes."""

    step = "contact_address"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that remember that it was asked."""
        text, asked = self.question(tracker)
        if "@" in str(tracker.get_slot("meant_address")) and "@" in turn_of(tracker).text:
            return asked  # "did you mean …" was asked just now
        by_email = tracker.get_slot("asked_step") == proof.NEEDS_EMAIL
        if by_email:
            text = said(tracker)[proof.NEEDS_EMAIL].format(contact=whom_to_write())
        say(dispatcher, text, expects="email" if by_email else "address")
        return asked


class ActionAskOpening(_Asks):
    """Show free times."""

    step = "opening"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the slots that hold what was offered."""
        if proof.is_asked(tracker):
            return proof.ask(dispatcher, tracker)
        if tracker.get_slot("asked_step") == ASK_ZONE:
            return ask_zone(dispatcher, tracker)
        elsewhere = tracker.get_latest_input_channel() != "web"  # a browser would have told its zone
        if elsewhere and known_zone(tracker) is None and tracker.get_slot("asked_step") != "zone":
            return ask_zone(dispatcher, tracker)
        return await offer(dispatcher, tracker, self.step)


class ActionAskBookingConfirmed(_Asks):
    """Say the whole call back and ask for the yes."""

    step = "booking_confirmed"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that remember that it was asked; the time is asked again where the hold is gone."""
        text, asked = prompt(tracker, self.step)
        reason = tracker.get_slot("reason")
        text = text.format(
            when=_held_for(tracker),
            name=tracker.get_slot("contact_name"),
            address=address_words(contact_of(tracker)),
            reason_line=said(tracker)["reason_line"].format(reason=reason) if reason else "",
            contact=whom_to_write(),
        )
        choices = [
            Button(buttons(tracker)["yes_book"], '/inform{"confirm": "yes"}'),
            Button(buttons(tracker)["another_time"], '/inform{"confirm": "no"}'),
        ]
        say(dispatcher, text, choices, expects="confirmation")
        return asked


def _held_for(tracker: Tracker) -> str:
    """Return when the call would be, in the parent's language."""
    held = opening_named(str(tracker.get_slot("held_opening") or ""), consultation().length)
    return when(tracker, held.start, zone_of(tracker)) if held else str(tracker.get_slot("held_for"))


class ActionBook(NamedAction):
    """Book the held opening; the database has the last word."""

    called = "action_book"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that clear the form, or lead back into it where the time was taken."""
        if tracker.get_slot("booking_confirmed") is not True:
            return []  # the form was left
        try:
            result = await _confirmed(tracker)
        except (CalendarUnreachable, DatabaseUnreachable):
            speak(dispatcher, [Reply(errors(tracker)["booking"].format(contact=whom_to_write()), "error")])
            return [SlotSet("booking_confirmed", None), SlotSet("pending", "call")]
        if isinstance(result, Booked):
            say_booked(dispatcher, tracker, result.call)
        elif isinstance(result, Refused) and result.why is Why.TOO_MANY_OPEN:
            _say_too_many(dispatcher, tracker)
        else:
            return await _asks_the_time_again(tracker, result)
        return [*forgotten("booking_form"), SlotSet("pending", None)]


async def _confirmed(tracker: Tracker) -> Booked | Taken | Refused:
    """Return what became of the held opening.

    Raises:
        CalendarUnreachable: No calendar can be seen.
        DatabaseUnreachable: The database does not answer.
    """
    held = str(tracker.get_slot("opening"))
    return await (await shared_desk()).confirm(
        held,
        contact_of(tracker),
        conversation=tracker.sender_id,
        zone=zone_of(tracker),
        reason=tracker.get_slot("reason") or "",
        key=f"{tracker.sender_id}:{held}",
        language="es" if speaks_spanish(tracker) else None,
    )


def _say_too_many(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    say(dispatcher, too_many(said(tracker)), [Button(buttons(tracker)["change_call"], "/change_booking")])


async def _asks_the_time_again(tracker: Tracker, result: Taken | Refused) -> list[EventType]:
    """Return the events that lead back into the form: the time is gone, or its e-mail has to be proven first."""
    held = str(tracker.get_slot("held_opening") or "")
    again = {"opening": None, "booking_confirmed": None, "wish": None, "asked_step": await why_gone(held)}
    if isinstance(result, Refused) and result.why is Why.UNPROVEN:
        again |= await proof.begin(held, tracker)
    return [*(SlotSet(slot, value) for slot, value in again.items()), FollowupAction("booking_form")]
