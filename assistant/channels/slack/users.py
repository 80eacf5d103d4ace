"""Who writes in Slack: their time zone and what they are called, asked once for each person."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.booking.desk.shared import consultation
from assistant.booking.zones import iana_zones

PATIENCE_SECONDS = 1.5
"""No answer waits longer for a name and a zone."""
KEPT_SECONDS = 3600.0
"""Somebody who moved, or has another name, is known anew within the hour."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Person:
    """Someone in the workspace. `zone` is an IANA name, or empty where Slack gives none."""

    name: str = ""
    zone: str = ""


class Users:
    """The people of one workspace, as far as they wrote."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[str, tuple[float, Person]] = {}

    async def person(self, user: str) -> Person:
        """Return who this is; an empty person where Slack does not say, so that no answer waits for it."""
        known = self._known.get(user)
        if known is None or time.monotonic() - known[0] > KEPT_SECONDS:
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    found = (await self._client.users_info(user=user))["user"]
            except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("Slack did not say who a person is: %s", type(error).__name__)
                return known[1] if known else Person()
            profile, zone = found.get("profile") or {}, found.get("tz") or ""
            name = profile.get("first_name") or profile.get("display_name") or profile.get("real_name") or ""
            known = (time.monotonic(), Person(name, zone if zone in iana_zones() else ""))
            self._known[user] = known
        return known[1]

    async def zone(self, user: str) -> ZoneInfo:
        """Return where somebody lives in time; the first advocate's zone where Slack does not say."""
        zone = (await self.person(user)).zone
        return ZoneInfo(zone) if zone else consultation().advocates[0].zone
