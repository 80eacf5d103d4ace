"""The worker's side of the outbox: turns rows into mails, calendar entries and announcements."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from email.message import EmailMessage

from assistant.booking.calls.call import Call
from assistant.booking.consultation import Consultation
from assistant.booking.desk.codes import CODE_VALID, Codes
from assistant.booking.desk.store import Store
from assistant.booking.sent.calendar import delete_event, put_event
from assistant.booking.sent.invitation import calendar_entry, uid_of
from assistant.booking.sent.mail import Mailer, call_mail, code_mail
from assistant.booking.sent.outbox import ANNOUNCEMENT, CHAT, LEASE, Letter, Outbox
from assistant.privacy.mask import masked

log = logging.getLogger(__name__)

Announce = Callable[[str, Call | None], Awaitable[None]]
"""Tells somebody (Slack) that a call was ``booked``, ``moved`` or ``cancelled``, or of a ``flood`` of them; raises to be asked again."""
Write = Callable[[Letter], Awaitable[EmailMessage | None]]
"""Writes the e-mail of a row that is about a chat, not a call; None where it is no longer true."""


class Delivery:
    """Sends what the outbox holds. A row is built when it is sent, from the call as it then is."""

    def __init__(
        self,
        consultation: Consultation,
        store: Store,
        codes: Codes,
        outbox: Outbox,
        mailer: Mailer,
        *,
        clock: Callable[[], datetime],
        links: Callable[[Call], Mapping[str, str]],
        announce: Announce | None = None,
        write: Write | None = None,
    ) -> None:
        self._consultation = consultation
        self._store = store
        self._codes = codes
        self._outbox = outbox
        self._mailer = mailer
        self._clock = clock
        self._links = links
        self._announce = announce
        self._write = write

    async def deliver_due(self, worker: str) -> int:
        """Claim what is due and send it; return how many rows were claimed."""
        able = {ANNOUNCEMENT: self._announce, CHAT: self._write}
        cannot = [kind for kind, who in able.items() if who is None]
        letters = await asyncio.to_thread(self._outbox.claim, worker, self._clock(), but_not=cannot)
        await asyncio.gather(*(self._deliver(letter, worker) for letter in letters))
        return len(letters)

    async def _deliver(self, letter: Letter, worker: str) -> None:
        renewing = asyncio.create_task(self._renew(letter, worker))
        try:
            true_still = await self._send(letter)
        except Exception as error:  # whatever stands in the way, the row stays until it is sent or dead
            text = masked(f"{type(error).__name__}: {error}")  # a mail server's refusal quotes the address
            log.warning("outbox row %s (%s) was not sent: %s", letter.id, letter.kind, type(error).__name__)
            await asyncio.to_thread(self._outbox.failed, letter, worker, text, self._clock())
        else:
            if true_still:
                await asyncio.to_thread(self._outbox.sent, letter.id, worker, self._clock())
            else:
                await asyncio.to_thread(self._outbox.dropped, letter.id, worker)
        finally:
            renewing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await renewing

    async def _renew(self, letter: Letter, worker: str) -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            with contextlib.suppress(Exception):  # the next renewal is soon enough
                await asyncio.to_thread(self._outbox.renew, letter.id, worker, self._clock())

    async def _send(self, letter: Letter) -> bool:
        """Send one row; False when what it says is no longer true."""
        if letter.kind == "code":
            return await self._send_code(letter)
        if letter.kind == CHAT:
            return await self._send_written(letter)
        about = letter.payload.get("call")
        call = await asyncio.to_thread(self._store.call, about) if about else None
        if letter.kind == ANNOUNCEMENT:
            return await self._tell(letter.payload["what"], call, about)
        if call is None:
            return False
        if letter.kind == "calendar":
            return await self._write_calendar(letter, call)
        if call.sequence != letter.payload["sequence"]:
            return False  # a newer letter says how it is now
        await self._mailer.send(self._mail(letter, call))
        return True

    async def _tell(self, what: str, call: Call | None, about: str | None) -> bool:
        if self._announce is None or (about and call is None):
            return False
        await self._announce(what, call)
        return True

    def _mail(self, letter: Letter, call: Call) -> EmailMessage:
        to = letter.payload["to"]
        return call_mail(
            letter.payload["mail"],
            call,
            self._consultation,
            to=to,
            once=letter.once,
            now=self._clock(),
            links=self._links(call) if to == "parent" else {},
        )

    async def _send_written(self, letter: Letter) -> bool:
        mail = await self._write(letter) if self._write else None
        if mail is None:
            return False
        await self._mailer.send(mail)
        return True

    async def _send_code(self, letter: Letter) -> bool:
        code = letter.payload["code"]
        email = await asyncio.to_thread(self._codes.email, code)
        if email is None:
            return False
        mail = code_mail(
            self._codes.digits(code),
            email,
            self._consultation,
            once=letter.once,
            now=self._clock(),
            minutes=int(CODE_VALID.total_seconds() // 60),
        )
        await self._mailer.send(mail)
        return True

    async def _write_calendar(self, letter: Letter, call: Call) -> bool:
        """Make the advocate's calendar agree with the call as it is now, whatever the row was for."""
        advocate = self._consultation.advocate(letter.payload["advocate"])
        if advocate is None or not advocate.caldav_url:
            return False
        if call.state == "booked" and call.advocate == advocate.id:
            entry = calendar_entry(call, self._consultation, self._clock())
            await put_event(advocate.caldav_url, uid_of(call.id), entry)
        else:
            await delete_event(advocate.caldav_url, uid_of(call.id))
        return True
