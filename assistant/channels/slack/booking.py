"""The booking form of Slack: opened at once, filled with free times, and what was booked is said in it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from assistant.booking import Booked, CalendarUnreachable, DatabaseUnreachable, Held, Refused, Taken, Why
from assistant.booking.desk.shared import shared_desk, whom_to_write
from assistant.booking.said import booked, calendar_away, no_openings, too_many
from assistant.channels.slack import modal
from assistant.channels.slack.blocks import Message
from assistant.channels.slack.post import (
    SlackAway,
    SlackRefused,
    by_response,
    deliver,
    patiently,
)
from assistant.channels.slack.talk import direct_talk
from assistant.channels.slack.users import Users
from assistant.talk.phrases import PHRASES

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
TRIGGER_SECONDS = 2.0
"""Slack lets a modal be opened for three seconds after a click."""
SETTLE_SECONDS = 0.5
"""An update of a modal that overtakes the acknowledgment before it would be overwritten by it."""
SAY = PHRASES.slack


class BookingModal:
    """The form, from the click to the call.

    Args:
        client: Slack.
        users: Tell in which time zone somebody lives.
    """

    def __init__(self, client: AsyncWebClient, users: Users) -> None:
        self._client = client
        self._users = users

    async def open(self, body: Body) -> None:
        """Show the modal at once, for Slack's permission ends after three seconds; then the times."""
        wait = modal.told(SAY["modal_wait"])
        try:
            opened = await patiently(
                lambda: self._client.views_open(trigger_id=body["trigger_id"], view=wait), TRIGGER_SECONDS
            )
        except (SlackAway, SlackRefused) as error:
            log.error("the booking modal did not open: %s", error)
            if "response_url" in body:  # the home tab brings none
                await deliver(by_response(body), [Message(PHRASES.errors["action"])])
            return
        await self._show(opened["view"]["id"], body["user"]["id"])

    async def _show(self, view: str, user: str, lead: str = "", kept: modal.Wish | None = None) -> None:
        zone = await self._users.zone(user)
        try:
            openings: Sequence[Any] = await (await shared_desk()).openings(zone, None, modal.SHOWN)
        except (CalendarUnreachable, DatabaseUnreachable):
            shown = modal.told(calendar_away(PHRASES.errors))
        else:
            shown = (
                modal.form(openings, zone, lead, kept)
                if openings
                else modal.told(no_openings(PHRASES.booking))
            )
        await patiently(lambda: self._client.views_update(view_id=view, view=shown))

    async def confirm(self, body: Body, wish: modal.Wish) -> None:
        """Book what the form says, and show in it what came of that."""
        user, view = body["user"]["id"], body["view"]["id"]
        talk, zone = direct_talk((body.get("team") or {}).get("id", ""), user), await self._users.zone(user)
        settled = asyncio.create_task(asyncio.sleep(SETTLE_SECONDS))
        desk = await shared_desk()
        try:
            result: Any = await desk.hold(wish.opening, talk)
            if isinstance(result, Held):
                result = await desk.confirm(
                    result, wish.contact, conversation=talk, zone=zone, reason=wish.reason, key=f"{talk}:{view}:{wish.opening}",
                )  # fmt: skip
            if isinstance(result, Taken):  # maybe by this very form, pressed twice
                mine = [call for call in await desk.upcoming(talk) if call.opening.id == wish.opening]
                result = Booked(mine[0], repeated=True) if mine else result
        except (CalendarUnreachable, DatabaseUnreachable):
            result = calendar_away(PHRASES.errors)
        await settled
        if isinstance(result, Taken):
            await self._show(view, user, SAY["modal_taken"], wish)
            return
        if result == Refused(Why.TOO_MANY_TRIES):
            lead = PHRASES.booking["too_many_tries"].format(contact=whom_to_write())
            await self._show(view, user, lead, wish)
            return
        said = result if isinstance(result, str) else _booked(result, wish)
        await patiently(lambda: self._client.views_update(view_id=view, view=modal.told(said)))


def _booked(result: Booked | Refused, wish: modal.Wish) -> str:
    if isinstance(result, Refused):
        return too_many(PHRASES.booking)
    return booked(
        PHRASES.booking,
        result.call.when,
        wish.contact,
        by_email=SAY["modal_invited"],
        by_phone=SAY["modal_phoned"],
    )
