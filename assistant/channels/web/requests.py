"""Reads what a request of the contract holds, or refuses it."""

from __future__ import annotations

import asyncio
import json
import math
from typing import TYPE_CHECKING, Any

from sanic.request import Request

from assistant.booking.zones import iana_zones
from assistant.channels.http import Refused
from assistant.nlu.crisis_guard import danger_in
from assistant.talk.phrases import PHRASES
from assistant.typed_text import cleaned, without_command

if TYPE_CHECKING:
    pass

MOST_CHARACTERS = 2000
MOST_BYTES = 64 * 1024
LONGEST_WAIT = 25.0


async def shown_text(text: Any) -> str:
    """Return typed text as it is shown; one that is too long as its first words about danger: those are never sent back.

    Raises:
        Refused: It is no text, empty, or too long and without danger.
    """
    if not isinstance(text, str):
        raise Refused(400, "bad_message", "`text` has to be a string.")
    if len(text) > MOST_CHARACTERS:
        words = await asyncio.to_thread(danger_in, text)  # some milliseconds, in which others are answered
        if words is None:
            raise Refused(413, "too_long", PHRASES.errors["too_long"])
        text = words[:MOST_CHARACTERS]
    shown = without_command(cleaned(text))
    if not shown:
        raise Refused(400, "empty", "The message is empty.")
    return shown


def json_object(request: Request, required: bool = True) -> dict[str, Any]:
    """Return the object that a request brings; an empty one where none is needed.

    Raises:
        Refused: It is too large, no JSON, or no object.
    """
    body = request.body or b""
    if len(body) > MOST_BYTES:
        raise Refused(413, "too_large", "The request is too large: 64 KiB at most.")
    if not body and not required:
        return {}
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refused(415, "not_json", "Send JSON with the header Content-Type: application/json.")
    try:
        found = json.loads(body, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise Refused(400, "bad_json", "The body is not valid JSON.") from None
    if not isinstance(found, dict):
        raise Refused(400, "bad_json", "The body has to be a JSON object.")
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; of a key that is there twice, one reader takes the first and another the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def seconds_of(written: str | None) -> float:
    """Return how long to wait; "nan" would be for ever.

    Raises:
        Refused: It is no number of seconds.
    """
    try:
        seconds = float("0" if written is None else written)
    except ValueError:
        seconds = math.nan
    if not math.isfinite(seconds):
        raise Refused(400, "bad_wait", "`wait` has to be a number of seconds, at most 25.")
    return min(seconds, LONGEST_WAIT)


def zone_of(name: Any) -> str:
    """Return the time zone of this name; empty where there is none."""
    return name if isinstance(name, str) and name in iana_zones() else ""
