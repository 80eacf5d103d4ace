"""Which calls are this talk's, and which one the form is about."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.tongue import errors
from assistant.booking import (
    Call,
    DatabaseUnreachable,
)
from assistant.booking.desk.shared import shared_desk
from assistant.booking.said import calendar_away
from assistant.talk.reply import Reply


async def has_call(conversation: str) -> bool:
    """Whether this talk booked a call that is still to come."""
    try:
        return bool(await (await shared_desk()).upcoming(conversation))
    except DatabaseUnreachable:
        return False


async def own_calls(tracker: Tracker) -> tuple[Call, ...]:
    """Return the calls ahead that this talk owns, the next one first.

    Raises:
        DatabaseUnreachable: The database does not answer.
    """
    return await (await shared_desk()).upcoming(tracker.sender_id)


async def call_meant(tracker: Tracker) -> Call | None:
    """Return the call that the form is about; None when it is gone or the proof ran out."""
    return next(
        (call for call in await own_calls(tracker) if call.id == tracker.get_slot("change_call")), None
    )


def unreachable(tracker: Tracker) -> Reply:
    """Return what is said while calendar or database are away, with whom to write to."""
    return Reply(calendar_away(errors(tracker)), "error")
