"""A talk's event as a row of the database: whatever may hold words is sealed with the server's secret.

The columns beside it name only what is ours: the kind of event, the intent, the action or slot. A row in clear, of a version that did not
seal, is read as it is; it goes with its talk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.fernet import InvalidToken

from assistant.sealed import Secrets, cipher

WITHOUT_WORDS = frozenset({"action", "active_loop", "reset_slots", "restart", "session_started"})
"""Events that name only what is ours. They are half of a turn's rows: opening them would cost a turn a millisecond."""


class CannotOpen(RuntimeError):
    """A row was sealed with a secret that this server does not have; the text says what to do."""


class SealedRows:
    """Makes rows of events, and events of rows.

    Args:
        secrets: The server's; the first one seals, each opens.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._cipher = cipher("tracker", secrets)

    def row(self, talk: str, event: Mapping[str, Any]) -> dict[str, Any]:
        """Return an event as the columns of its row."""
        return {
            "sender_id": talk,
            "type_name": event["event"],
            "timestamp": event.get("timestamp"),
            "intent_name": ((event.get("parse_data") or {}).get("intent") or {}).get("name"),
            "action_name": event.get("name"),
            "data": self.data(event),
        }

    def data(self, event: Mapping[str, Any]) -> str:
        """Return an event as the text that is stored."""
        text = json.dumps(event)
        return text if event["event"] in WITHOUT_WORDS else self._cipher.encrypt(text.encode()).decode()

    def event(self, data: str) -> dict[str, Any]:
        """Return the event of a stored text.

        Raises:
            CannotOpen: It was sealed with another secret, or was changed since.
        """
        try:
            text = data if data.startswith("{") else self._cipher.decrypt(data.encode())
            return dict(json.loads(text))
        except (InvalidToken, ValueError):
            raise CannotOpen(
                "A talk can't be opened: it was written under another secret, or its row was changed. Put the secret of before into "
                "WHICHPLAN_SECRET_OLD."
            ) from None

    def events(self, found: Iterable[Any]) -> list[dict[str, Any]]:
        """Return the events of rows.

        Raises:
            CannotOpen: One of them can't be opened.
        """
        read = [row.data for row in found]  # to the end: an error half way would leave the statement open
        return [self.event(data) for data in read]
