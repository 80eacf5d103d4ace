"""Serves one side of the measurement: `python -m bench.serve ours` or `floor`.

The limits of requests a minute are off, as one machine plays all the parents. The floor is the same channel with the same
database, which says each message back without understanding it.
"""

from __future__ import annotations

import sys
from typing import Any

from assistant.engine import agent
from assistant.engine.quiet import ignore_warnings
from assistant.serve import models, server
from assistant.store.rate_limit import RateLimit


class Echo:
    """Stands in for Rasa's agent."""

    action_endpoint = object()

    def is_ready(self) -> bool:
        """Return True: there is nothing to load."""
        return True

    async def handle_message(self, message: Any) -> None:
        """Say the message back by its own channel."""
        await message.output_channel.send_text_message(message.sender_id, message.text)


def main() -> None:
    """Serve until ended."""
    ignore_warnings()
    RateLimit.wait_seconds = lambda self, key: 0  # type: ignore[method-assign]
    if sys.argv[1] == "floor":
        agent.load_assistant = lambda *_: Echo()  # type: ignore[assignment]
        vars(server)["current_model"] = lambda: models.MODELS
    server.serve()


if __name__ == "__main__":
    main()
