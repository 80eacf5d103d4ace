"""Deletes what the parent wrote, when they say so twice."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.named import NamedAction
from actions.speaking import speak, turn_of
from assistant.knowledge.library import library
from assistant.talk.deleting import refuses
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import DELETED, Answered, Button, Reply

SAY = PHRASES.deleting
PENDING = "delete"
"""What the slot `pending` holds while a bare yes deletes and a bare no keeps."""


class ActionDeleteTalk(NamedAction):
    """Ask once, then let the channel delete the talk: it alone knows all that the talk left."""

    called = "action_delete_talk"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return the events that remember the question; the deletion itself is the channel's."""
        answer = turn_of(tracker).values("confirm")
        if answer:
            return answered(dispatcher, tracker, yes=answer == ["yes"])
        return ask_to_delete(dispatcher, tracker)


def ask_to_delete(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Ask whether to delete; a form waits meanwhile, or the next yes would answer its question. Who says it again means it."""
    turn = turn_of(tracker)
    if tracker.get_slot("pending") == PENDING and not turn.chosen and not refuses(turn.text):
        return answered(dispatcher, tracker, yes=True)
    buttons = [Button(SAY[word], f'/delete_talk{{"confirm": "{word}"}}') for word in ("yes", "no")]
    reviewed = library().answers["ask_privacy"].reviewed.isoformat()
    speak(
        dispatcher, [Reply(SAY["ask"], "asked", buttons, answer=Answered("ask_privacy", "either", reviewed))]
    )
    form = tracker.active_loop_name
    waits: list[Any] = [SlotSet("paused_form", form)] if form else []
    ended = [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("asked_step", None)] if form else []
    return [SlotSet("pending", PENDING), *waits, *ended]


def answered(dispatcher: CollectingDispatcher, tracker: Tracker, yes: bool) -> list[EventType]:
    """Do what the parent said to the question: delete, or keep and go on with the form that waits."""
    if yes:
        done = "done_in_slack" if tracker.get_latest_input_channel() == "slack" else "done"
        speak(dispatcher, [Reply(SAY[done], "answered", card={"kind": DELETED})])
        return [AllSlotsReset(), ActiveLoop(None), SlotSet("limits_told", True)]
    speak(dispatcher, [Reply(SAY["kept"], "answered")])
    form = tracker.get_slot("paused_form")
    return [SlotSet("pending", None), *([FollowupAction(form)] if form else [])]
