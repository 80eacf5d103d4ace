"""Whether what lies outside answers: Slack, the mail server, the advocates' calendars. Looked at from the start on, every five minutes.

A part that does not answer is said in the log, in `/health` and in `whichplan_outside_up`; parents are served all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant import metrics
from assistant.booking.busy.own_calendar import BusyTimes
from assistant.booking.consultation import Consultation
from assistant.booking.openings import Period
from assistant.booking.sent.mail import SmtpMailer
from assistant.clock import now
from assistant.settings import Settings

PARTS = ("slack", "mail", "calendar")
NOT_SET_UP = {
    "slack": "not set up",
    "mail": "not set up, so e-mails become files in the outbox of the data folder",
    "calendar": "not set up",
}
LOOK_SECONDS = 300.0
PATIENCE_SECONDS = 20.0
AHEAD = timedelta(days=28)

log = logging.getLogger(__name__)
Look = Callable[[], Awaitable[object]]


class Outside:
    """What lies outside, as far as it is set up.

    Args:
        looks: Asks each part, by its name; raises where it does not answer.
    """

    def __init__(self, looks: Mapping[str, Look]) -> None:
        self._looks = looks
        self.up: dict[str, bool] = {}
        """Whether each part answered last; empty before the first look."""
        self._problems: dict[str, str] = {}
        self._looked = asyncio.Event()

    async def look(self) -> None:
        """Ask every part once."""
        for name, ask in self._looks.items():
            problem = await _problem(ask)
            if problem and self.up.get(name, True):
                log.error("%s does not answer: %s. make live-check says more", name, problem)
            elif not problem and self.up.get(name) is False:
                log.warning("%s answers again", name)
            self.up[name], self._problems[name] = not problem, problem
            metrics.OUTSIDE.labels(name).set(not problem)
        self._looked.set()

    async def first_look(self) -> str:
        """Return, once every part was asked, one line for the terminal: what answers, what does not, what is not set up."""
        await self._looked.wait()
        return "Outside: " + " · ".join(f"{name}: {self._state(name)}" for name in PARTS)

    def _state(self, name: str) -> str:
        if name not in self.up:
            return NOT_SET_UP[name]
        return (
            f"DOES NOT ANSWER ({self._problems[name]}), see make live-check"
            if self._problems[name]
            else "answers"
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Look until stopped."""
        while not stop.is_set():
            await self.look()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)


async def _problem(ask: Look) -> str:
    """Return why a part does not answer, without an address or a word of anybody's; empty where it does."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await ask()
    except SlackApiError as error:
        return str(error.response.get("error") or "refused")
    except Exception as error:  # each library has errors of its own; none may end the look
        return type(error).__name__
    return ""


def looks_for(settings: Settings, about: Consultation) -> dict[str, Look]:
    """Return how each part that is set up is asked."""
    looks: dict[str, Look] = {}
    if settings.slack_bot_token:
        client = AsyncWebClient(
            settings.slack_bot_token, settings.slack_api_url, timeout=10, retry_handlers=[]
        )
        looks["slack"] = client.auth_test
    if settings.smtp_url:
        looks["mail"] = SmtpMailer(settings.smtp_url).reach
    if any(one.caldav_url or one.feed_url for one in about.advocates):

        async def calendars() -> None:
            for one in about.advocates:
                if one.caldav_url or one.feed_url:
                    await BusyTimes(one).between(Period(now(), now() + AHEAD), now())

        looks["calendar"] = calendars
    return looks
