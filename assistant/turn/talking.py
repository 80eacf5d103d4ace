"""One talk with a loaded assistant, past every channel: the terminal and the replay use it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from assistant.clock import now
from assistant.knowledge.library import library
from assistant.talk.conversation import crisis
from assistant.talk.phrases import PHRASES
from assistant.talk.turn import Memory, Turn

if TYPE_CHECKING:
    from rasa.core.agent import Agent

    from assistant.store.tracker.store import TalkStore


class CollectedReplies(OutputChannel):
    """Collects what one message is answered with, as assistant.talk.reply.Reply.to_json gives it."""

    def __init__(self) -> None:
        self.replies: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        said = message.get("reply")
        if said is None:  # a response of domain.yml
            about = message.get("metadata") or {}
            said = {
                "text": message.get("text") or "",
                "outcome": about.get("outcome", "answered"),
                "buttons": message.get("buttons") or [],
            }
        if said.get("text"):
            self.replies.append(said)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        self.replies.append({"text": text, "outcome": "answered", "buttons": []})


def error_reply(kind: str) -> dict[str, Any]:
    """Return a true sentence for something that went wrong; `kind` is a key of content/phrases.yml, errors."""
    return {"text": PHRASES.errors[kind], "outcome": "error", "buttons": []}


def crisis_reply() -> dict[str, Any]:
    """Return the fixed words for danger, where no turn of the assistant could say them."""
    replies, _ = crisis(Turn("", "crisis"), Memory(), library(), now().date())
    return replies[0].to_json()


async def hear_once(
    hear: Callable[[UserMessage], Awaitable[Any]], message: UserMessage, store: TalkStore | None
) -> None:
    """Let a message be answered, unless its turn is stored already: then what was said goes out again.

    A process may die, or the transcript's database go away, between a turn and its delivery. The same message sent
    again would be taken for the next step of a form.

    Raises:
        TalksUnreachable: The store does not answer.
    """
    said = await store.said_after(message.sender_id, message.message_id) if store else None
    if not said or any((one.get("reply") or one).get("outcome") == "error" for one in said):
        await hear(message)
        return
    for one in said:
        await message.output_channel.send_response(message.sender_id, one)


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

    async def say(self, text: str) -> list[dict[str, Any]]:
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
