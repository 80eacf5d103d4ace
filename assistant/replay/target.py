"""Where a story is played: in this process, or on a running server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any, Protocol

from assistant.replay.seen import Seen
from assistant.replay.story import Case

_PLACE = re.compile(r"#([1-9]\d*)")
"""A button by its place: where the titles hold days, they differ each time."""


class CannotPlay(RuntimeError):
    """A step can't be done here; the text says why."""


class Conversation(Protocol):
    """One talk on a target. `greeting` is what came when it was opened."""

    greeting: Seen

    async def say(self, text: str) -> Seen:
        """Type a text."""

    async def press(self, title: str) -> Seen:
        """Press a button of the last replies.

        Raises:
            CannotPlay: There is no such button.
        """

    async def wait(self, pause: timedelta) -> None:
        """Let time go by."""


class Target(Protocol):
    """Plays cases.

    Attributes:
        inside: Whether slots, actions and mails show.
        waited: Seconds that were waited so far because the target asked for it.
    """

    inside: bool
    waited: float

    def conversation(self, case: Case) -> AbstractAsyncContextManager[Conversation]:
        """Open a talk for a case; leaving it removes what it left behind."""


def button_named(title: str, before: Seen) -> Mapping[str, Any]:
    """Return the button of the last replies with this title (its beginning is enough), or at this place (`#1`).

    Raises:
        CannotPlay: There is none.
    """
    if place := _PLACE.fullmatch(title):
        for button in before.buttons[int(place[1]) - 1 : int(place[1])]:
            return button
    wanted = title.lower()
    for fits in (str.__eq__, str.startswith):
        for button in before.buttons:
            if fits(str(button["title"]).lower(), wanted):
                return button
    there = ", ".join(repr(str(button["title"])) for button in before.buttons) or "none"
    raise CannotPlay(f"press: there is no button {title!r}; the last replies had {there}")
