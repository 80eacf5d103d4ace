"""One message of a parent, heard once and answered whatever happens: the ladder that every channel shares.

In order: the turn is played, or its stored replies go out again; a turn that takes too long, a store that is away, an
error, a silence each become a true sentence; and where nothing but such a sentence would be said to words of danger,
the fixed words for danger are said instead: they need no model, no actions, no database.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage

from assistant import metrics
from assistant.nlu.crisis_guard import danger_in
from assistant.store.tracker.store import TalkStore, TalksUnreachable
from assistant.talk.reply import Reply
from assistant.turn.collect import CollectedReplies, crisis_reply, error_reply

log = logging.getLogger(__name__)

Hear = Callable[[UserMessage], Awaitable[Any]]


@dataclass(frozen=True)
class Message:
    """What a parent sent.

    Attributes:
        text: The words, or the payload of a button, such as `/ask_cost`.
        talk: Id of the talk; the same in every message of it.
        channel: Name of the channel.
        zone: The parent's time zone; empty when not known.
        id: The channel's own id of the message; the same message sent again has the same one.
        asker: The network address it came from, for the limits of an hour; it is never stored. Empty where the channel has none.
    """

    text: str
    talk: str
    channel: str
    zone: str = ""
    id: str | None = None
    asker: str = ""


async def answer(hear: Hear, message: Message, store: TalkStore | None, seconds: float) -> list[Reply]:
    """Return the replies to a message: at least one, whatever fails.

    Args:
        hear: Plays a turn.
        message: What was sent.
        store: Knows the turns that were played before; None while there is none.
        seconds: A turn may take so long.
    """
    with metrics.TURN_SECONDS.time():
        replies = await _played(hear, message, store, seconds)
    return await _counted(message.text, replies)


async def not_let_in(kind: str, text: str) -> list[Reply]:
    """Return what is said to a message that gets no turn; `kind` is a key of content/en/phrases/errors.yml."""
    return await _counted(text, [error_reply(kind)])


async def _counted(text: str, replies: list[Reply]) -> list[Reply]:
    """Return the replies, or the words for danger where all of them are errors; each outcome is counted."""
    failed = all(reply.outcome == "error" for reply in replies)
    if failed and (await asyncio.to_thread(danger_in, text)) is not None:
        replies = [crisis_reply()]
    for reply in replies:
        metrics.OUTCOMES.labels(reply.outcome).inc()
    return replies


async def _played(hear: Hear, message: Message, store: TalkStore | None, seconds: float) -> list[Reply]:
    collected = CollectedReplies()
    heard = UserMessage(
        message.text,
        collected,
        message.talk,
        input_channel=message.channel,
        message_id=message.id,
        metadata={"timezone": message.zone, "talk": message.talk, "asker": message.asker},
    )
    try:
        await asyncio.wait_for(hear_once(hear, heard, store), seconds)
    except TimeoutError:
        log.error("no answer within %s s", seconds)
        return [error_reply("timeout")]
    except TalksUnreachable as error:
        log.error("%s", error)
        return [error_reply("storage")]
    except Exception:
        log.exception("a turn failed")
        return [error_reply("action")]
    if not collected.replies:
        log.error("a turn ended without a reply")
        return [error_reply("action")]
    return collected.replies


async def hear_once(hear: Hear, message: UserMessage, store: TalkStore | None) -> None:
    """Let a message be answered, unless its turn is stored already: then what was said goes out again.

    A process may die, or the transcript's database go away, between a turn and its delivery. The same message sent
    again would be taken for the next step of a form.

    Raises:
        TalksUnreachable: The store does not answer.
    """
    said = await store.said_after(message.sender_id, message.message_id) if store else None
    if not said or any((one.get("reply") or one).get("outcome") == "error" for one in said):
        await hear(message)
        return
    for one in said:
        await message.output_channel.send_response(message.sender_id, one)
