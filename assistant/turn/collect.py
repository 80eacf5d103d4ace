"""What one message is answered with: the replies that were said, and the two that need no turn."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from assistant.clock import now
from assistant.knowledge.library import library
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import crisis
from assistant.talk.reply import Reply
from assistant.talk.turn import Memory, Turn


class CollectedReplies(OutputChannel):
    """Collects what one message is answered with."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        """Return `web`, whatever channel the talk is on: Rasa wants a name of each output channel."""
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a reply of an action, or one that domain.yml words."""
        said = message.get("reply") or {  # a response of domain.yml
            "text": message.get("text"),
            "outcome": (message.get("metadata") or {}).get("outcome"),
            "buttons": message.get("buttons"),
        }
        if said.get("text"):
            self.replies.append(Reply.from_json(said))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keep a bare text."""
        self.replies.append(Reply(text))


def error_reply(kind: str) -> Reply:
    """Return a true sentence for something that went wrong; `kind` is a key of content/en/phrases/errors.yml."""
    return Reply(PHRASES.errors[kind], "error")


def crisis_reply() -> Reply:
    """Return the fixed words for danger, where no turn of the assistant could say them."""
    replies, _ = crisis(Turn("", "crisis"), Memory(), library(), now().date())
    return replies[0]
