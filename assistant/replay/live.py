"""Plays stories on a running server, over version 1 of the HTTP contract (docs/build/http-api.md)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from assistant.replay.seen import Seen
from assistant.replay.story import Case
from assistant.replay.target import CannotPlay, button_named

PATIENCE_SECONDS = 30.0
TRIES_WHEN_TOO_FAST = 5


class TalkGone(CannotPlay):
    """The talk was deleted."""


class LiveTarget:
    """A server at an address such as `http://127.0.0.1:8080`."""

    inside = False

    def __init__(self, address: str) -> None:
        self.waited = 0.0
        self._address = address.rstrip("/")
        if not self._address.startswith(("http://", "https://")):
            raise CannotPlay(f"--target {address}: write the whole address, such as http://127.0.0.1:8080")

    @contextlib.asynccontextmanager
    async def conversation(self, case: Case) -> AsyncIterator[LiveConversation]:
        """Open a talk over HTTP, and delete it at the end."""
        opened, milliseconds = await self.call("POST", "/v1/conversations", {"timezone": case.zone})
        talk = LiveConversation(
            self, opened["token"], Seen("(the talk is opened)", opened["replies"], milliseconds)
        )
        try:
            yield talk
        finally:
            with contextlib.suppress(TalkGone):  # a parent of the story deleted it
                await self.call("DELETE", "/v1/conversations", None, opened["token"])

    async def call(self, method: str, path: str, body: Any, token: str = "") -> tuple[Any, float]:
        """Return the JSON of an answer and its milliseconds.

        A server takes so many requests a minute and says when the next one is welcome: that is waited for, outside the
        milliseconds.

        Raises:
            CannotPlay: The server can't be reached or refuses.
        """
        for _ in range(TRIES_WHEN_TOO_FAST):
            began = time.perf_counter()
            try:
                answer = await asyncio.to_thread(self._send, method, path, body, token)
            except urllib.error.HTTPError as error:
                if error.code == 429:
                    pause = float(error.headers.get("Retry-After") or 1)
                    self.waited += pause
                    await asyncio.sleep(pause)
                    continue
                if error.code == 401:
                    raise TalkGone(f"{method} {path}: the server knows no such talk") from None
                raise CannotPlay(f"{method} {path}: {error.code} {error.read().decode()[:200]}") from None
            except OSError as error:
                raise CannotPlay(f"{self._address} can't be reached ({error}): is it running?") from None
            return answer, (time.perf_counter() - began) * 1000
        raise CannotPlay(
            f"{method} {path}: the server says it is too fast, {TRIES_WHEN_TOO_FAST} times in a row"
        )

    def _send(self, method: str, path: str, body: Any, token: str) -> Any:
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {token}"} if token else {}
        )
        request = urllib.request.Request(  # noqa: S310 the address begins with http
            self._address + path,
            data=json.dumps(body).encode() if body is not None else None,
            headers=headers,
            method=method,
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            return json.loads(answer.read() or b"null")


class LiveConversation:
    """One talk on a server."""

    def __init__(self, target: LiveTarget, token: str, greeting: Seen) -> None:
        self._target = target
        self._token = token
        self.greeting = self._last = greeting

    async def say(self, text: str) -> Seen:
        """Type a text."""
        return await self._send(text, {"text": text})

    async def press(self, title: str) -> Seen:
        """Press a button of the last replies."""
        button = button_named(title, self._last)
        return await self._send(f"[{button['title']}]", {"choice": button["choice"]})

    async def wait(self, pause: timedelta) -> None:
        """Refuse: a running server's clock can't be moved."""
        raise CannotPlay(f"a running server's clock can't be set {pause} ahead")

    async def _send(self, shown: str, said: dict[str, str]) -> Seen:
        body = {"id": str(uuid.uuid4()), **said}
        answer, milliseconds = await self._target.call("POST", "/v1/messages", body, self._token)
        self._last = Seen(shown, answer["replies"], milliseconds)
        return self._last
