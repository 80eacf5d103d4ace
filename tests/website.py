"""A parent's browser with the widget, for tests that serve the website's channel."""

from __future__ import annotations

import uuid
from typing import Any

import aiohttp


class Parent:
    """One talk over HTTP.

    Attributes:
        last: The id of the message that was seen last.
        answered: The id of the last reply that gave an answer.
        person: Whether a person is asked for or speaks.
        buttons: Every button that was offered, by its title.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.last = self.answered = ""
        self.person: str | None = None
        self.buttons: dict[str, str] = {}

    async def _call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if hasattr(self, "token") else {}
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, self.base + path, json=body, headers=headers) as answered,
        ):
            return await answered.json() if answered.content_type == "application/json" else {}

    def _took(self, said: dict[str, Any]) -> list[str]:
        self.person = said.get("person")
        for one in said["replies"]:
            self.last = one["id"]
            if one.get("answer"):
                self.answered = one["id"]
            self.buttons |= {button["title"]: button["choice"] for button in one["buttons"]}
        return [one["text"] for one in said["replies"]]

    async def open(self) -> Parent:
        said = await self._call("POST", "/v1/conversations", {})
        self.token = said["token"]
        self._took(said)
        return self

    async def say(self, text: str) -> list[str]:
        return await self._send({"text": text})

    async def press(self, title: str) -> list[str]:
        return await self._send({"choice": self.buttons[title]})

    async def _send(self, said: dict[str, str]) -> list[str]:
        self.last = str(uuid.uuid4())  # the parent's own message counts as said, or the poll would never hold
        return self._took(await self._call("POST", "/v1/messages", {"id": self.last, **said}))

    async def news(self, wait: int = 5) -> list[str]:
        return self._took(await self._call("GET", f"/v1/messages?after={self.last}&wait={wait}"))

    async def vote(self, reply: str, *, helpful: bool, reason: str = "") -> None:
        await self._call("POST", "/v1/feedback", {"reply": reply, "helpful": helpful, "reason": reason})

    async def delete(self) -> None:
        await self._call("DELETE", "/v1/conversations")
