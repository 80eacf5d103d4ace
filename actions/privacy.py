"""Deletes what the parent wrote, when they say so twice."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.speaking import speak, turn_of
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import DELETED, Button, Reply

SAY = PHRASES.deleting


class ActionDeleteTalk(Action):
    """Ask once, then let the channel delete the talk: it alone knows all that the talk left."""

    def name(self) -> str:
        return "action_delete_talk"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        answer = turn_of(tracker).values("confirm")
        if answer == ["yes"]:
            speak(dispatcher, [Reply(SAY["done"], "answered", card={"kind": DELETED})])
            return [AllSlotsReset(), ActiveLoop(None), SlotSet("limits_told", True)]
        if answer == ["no"]:
            speak(dispatcher, [Reply(SAY["kept"], "answered")])
            return []
        buttons = [Button(SAY[word], f'/delete_talk{{"confirm": "{word}"}}') for word in ("yes", "no")]
        speak(dispatcher, [Reply(SAY["ask"], "asked", buttons)])
        return []
