"""Answers "what is 60 days from Oct. 3"."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.named import NamedAction
from actions.speaking import speak, today, turn_of
from assistant.talk.days import BUSINESS, SCHOOL, Count, read_count, spelled
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply

SAY = PHRASES.days


class ActionCountDays(NamedAction):
    """Say which day it is, and what the count rests on."""

    called = "action_count_days"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Return no event that the talk has to remember beside the reply."""
        count = read_count(turn_of(tracker).text, today())
        reply = Reply(SAY["what"], "asked") if count is None else Reply(_told(count), "answered")
        speak(dispatcher, [reply])
        return [] if tracker.active_loop_name else [SlotSet("failures", 0), SlotSet("pending", None)]


def _told(count: Count) -> str:
    start, end, number = spelled(count.start), count.end, abs(count.number)
    if count.counts == SCHOOL or end is None:
        return SAY["school"].format(number=number, start=start)
    kind = "business " if count.counts == BUSINESS else ""
    unit = f"{kind}{count.unit}{'' if number == 1 else 's'}"
    said = SAY["is_day_before" if count.number < 0 else "is_day"].format(
        number=number, unit=unit, start=start, end=spelled(end)
    )
    return f"{said} {SAY['business' if count.counts == BUSINESS else 'check']}"
