"""The actions of the talk outside booking: one a kind of turn, each a thin coat over assistant.talk."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.speaking import memory_of, remember, speak, today, turn_of
from assistant.knowledge.library import library
from assistant.talk.conversation import TURNS
from assistant.talk.turn import Memory


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
        replies, after = TURNS[self.kind](turn_of(tracker), memory, library(), today())
        speak(dispatcher, replies)
        return remember(memory, after)


class ActionAnswer(_Says):
    """Say what the question's answer file says to a family with this plan."""

    kind = "answer"


class ActionClarify(_Says):
    """Ask which question was meant."""

    kind = "clarify"


class ActionLost(ActionClarify):
    """What Rasa turns to where no rule fits: the same words, and the turn ends.

    Without the listening Rasa would find no rule again, and say it again, ten times over.
    """

    def name(self) -> str:
        return "action_lost"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        return [*await super().run(dispatcher, tracker, domain), FollowupAction("action_listen")]


class ActionOutOfScope(_Says):
    """Name a stranger's topic as such."""

    kind = "out_of_scope"


class ActionRepeat(_Says):
    """Say the last answer simpler."""

    kind = "repeat"


class ActionInform(_Says):
    """Take a detail: a plan, a condition, a state."""

    kind = "inform"


class ActionFeelings(_Says):
    """Say one warm sentence."""

    kind = "feelings"


class ActionNotHelpful(_Says):
    """Take "that is wrong"."""

    kind = "not_helpful"


class ActionDeny(_Says):
    """Take a no."""

    kind = "deny"


class ActionCrisis(_Says):
    """Say the fixed words for danger, and let go of any form."""

    kind = "crisis"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        said = await super().run(dispatcher, tracker, domain)
        if tracker.active_loop_name:
            said += [ActiveLoop(None), SlotSet("requested_slot", None)]
        return said


class ActionAffirm(_Says):
    """Take a yes: it starts the booking where the call was offered."""

    kind = "affirm"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if tracker.get_slot("pending") == "call" and not tracker.active_loop_name:
            return [SlotSet("pending", None), FollowupAction("booking_form")]
        return await super().run(dispatcher, tracker, domain)


class ActionHuman(_Says):
    """Say how to reach a person, and begin to book the call with one."""

    kind = "human"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        said = await super().run(dispatcher, tracker, domain)
        if not tracker.active_loop_name and not tracker.get_slot("after_crisis"):
            said.append(FollowupAction("booking_form"))
        return said


class ActionStop(_Says):
    """Drop what is going on; "start over" forgets the talk as well."""

    kind = "stop"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        said = await super().run(dispatcher, tracker, domain)
        if any(event.get("value") is None and event.get("name") == "question" for event in said):
            return [AllSlotsReset(), ActiveLoop(None), SlotSet("limits_told", True)]
        if tracker.active_loop_name:
            said += [ActiveLoop(None), SlotSet("requested_slot", None)]
        return said


class ActionGreet(Action):
    """Say hello: with the limits of the assistant the first time, shortly afterwards."""

    def name(self) -> str:
        return "action_greet"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        memory: Memory = memory_of(tracker)
        dispatcher.utter_message(response="utter_greet_again" if memory.limits_told else "utter_greet")
        return [SlotSet("limits_told", True), SlotSet("failures", 0)]
