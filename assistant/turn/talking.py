"""One talk with a loaded assistant, past every channel: the terminal and the replay use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa.core.channels.channel import UserMessage

from assistant.talk.reply import Reply
from assistant.turn.collect import CollectedReplies, error_reply

if TYPE_CHECKING:
    from rasa.core.agent import Agent


class Talk:
    """A conversation.

    Args:
        agent: Answers.
        conversation: Id of the tracker.
        zone: The parent's time zone, as a browser tells it; empty when not known.
    """

    def __init__(self, agent: Agent, conversation: str, zone: str = "") -> None:
        self._agent = agent
        self.conversation = conversation
        self._zone = zone

    async def say(self, text: str) -> list[Reply]:
        """Return the replies to one message; a payload such as `/ask_cost` presses a button."""
        collected = CollectedReplies()
        await self._agent.handle_message(
            UserMessage(
                text,
                collected,
                self.conversation,
                input_channel="web",
                metadata={"timezone": self._zone, "talk": self.conversation},
            )
        )
        return collected.replies or [error_reply("action")]
