"""Who writes in Slack: their time zone and what they are called, asked once for each person."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from zoneinfo import available_timezones

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

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
        self._known: dict[str, Person] = {}

    async def person(self, user: str) -> Person:
        """Return who this is; an empty person where Slack does not say, so that no answer waits for it."""
        if user not in self._known:
            try:
                found = (await self._client.users_info(user=user))["user"]
            except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("Slack did not say who a person is: %s", type(error).__name__)
                return Person()
            profile, zone = found.get("profile") or {}, found.get("tz") or ""
            name = profile.get("first_name") or profile.get("display_name") or profile.get("real_name") or ""
            self._known[user] = Person(name, zone if zone in available_timezones() else "")
        return self._known[user]
