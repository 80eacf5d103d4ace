"""A letter as a Word file in Slack: in the direct messages of who pressed for it, whom nobody reads along with."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.channels.letter_docx import Letter, as_docx
from assistant.channels.slack.post import SlackAway, SlackRefused, patiently
from assistant.talk.phrases import PHRASES

NAME = "letter.docx"
UPLOAD_SECONDS = 30.0
SAY = PHRASES.slack

log = logging.getLogger(__name__)


async def send(client: AsyncWebClient, user: str, letter: Letter) -> bool:
    """Post the file to somebody's direct messages; False where Slack did not take it."""
    content = await asyncio.to_thread(as_docx, letter)
    try:
        said = await patiently(lambda: client.chat_postMessage(channel=user, text=SAY["letter_file_here"]))
        file = await patiently(lambda: _uploaded(client, content))
        shared = [{"id": file, "title": letter["subject"]}]
        await patiently(lambda: client.files_completeUploadExternal(files=shared, channel_id=said["channel"]))
    except (SlackAway, SlackRefused) as error:
        log.error("a letter's file was not taken: %s", error)
        return False
    return True


async def _uploaded(client: AsyncWebClient, content: bytes) -> str:
    """Return the id of a file that Slack has, and that nobody sees yet."""
    where = await client.files_getUploadURLExternal(filename=NAME, length=len(content))
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=UPLOAD_SECONDS)) as session,
        session.post(where["upload_url"], data=content) as answer,
    ):
        if answer.status != 200:
            error: Exception = SlackApiError("upload", _Refusal(answer.status))  # type: ignore[no-untyped-call]
            raise error
    return str(where["file_id"])


class _Refusal(dict[str, str]):
    """The answer of Slack's upload service, in the shape in which errors carry it."""

    def __init__(self, status: int) -> None:
        super().__init__(error="upload_failed")
        self.status_code, self.headers = status, dict[str, str]()
