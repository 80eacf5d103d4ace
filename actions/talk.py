"""The actions of the talk outside booking: one a kind of turn, each a thin coat over assistant.talk."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.book.booked import answer_late_press, is_late_press
from actions.change.whose import has_call
from actions.change.words import CANCEL, changes_in_spanish, wished_change
from actions.delete import PENDING, answered, ask_to_delete
from actions.form_base import forgotten, say_beside
from actions.in_spanish import asks_more_in_spanish, small_reply
from actions.letter import LETTER_FORM
from actions.named import NamedAction
from actions.speaking import memory_of, remember, speak, today, turn_of
from actions.tongue import said
from assistant.booking import read_contact
from assistant.booking.desk.shared import consultation, give_back
from assistant.knowledge.library import library
from assistant.talk.acts import warm_sentence
from assistant.talk.answering import compose
from assistant.talk.conversation import TURNS, not_twice
from assistant.talk.deleting import wants_deleted
from assistant.talk.noting import noted
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.talk.spanish import BOOK, BOOKING_TOLD, answer_in_spanish, asked_in_spanish, booking_in_spanish
from assistant.talk.spanish_acts import act_in_spanish
from assistant.talk.starting_over import starts_over
from assistant.talk.to_us import wants_no_call
from assistant.talk.turn import Memory
from assistant.talk.understanding import Question
from assistant.talk.whether import asks_whether

_CALLS = frozenset({"book_consultation", "ask_human", "change_booking"})
"""Intents of who wants to be called."""
_LIKELY = 3


def _leaves_address(text: str) -> bool:
    contact = read_contact(text, asked_name=False).contact
    return bool(contact.email or contact.phone)


class _Says(Action, ABC):  # abstract: the action server registers every concrete Action it finds
    """Says what one function of assistant.talk.conversation makes of the turn."""

    @property
    @abstractmethod
    def kind(self) -> str:
        """The function's name, and the action's without `action_`."""

    def name(self) -> str:
        return f"action_{self.kind}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        memory = memory_of(tracker)
        if not tracker.active_loop_name:
            turn = turn_of(tracker)
            if self.kind != "stop" and not turn.chosen and starts_over(turn):
                return [FollowupAction("action_stop")]  # "ok lets start over please", whatever else it seems
            if asks_more_in_spanish(turn):
                return [FollowupAction("action_spanish")]
            if reply := small_reply(turn, tracker):
                _, after = TURNS[self.kind](turn, memory, library(), today())
                speak(dispatcher, [reply])
                return remember(memory, after)
            replies, after = TURNS[self.kind](turn, memory, library(), today())
            _speak_anew(dispatcher, tracker, replies, noted(self.kind, turn, replies, after, library()))
            return remember(memory, after)
        return say_beside(self.kind, tracker, dispatcher)


class ActionAnswer(_Says):
    """Say what the question's answer file says to a family with this plan; who wants the talk deleted is asked whether to."""

    kind = "answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory of the talk."""
        if wants_deleted(turn_of(tracker)):
            return ask_to_delete(dispatcher, tracker)
        return await super().run(dispatcher, tracker, domain)


class ActionClarify(_Says):
    """Ask which question was meant."""

    kind = "clarify"


class ActionLost(ActionClarify):
    """What Rasa turns to where no rule fits: the same words, and the turn ends.

    Without the listening Rasa would find no rule again, and say it again, ten times over.
    """

    def name(self) -> str:
        """Return its name in domain.yml."""
        return "action_lost"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory, and that the turn ends."""
        return [*await super().run(dispatcher, tracker, domain), FollowupAction("action_listen")]


class ActionOutOfScope(_Says):
    """Name a stranger's topic as such; who leaves a number and may want the call is led into the booking."""

    kind = "out_of_scope"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory, or what begins the booking."""
        turn = turn_of(tracker)
        may_want = _CALLS & set(turn.ranking[:_LIKELY])
        if may_want and not tracker.active_loop_name and _leaves_address(turn.text):
            return [FollowupAction("booking_form")]
        return await super().run(dispatcher, tracker, domain)


class ActionRepeat(_Says):
    """Say the last answer simpler."""

    kind = "repeat"


class ActionInform(_Says):
    """Take a detail: a plan, a condition, a state."""

    kind = "inform"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory, or what an old button of a booking begins."""
        if is_late_press(turn_of(tracker), tracker):
            return await answer_late_press(dispatcher, tracker)
        return await super().run(dispatcher, tracker, domain)


class ActionFeelings(_Says):
    """Say one warm sentence."""

    kind = "feelings"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory of the talk."""
        if not tracker.active_loop_name or tracker.get_slot("after_crisis"):
            return await super().run(dispatcher, tracker, domain)
        speak(dispatcher, [Reply(warm_sentence(turn_of(tracker), library()), "asked")])  # the form leads on
        return []


class ActionNotHelpful(_Says):
    """Take "that is wrong"."""

    kind = "not_helpful"


class ActionDeny(_Says):
    """Take a no."""

    kind = "deny"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory of the talk."""
        if tracker.get_slot("pending") == PENDING and not tracker.active_loop_name:
            return answered(dispatcher, tracker, yes=False)
        return await super().run(dispatcher, tracker, domain)


class ActionCrisis(_Says):
    """Say the fixed words for danger, and let go of any form."""

    kind = "crisis"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory, and what ends any form."""
        form = tracker.active_loop_name
        paused = (
            [SlotSet("paused_form", form)] if form else []
        )  # "can I still do that call" finds it as it was
        return [*await super().run(dispatcher, tracker, domain), *_ended(tracker), *paused]


class ActionSpanish(NamedAction):
    """Answer in Spanish; who asks for the call is led into the booking, which reads Spanish."""

    called = "action_spanish"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory, or what begins the booking."""
        memory, turn = memory_of(tracker), turn_of(tracker)
        if changes_in_spanish(turn.text):
            return [FollowupAction("action_change_booking")]
        act = act_in_spanish(turn.text)
        if act and (act[0] != "hello" or memory.told):  # the first time, hello says who speaks
            reply = small_reply(replace(turn, intent=act[1].intent), tracker)
            if reply:
                speak(dispatcher, [reply])
                return [SlotSet("failures", 0)]
        if asked_in_spanish(turn.text) == BOOK and not tracker.active_loop_name:
            speak(dispatcher, [Reply(booking_in_spanish(), "booking")])
            kept = memory.with_(told=[BOOKING_TOLD, *(memory.told or ())])
            return [*remember(memory, kept), FollowupAction("booking_form")]
        replies, after = answer_in_spanish(turn, memory, library(), today())
        speak(dispatcher, replies)
        return remember(memory, after)


class ActionAffirm(_Says):
    """Take a yes: it starts the booking where the call was offered, and deletes where that was asked."""

    kind = "affirm"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory, or what the yes begins."""
        doubts = asks_whether(turn_of(tracker))  # "is that true" is no yes
        pending = None if tracker.active_loop_name or doubts else tracker.get_slot("pending")
        if pending == PENDING:
            return answered(dispatcher, tracker, yes=True)
        if pending == "call":
            return [SlotSet("pending", None), FollowupAction("booking_form")]
        return await super().run(dispatcher, tracker, domain)


class ActionHuman(_Says):
    """Say how to reach a person, and begin to book the call with one."""

    kind = "human"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory, and what begins the booking."""
        if tracker.active_loop_name and not tracker.get_slot("after_crisis"):
            reply = compose(library(), Question("ask_human", aside="ask_human"), today())
            speak(dispatcher, [replace(reply, buttons=[])])
            return []
        said = await super().run(dispatcher, tracker, domain)
        begins = not wants_no_call(turn_of(tracker))
        if begins and not tracker.active_loop_name and not tracker.get_slot("after_crisis"):
            said.append(FollowupAction("booking_form"))
        return said


class ActionStop(_Says):
    """Drop what is going on; "start over" forgets the talk as well."""

    kind = "stop"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory, and what ends any form."""
        if wants_deleted(turn_of(tracker)):
            return ask_to_delete(dispatcher, tracker)
        form = tracker.active_loop_name
        if not form and asks_more_in_spanish(turn_of(tracker)):
            return [FollowupAction("action_spanish")]
        if form:
            await give_back(tracker.sender_id)
        elif wished_change(turn_of(tracker).text) == CANCEL and await has_call(tracker.sender_id):
            return [FollowupAction("action_change_booking")]  # "i need to cancel that"
        memory = memory_of(tracker)
        replies, after = TURNS[self.kind](turn_of(tracker), memory, library(), today())
        anew = starts_over(turn_of(tracker))
        if not form and (reply := small_reply(turn_of(tracker), tracker)):
            replies = [reply]
        if form and not anew:
            stopped = PHRASES.letter["stopped"] if form == LETTER_FORM else said(tracker)[f"stopped_{form}"]
            replies = [Reply(stopped, "asked")]
        _speak_anew(dispatcher, tracker, replies)
        if not anew:
            return [*remember(memory, after), *_ended(tracker), *forgotten(form)]
        return [AllSlotsReset(), ActiveLoop(None), SlotSet("limits_told", True)]


class ActionGreet(NamedAction):
    """Say hello: with the limits of the assistant the first time, shortly afterwards."""

    called = "action_greet"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what changed in the memory of the talk."""
        memory: Memory = memory_of(tracker)
        if tracker.active_loop_name:
            speak(dispatcher, [Reply(PHRASES.hello, "answered")])
            return []
        if (
            _response_said_last(tracker) == "utter_greet_again"
        ):  # twice the same sounds like a machine that hangs
            speak(dispatcher, [Reply(PHRASES.hello_still, "asked")])
        else:
            dispatcher.utter_message(
                response="utter_greet_again" if memory.limits_told else "utter_greet",
                minutes=consultation().minutes,
            )
        return [SlotSet("limits_told", True), SlotSet("failures", 0)]


def _said_last(tracker: Tracker) -> dict[str, Any]:
    """Return the event of what was said last."""
    said: dict[str, Any] = next(
        (event for event in reversed(tracker.events) if event.get("event") == "bot"), {}
    )
    return said


def _response_said_last(tracker: Tracker) -> str:
    """Return the name of the response that was said last; empty where an action said it in its own words."""
    return str((_said_last(tracker).get("metadata") or {}).get("utter_action") or "")


def _speak_anew(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    replies: list[Reply],
    note: dict[str, Any] | None = None,
) -> None:
    """Say the replies, in other words where the same prompt was said just before."""
    speak(dispatcher, not_twice(replies, str(_said_last(tracker).get("text") or "")), note)


class ActionGoodbye(NamedAction):
    """Say goodbye; a form that was going on is let go, what it holds is given back."""

    called = "action_goodbye"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return what ends any form."""
        if tracker.active_loop_name == "booking_form":
            await give_back(tracker.sender_id)
            speak(dispatcher, [Reply(said(tracker)["goodbye"], "answered")])
        else:
            dispatcher.utter_message(response="utter_goodbye")
        return [*_ended(tracker), *forgotten(tracker.active_loop_name)]


def _ended(tracker: Tracker) -> list[EventType]:
    """Return the events that let a form go; nothing when none is going on."""
    if not tracker.active_loop_name:
        return []
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("asked_step", None)]
