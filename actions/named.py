"""What every action of ours has: a name in domain.yml, written as `called`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict


class NamedAction(Action, ABC):
    """An action whose name stands in the class."""

    called: ClassVar[str]

    def name(self) -> str:
        """Return the name that domain.yml has for it."""
        return self.called

    @abstractmethod
    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Read the talk, speak through the dispatcher, return what the tracker has to remember."""
