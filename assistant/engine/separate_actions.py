"""The actions on a server of their own (`WHICHPLAN_ACTIONS_URL`), which can be asked whether it is there."""

from __future__ import annotations

import logging
from urllib.parse import urljoin

import aiohttp
from rasa.utils.endpoints import EndpointConfig

log = logging.getLogger(__name__)

ALIVE_SECONDS = 1.0


class SeparateActions(EndpointConfig):
    """An action endpoint over HTTP: rasa_sdk's server, `/webhook` for actions, `/health` beside it.

    Args:
        url: Address of its webhook.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._health = urljoin(url, "health")

    async def alive(self) -> bool:
        """Say whether the server answers, within a second."""
        timeout = aiohttp.ClientTimeout(total=ALIVE_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self._health) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.error("the action server does not answer: %s", type(error).__name__)
            return False
