"""What every form does at every step: take a value, go back, let a question or danger pass, explain itself.

Rasa's own loop does the rest: when a form takes nothing from a message, the rule for the message's
intent runs, and then the form asks again (RulePolicy). So a form has to say precisely what is its own.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.speaking import turn_of
from assistant.talk.turn import Turn

LEAVES = frozenset({"crisis", "stop"})
"""Intents that end a form: their own actions let it go."""
_BACK = re.compile(
    r"^(?:please )?(?:go |step )?back(?: one| a step| please)?[.! ]*$|\b(?:go back|previous (?:step|question)|undo)\b",
    re.IGNORECASE,
)
_QUESTION_WORDS = 4
ANSWERED_ASIDE = frozenset(
    {"thank", "goodbye", "share_feelings", "feedback_negative", "feedback_positive", "greet", "delete_talk"}
)
"""Small talk that its own rule answers in the middle of a form."""


def asks_something(turn: Turn) -> bool:
    """Whether the turn is for another rule and not a value for the form.

    Only intents with a rule of their own may leave a form: without one Rasa's fallback would go round in circles.
    """
    if turn.intent.startswith("ask_"):
        return turn.chosen or "?" in turn.text or len(turn.text.split()) >= _QUESTION_WORDS
    return turn.intent in ANSWERED_ASIDE


class RepairingForm(Action, ABC):
    """Validates one turn of a form. `steps` are its slots in the order in which they are asked."""

    @property
    @abstractmethod
    def form(self) -> str:
        """The form's name in domain.yml."""

    @property
    @abstractmethod
    def steps(self) -> tuple[str, ...]:
        """The form's required slots, in order."""

    @abstractmethod
    async def read(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> dict[str, Any]:
        """Return the slots that the turn fills or clears; nothing when it holds no value for the form."""

    @abstractmethod
    def not_understood(
        self, step: str, turn: Turn, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        """Say what kind of value the step needs."""

    async def started(self, turn: Turn, tracker: Tracker) -> dict[str, Any]:
        """Return the slots that the message which started the form already fills."""
        return {}

    def name(self) -> str:
        return f"validate_{self.form}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        step, turn = tracker.get_slot("requested_slot"), turn_of(tracker)
        if turn.intent in LEAVES:
            return []
        if step not in self.steps:
            return [SlotSet(slot, value) for slot, value in (await self.started(turn, tracker)).items()]
        if _BACK.search(turn.text):
            return [SlotSet(slot, None) for slot in self._before(step)]
        filled = await self.read(step, turn, tracker, dispatcher)
        if filled:
            return [SlotSet(slot, value) for slot, value in filled.items()]
        if asks_something(turn):
            return []  # its rule answers, then the form asks again
        self.not_understood(step, turn, tracker, dispatcher)
        return [SlotSet(step, None)]

    def _before(self, step: str) -> tuple[str, ...]:
        """Return the slots to clear so that the step before `step` is asked again."""
        place = self.steps.index(step)
        return (self.steps[max(place - 1, 0)], step)
