"""Whose request it is: the address behind the proxies, and how much may come from it."""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING

from sanic.request import Request

from assistant.addresses import visitor
from assistant.channels.http import Refused
from assistant.settings import Settings
from assistant.store.limits import SharedLimit
from assistant.talk.phrases import PHRASES

if TYPE_CHECKING:
    pass

log = logging.getLogger(__name__)

ADDRESS_PER_MINUTE = 120


class Visitors:
    """Those who send requests, told apart by their address."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._address_limit = SharedLimit("address", ADDRESS_PER_MINUTE, settings)

    async def limit_address(self, request: Request) -> None:
        """Count a request of the parent's address.

        Raises:
            Refused: It was one too many within a minute.
        """
        if wait := await self._address_limit.wait_seconds(self.address(request)):
            raise Refused(429, "too_fast", PHRASES.errors["too_fast"], {"Retry-After": str(wait)})

    def address(self, request: Request) -> str:
        """Return the key of the parent's address, past the proxies that the settings trust."""
        forwarded = request.headers.getall("x-forwarded-for", [])
        if forwarded and not self._settings.trusted_proxies:
            _warn_of_a_proxy()
        return visitor(forwarded, str(request.ip), self._settings.trusted_proxies)


@functools.cache
def _warn_of_a_proxy() -> None:
    """Say once that all parents may count as one: the 121st request of a minute would be refused, whoever sends it."""
    log.warning(
        "a request came with X-Forwarded-For, but WHICHPLAN_PROXIES is 0: if a proxy of yours stands in front, set it to the "
        "number of proxies; until then all parents behind it are one address for every limit"
    )
