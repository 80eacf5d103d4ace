"""Runs the actions in Rasa's own process, over the seam that Rasa has for an action server.

Rasa calls a separate server over HTTP, sends it the whole talk each time, and says nothing to the
parent when it is down. Here the same rasa_sdk executor answers the same call in the process.
`WHICHPLAN_ACTIONS_URL` brings the separate server back, for many workers.
"""

from __future__ import annotations

import logging
from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from assistant.turn.collect import error_reply

log = logging.getLogger(__name__)


class InProcessActions(EndpointConfig):
    """An action endpoint whose server is this process.

    Args:
        package: The package whose actions are registered.
    """

    def __init__(self, package: str = "actions") -> None:
        # Without `selective_domain` Rasa would write out the whole domain for each action.
        super().__init__(url="in-process://actions", selective_domain=True)
        self._executor = ActionExecutor()
        logging.getLogger("rasa_sdk.executor").setLevel(logging.WARNING)  # one line an action at start
        self._executor.register_package(package)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action that Rasa asks for; a failed one says so to the parent, and why to the log."""
        call = kwargs["json"]
        try:
            return await self._executor.run(call)
        except Exception:
            log.exception("%s failed", call.get("next_action"))
            said = error_reply("action")
            return {"events": [], "responses": [{"text": said.text, "reply": said.to_json()}]}

    def names(self) -> list[str]:
        """Return the names of the actions."""
        return list(self._executor.actions)

    async def alive(self) -> bool:
        """Say whether there are actions to run."""
        return bool(self._executor.actions)
