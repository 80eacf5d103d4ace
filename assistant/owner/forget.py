"""Deletes what an e-mail address left, at a family's request: `make forget EMAIL=pat@example.org`.

Calls ahead are canceled first, and the advocate hears of it. Then go the calls, their letters, codes, and the talks that booked
them. What was posted in Slack or mailed lies there: the advocates delete it by hand.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from assistant.booking.calls.database import Database, DatabaseUnreachable, database_url
from assistant.booking.calls.tables import calls, codes, outbox
from assistant.booking.consultation_file import load_consultation
from assistant.booking.desk.desk import Booking
from assistant.booking.fields import ConsultationError
from assistant.handover.store import HandOver
from assistant.knowledge.source import CONTENT
from assistant.settings import Settings, SettingsError, read_settings
from assistant.store.talks_database import open_engine

MOST_ROUNDS = 20
"""Looks at the outbox before the letters of the cancellation count as not delivered."""


@dataclass(frozen=True)
class Forgotten:
    """What was deleted; `unsent` letters of a cancellation could not be delivered."""

    canceled: int
    calls: int
    codes: int
    talks: int
    mails: int
    unsent: int


async def forget(settings: Settings, email: str) -> Forgotten:
    """Delete everything of an address.

    Raises:
        DatabaseUnreachable, SQLAlchemyError: A database does not answer; what was deleted before stays deleted, and it can be run again.
    """
    wanted = email.strip().casefold()
    desk = Booking.open(load_consultation(CONTENT / "consultation.yml", os.environ), settings)
    try:
        mine = [call for call in await desk.all_calls() if (call.email or "").casefold() == wanted]
        ahead = [call for call in mine if call.state == "booked" and call.end > desk.clock()]
        for call in ahead:
            await desk.cancel(call.id, conversation=None)
        rounds = 0
        while ahead and rounds < MOST_ROUNDS and await desk.worker.deliver_due():
            rounds += 1
        talks = {call.conversation for call in mine}
        talks |= set(await asyncio.to_thread(_handover(settings).by_email.talks_of, wanted))
        for talk in talks:
            await desk.forget(talk)
    finally:
        desk.close()
    found, spent, unsent = await asyncio.to_thread(_delete_calls, settings, wanted)
    for talk in talks:
        await _forget_talk(settings, talk)
    mails = list(_mails(settings.data / "outbox", wanted))
    for path in mails:
        path.unlink(missing_ok=True)
    return Forgotten(len(ahead), found, spent, len(talks), len(mails), unsent)


def _handover(settings: Settings) -> HandOver:
    return HandOver(open_engine(settings.talks_url), settings.secrets)


def _delete_calls(settings: Settings, email: str) -> tuple[int, int, int]:
    database = Database(database_url(settings.database_url, settings.data), settings.secrets)
    try:
        with database.writing() as rows:
            keys = database.persons.keys(email)
            mine = calls.c.email_key.in_(keys)
            ids = set(rows.execute(sa.select(calls.c.id).where(mine)).scalars())
            letters = [
                (row.id, row.state)
                for row in rows.execute(sa.select(outbox.c.id, outbox.c.state, outbox.c.payload))
                if row.payload.get("call") in ids
            ]
            unsent = sum(state in ("waiting", "sending", "dead") for _, state in letters)
            rows.execute(outbox.delete().where(outbox.c.id.in_([number for number, _ in letters])))
            spent = rows.execute(codes.delete().where(codes.c.email_key.in_(keys))).rowcount
            rows.execute(calls.delete().where(mine))
            return len(ids), int(spent), unsent
    finally:
        database.close()


async def _forget_talk(settings: Settings, talk: str) -> None:
    from assistant.engine.unused_imports import import_rasa
    from assistant.store.feedback import Feedback
    from assistant.store.transcripts import Transcripts
    from assistant.unanswered.store import Unanswered

    import_rasa()
    from assistant.store.tracker.store import TalkStore

    for part in (
        Feedback(settings.talks_url, settings.secrets),
        Unanswered(settings.talks_url, settings.secrets),
        _handover(settings),
        Transcripts(settings.talks_url),
    ):
        await asyncio.to_thread(part.forget, talk)
    store = TalkStore(settings.trackers_url, settings.secrets)
    await store.delete(talk)
    store.close()


def _mails(folder: Path, email: str) -> Iterator[Path]:
    """Yield the letters on disk that name the address."""
    for path in folder.glob("*.eml"):
        if email.encode() in path.read_bytes().lower():
            yield path


def main() -> None:
    """Delete what the address on the command line left, and say how much."""
    email = sys.argv[1].strip() if len(sys.argv) > 1 else ""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        sys.exit("Name the address: make forget EMAIL=pat@example.org")
    try:
        done = asyncio.run(forget(read_settings(), email))
    except (SettingsError, ConsultationError, DatabaseUnreachable, SQLAlchemyError) as error:
        sys.exit(
            f"Not everything was deleted ({type(error).__name__}). Is the database there? Then run it again."
        )
    sys.stdout.write(
        f"Deleted: {done.calls} calls ({done.canceled} canceled first), {done.codes} codes, {done.talks} talks, {done.mails} letters on disk. "
        "What was mailed, or posted in Slack, lies there still.\n"
    )
    if done.unsent:
        sys.stdout.write(
            f"{done.unsent} letters of it had not been sent and never will be: tell the advocate.\n"
        )


if __name__ == "__main__":
    main()
