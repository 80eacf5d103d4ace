"""Writes to a parent who closed the chat that an advocate has answered: through the outbox, without a word of the chat."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from email.message import EmailMessage

from assistant import metrics
from assistant.booking.desk.shared import consultation, shared_desk
from assistant.booking.sent.mail import plain_mail
from assistant.booking.sent.outbox import Letter
from assistant.clock import now
from assistant.handover.store import HandOver
from assistant.talk.phrases import PHRASES

STALE_AFTER = timedelta(days=1)
"""An e-mail that no mail server took for so long says nothing new."""

SAY = PHRASES.handover


class Emails:
    """The e-mails of the hand-overs.

    Args:
        handover: The talks.
    """

    def __init__(self, handover: HandOver) -> None:
        self._handover = handover

    async def queue_due(self) -> None:
        """Put the e-mails that are due into the outbox; any number of processes may do so at once."""
        for talk, due_at in await asyncio.to_thread(self._handover.by_email.due, now()):
            desk = await shared_desk()
            await desk.worker.queue_chat_mail(
                talk, once=f"chat:{talk}:{due_at.isoformat()}", stale_at=now() + STALE_AFTER
            )
            if await asyncio.to_thread(self._handover.by_email.queued, talk, due_at):
                metrics.HANDOVERS.labels("mailed").inc()
                await asyncio.to_thread(self._handover.tell_thread, talk, "mailed")

    async def write(self, letter: Letter) -> EmailMessage | None:
        """Return the e-mail of a row; None where the parent has come back, or deleted the talk or the address."""
        talk = str(letter.payload["talk"])
        whereto = await asyncio.to_thread(self._handover.by_email.whereto, talk)
        unread = await asyncio.to_thread(self._handover.for_parent, talk)
        if whereto is None or not any(line.body["kind"] == "person" for line in unread):
            return None
        about = consultation()
        named = {"organisation": about.organisation.name, "page": whereto.page}
        return plain_mail(
            SAY["mail_subject"].format(**named),
            SAY["mail_text"].format(**named),
            about,
            to=whereto.email,
            once=letter.once,
            now=now(),
        )
