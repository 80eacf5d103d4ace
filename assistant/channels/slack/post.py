"""Sends to Slack with patience: waits as long as Slack says, then says one short true sentence instead."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from assistant import metrics
from assistant.channels.slack.blocks import Message, pieces
from assistant.talk.phrases import PHRASES

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 120.0
"""An answer that comes later is no longer read."""
LAST_PATIENCE_SECONDS = 600.0
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0


class SlackAway(RuntimeError):
    """Slack did not take something in the time that was given; the text says why, without any words of it."""


class SlackRefused(RuntimeError):
    """Slack will never take this; the text is Slack's own name for the error."""


async def patiently(call: Callable[[], Awaitable[Any]], seconds: float = PATIENCE_SECONDS) -> Any:
    """Return what `call` gives, tried again as long as Slack is busy or away.

    Raises:
        SlackAway: Time is over.
        SlackRefused: Slack answered, and will not answer otherwise.
    """
    loop = asyncio.get_running_loop()
    until, wait = loop.time() + seconds, FIRST_WAIT_SECONDS
    while True:
        try:
            return await call()
        except SlackApiError as error:
            status, headers = error.response.status_code, error.response.headers
            reason = str(error.response.get("error", status)) if status == 200 else str(status)
            if status == 429:
                pause = float(headers.get("Retry-After") or headers.get("retry-after") or wait)
            elif status >= 500 or reason in ("internal_error", "fatal_error", "service_unavailable"):
                pause = wait
            else:
                metrics.SLACK_ERRORS.labels("refused").inc()
                raise SlackRefused(reason) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason, pause = type(error).__name__, wait
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)
        if loop.time() + pause > until:
            metrics.SLACK_ERRORS.labels("away").inc()
            raise SlackAway(f"Slack was away or busy for too long ({reason})")
        await asyncio.sleep(pause)


class Place(Protocol):
    """Where an answer goes."""

    async def put(self, message: Message) -> None:
        """Send one message; raises as Slack's own clients do."""


@dataclass(frozen=True)
class InChannel:
    """A channel, a thread of it, or a direct message."""

    client: AsyncWebClient
    channel: str
    thread: str | None = None

    async def put(self, message: Message) -> None:
        """Post the message."""
        await self.post(message)

    async def post(self, message: Message) -> str:
        """Send; return the message's `ts`."""
        sent = await self.client.chat_postMessage(
            channel=self.channel,
            thread_ts=self.thread,
            text=message.text,
            blocks=message.blocks or None,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(sent["ts"])


@dataclass
class ByResponse:
    """The address that a command or a click brings with it; Slack takes five messages there.

    Attributes:
        replace: Whether the first message takes the place of the one that was clicked on.
        public: Whether everybody in the channel sees it.
        thread: Of a public message: the thread it belongs to.
    """

    url: str
    replace: bool = False
    public: bool = False
    thread: str | None = None

    async def put(self, message: Message) -> None:
        """Answer through the address that Slack gave for it."""
        body: dict[str, Any] = {"text": message.text, "replace_original": self.replace}
        if message.blocks:
            body["blocks"] = message.blocks
        if not self.replace:
            body["response_type"] = "in_channel" if self.public else "ephemeral"
        if self.thread:
            body["thread_ts"] = self.thread
        answer = await AsyncWebhookClient(self.url, retry_handlers=[]).send_dict(body)
        if answer.status_code != 200:
            raise _refused(answer.status_code, dict(answer.headers), answer.body)
        self.replace = False  # what follows stands below it


def _refused(status: int, headers: dict[str, str], body: str) -> Exception:
    """Return a webhook's answer as the error that Slack's other client raises."""
    error: Exception = SlackApiError("response_url", _Answer(status, headers, body))  # type: ignore[no-untyped-call]
    return error


class _Answer(dict[str, Any]):
    """A webhook's answer in the shape in which errors carry it."""

    def __init__(self, status: int, headers: dict[str, str], body: str) -> None:
        super().__init__(error=body[:60])
        self.status_code, self.headers = status, headers


async def deliver(place: Place, messages: Sequence[Message], seconds: float = PATIENCE_SECONDS) -> bool:
    """Send an answer; say in one short sentence where Slack did not take it. Return whether it went out whole."""
    for message in messages:
        try:
            await patiently(lambda message=message: place.put(message), seconds)  # type: ignore[misc]
        except SlackRefused as error:
            log.error("Slack refused a message: %s", error)
            if not await _without_blocks(place, message):
                return False
        except SlackAway as error:
            log.error("an answer was not delivered: %s", error)
            await _apologize(place)
            return False
    return True


async def _without_blocks(place: Place, message: Message) -> bool:
    """Send the words alone, for a message whose form Slack refused: never silence."""
    try:
        for part in pieces(message.text):
            await patiently(lambda part=part: place.put(Message(part)))  # type: ignore[misc]
    except (SlackAway, SlackRefused) as error:
        log.error("its words alone were not delivered either: %s", error)
        return False
    return True


async def _apologize(place: Place) -> None:
    try:
        await patiently(lambda: place.put(Message(PHRASES.slack["not_delivered"])), LAST_PATIENCE_SECONDS)
    except (SlackAway, SlackRefused) as error:
        log.error("nor was the word that it was not delivered: %s", error)


def by_response(body: Mapping[str, Any]) -> ByResponse:
    """Return the place of a click or command, in its thread."""
    return ByResponse(body["response_url"], thread=(body.get("message") or {}).get("thread_ts"))
