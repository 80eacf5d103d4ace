"""The booking desk: all that dialogue, pages and command line may ask of booking.

Every method that touches the database, a calendar or a mail server is a coroutine and does its
waiting in threads, so the event loop never stands still.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from assistant.addresses import leads_to_this_machine
from assistant.booking.busy.own_calendar import BusyTimes
from assistant.booking.calls.call import Booked, Call, Cancelled, Held, Refused, Taken, Why
from assistant.booking.calls.database import Database, database_url
from assistant.booking.consultation import Consultation
from assistant.booking.desk.alarm import Alarm
from assistant.booking.desk.by_link import ByLink
from assistant.booking.desk.changes import Changes
from assistant.booking.desk.codes import Codes
from assistant.booking.desk.delivery import Announce, Delivery, Write
from assistant.booking.desk.free import FreeTimes
from assistant.booking.desk.holds import Holds
from assistant.booking.desk.store import Confirmation, Store
from assistant.booking.desk.tries import Tries
from assistant.booking.desk.unproven import Unproven
from assistant.booking.desk.worker import Worker
from assistant.booking.openings import Opening
from assistant.booking.person.contact import Contact
from assistant.booking.sent.invitation import file_to_keep
from assistant.booking.sent.mail import FolderMailer, Mailer, SmtpMailer
from assistant.booking.sent.notices import Notices
from assistant.booking.sent.outbox import Outbox
from assistant.settings import Settings

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the current instant."""
    return datetime.now(UTC)


class Booking(FreeTimes):
    """Openings, holds, calls and what is sent about them.

    A call belongs to the conversation that booked it, and for an hour to a conversation that has
    proven its e-mail by a code. Who may do what is checked here, in the same transaction.
    """

    # Long: the desk's parts, wired in one place.
    def __init__(
        self,
        consultation: Consultation,
        database: Database,
        mailer: Mailer,
        *,
        secret: bytes,
        clock: Clock = utc_now,
        public_url: str | None = None,
        busy: Sequence[BusyTimes] | None = None,
        announce: Announce | None = None,
        announced: bool = False,
        write: Write | None = None,
        old_secrets: Sequence[bytes] = (),
    ) -> None:
        """Put the parts together; :meth:`open` does so from settings.

        Args:
            consultation: What ``consultation.yml`` says.
            database: Where calls are kept.
            mailer: How mails leave.
            secret: Signs links and codes; at least 16 bytes, the same in all processes.
            clock: Tells the current instant.
            public_url: Where parents reach the site; links begin with it. Where it is this machine alone, who asks from it is
                the owner.
            busy: Busy times of each advocate, in the file's order; None reads their calendars.
            announce: Called by the worker of this process for every change, for example to tell Slack.
            announced: Whether some process has such a worker: changes are then queued for it.
            write: Called by the worker of this process for an e-mail about a chat.
            old_secrets: Those whose links and codes still count while the secret is being changed.
        """
        if len(secret) < 16:
            raise ValueError(
                "the secret for links and codes is too short: set WHICHPLAN_SECRET to 32 letters"
            )
        secrets = (secret, *old_secrets)
        notices = Notices(consultation, announce=announced or announce is not None)
        unproven = Unproven(consultation, secret, database.persons)
        by_owner = not public_url or leads_to_this_machine(public_url)
        holds = Holds(database, consultation, unproven, loopback_is_owner=by_owner)
        store = Store(database, consultation, notices, holds, unproven)
        super().__init__(consultation, holds, store, clock=clock, busy=busy)
        self._database = database
        self._changes = Changes(database, notices, holds, unproven)
        self._codes = Codes(database, unproven, secrets)
        self._tries = Tries(database, consultation, secrets)
        self._alarm = Alarm(database, announced=announced or announce is not None)
        self.by_link = ByLink(
            store,
            self._changes,
            self._move_unchanged,
            self._named,
            clock=clock,
            secrets=secrets,
            public_url=public_url,
        )
        outbox = Outbox(database)
        delivery = Delivery(
            consultation,
            store,
            self._codes,
            outbox,
            mailer,
            clock=clock,
            links=self.by_link.below_mail,
            announce=announce,
            write=write,
        )
        self.worker = Worker(consultation, database, store, outbox, delivery, mailer, clock)

    @classmethod
    def open(
        cls,
        consultation: Consultation,
        settings: Settings,
        *,
        clock: Clock = utc_now,
        announce: Announce | None = None,
        announced: bool = False,
        write: Write | None = None,
    ) -> "Booking":
        """Open the database (blocks; brings it to its newest form) and put the desk together.

        Raises:
            DatabaseUnreachable: The database cannot be opened.
            ValueError: A setting is wrong; the message says which.
        """
        mailer: Mailer
        mailer = (
            SmtpMailer(settings.smtp_url) if settings.smtp_url else FolderMailer(settings.data / "outbox")
        )
        return cls(
            consultation,
            Database(database_url(settings.database_url, settings.data), settings.secrets),
            mailer,
            secret=settings.secret,
            old_secrets=settings.old_secrets,
            clock=clock,
            public_url=settings.public_url,
            announce=announce,
            announced=announced,
            write=write,
        )

    def close(self) -> None:
        """Let go of the database's connections."""
        self._database.close()

    async def hold(
        self, opening: Opening | str, conversation: str, *, address: str | None = None
    ) -> Held | Taken | Refused:
        """Keep an opening for the conversation for ten minutes; an earlier hold of it is let go.

        Args:
            opening: The opening or its id, as a button carried it.
            conversation: Who asks.
            address: Network address of the asker: tries are limited by it too, and beyond a cap the e-mail has to be proven.
        """
        now = self.clock()
        if not await self._may_try(conversation, address, now):
            return Refused(Why.TOO_MANY_TRIES)
        wanted = self._named(opening)
        candidates = await self._free_at(wanted, conversation=conversation) if wanted else []
        result = await asyncio.to_thread(self._holds.hold, candidates, conversation, now, address=address)
        if result == Refused(Why.UNPROVEN):
            await self._alarm.refused(now)
        return await self._taken() if isinstance(result, Taken) else result

    async def _may_try(self, conversation: str, address: str | None, now: datetime, what: str = "") -> bool:
        if not await asyncio.to_thread(self._tries.may_try, f"{what}talk {conversation}", now):
            return False
        return not address or await asyncio.to_thread(self._tries.may_try, f"{what}{address}", now, many=True)

    async def release(self, conversation: str) -> None:
        """Give back what the conversation holds."""
        await asyncio.to_thread(self._holds.let_go, conversation, self.clock())

    async def confirm(
        self,
        hold: Held | str,
        person: Contact,
        *,
        conversation: str,
        zone: ZoneInfo,
        reason: str = "",
        key: str,
        language: str | None = None,
    ) -> Booked | Taken | Refused:
        """Book what is held.

        Args:
            hold: The hold or its id. One that ran out counts if its time would be offered anew: nobody took it,
                the calendar is free, notice, hours and the day's limit still hold.
            person: Name, and e-mail or phone.
            conversation: Who holds it.
            zone: The parent's zone, in which times are written to them.
            reason: What the call is about, in the parent's words.
            key: Idempotency key; the same key never books twice.
            language: What they wrote, if it is not English: ``es``. Letters to them are in it.

        Raises:
            ValueError: The contact is not enough to book.
            CalendarUnreachable: The hold ran out and no calendar can be seen.
        """
        if not person.enough:
            raise ValueError("a call needs a name, and an e-mail or a phone")
        hold_id, now = hold.id if isinstance(hold, Held) else hold, self.clock()
        wish = Confirmation(hold_id, conversation, person, str(zone), reason[:2000], key, language)
        for _ in range(2):  # a second time if the hold was let go just between the look at it and the booking
            ran_out = await asyncio.to_thread(self._holds.ran_out, hold_id, conversation, now)
            # the same time with this advocate, or with another
            free = await self._free_at(ran_out, conversation=conversation) if ran_out else []
            result = await asyncio.to_thread(self._store.confirm, wish, now, free=next(iter(free), None))
            if not isinstance(result, Taken) or ran_out:
                break
        if result == Refused(Why.UNPROVEN):
            await self._alarm.refused(now)
        return await self._taken() if isinstance(result, Taken) else result

    async def move(
        self, call_id: str, opening: Opening | str, *, conversation: str | None
    ) -> Booked | Taken | Refused:
        """Move a call to another opening; ``conversation`` None is the advocate's own command line."""
        return await self._move(call_id, opening, conversation=conversation)

    async def _move_unchanged(
        self, call_id: str, opening: Opening | str, sequence: int
    ) -> Booked | Taken | Refused:
        return await self._move(call_id, opening, sequence=sequence)

    async def _move(
        self,
        call_id: str,
        opening: Opening | str,
        *,
        conversation: str | None = None,
        sequence: int | None = None,
    ) -> Booked | Taken | Refused:
        if conversation is not None and not await self.owns(call_id, conversation):
            return Refused(Why.NOT_YOURS)
        call = await asyncio.to_thread(self._store.call, call_id)
        wanted = self._named(opening)
        if call is None or wanted is None:
            return Refused(Why.NOT_YOURS) if call is None else await self._taken()
        # asked for again, the old time is answered as done
        candidates = [call.opening] if wanted.start == call.start else await self._free_at(wanted, call=call)
        if not candidates:
            return await self._taken()
        result = await asyncio.to_thread(
            self._changes.move,
            call_id,
            candidates,
            self.clock(),
            conversation=conversation,
            sequence=sequence,
        )
        return await self._taken() if isinstance(result, Taken) else result

    async def cancel(self, call_id: str, *, conversation: str | None) -> Cancelled | Refused:
        """Cancel a call; ``conversation`` None is the advocate's own command line."""
        return await asyncio.to_thread(self._changes.cancel, call_id, self.clock(), conversation=conversation)

    async def upcoming(self, conversation: str) -> tuple[Call, ...]:
        """Return the calls ahead that the conversation owns, the next one first."""
        return tuple(await asyncio.to_thread(self._store.upcoming, self.clock(), conversation))

    async def owns(self, call_id: str, conversation: str) -> bool:
        """Tell whether the conversation owns a call that is ahead."""
        return any(call.id == call_id for call in await self.upcoming(conversation))

    async def invitation_ics(self, call_id: str) -> bytes | None:
        """Return the invitation as a file; the caller has proven ownership (own talk, or a link)."""
        call = await asyncio.to_thread(self._store.call, call_id)
        return file_to_keep(call, self.consultation, self.clock()) if call else None

    # Proving an e-mail address

    async def request_code(
        self, email: str, conversation: str, *, address: str | None = None, always: bool = False
    ) -> Refused | None:
        """Mail a six-digit code if the address has calls ahead; the reply is the same if it has none.

        Args:
            email: Whose calls, or whose first call.
            conversation: Who asks.
            address: Network address of the asker.
            always: Whether a code is sent without calls ahead: to prove the e-mail of a new one.
        """
        now = self.clock()
        if not await self._may_try(conversation, address, now, "code "):
            return Refused(Why.TOO_MANY_TRIES)
        if not await asyncio.to_thread(self._tries.may_try, f"code for {email.lower()}", now):
            return Refused(Why.TOO_MANY_TRIES)
        if not await asyncio.to_thread(self._tries.may_mail_code, address, now, new=always):
            await self._alarm.refused(now)
            return Refused(Why.TOO_MANY_TRIES)
        await asyncio.to_thread(self._codes.request, email.lower(), conversation, now, always=always)
        return None

    async def verify_code(self, digits: str, conversation: str) -> tuple[Call, ...] | Refused:
        """Check a code; then the calls of that address belong to this conversation for an hour."""
        right = await self.proves(digits, conversation)
        return await self.upcoming(conversation) if right else Refused(Why.WRONG_CODE)

    async def proves(self, digits: str, conversation: str) -> bool:
        """Check a code; then the e-mail it went to is this conversation's for an hour, with calls or without."""
        return await asyncio.to_thread(self._codes.verify, digits, conversation, self.clock())

    async def forget(self, conversation: str) -> None:
        """Drop all that a conversation left here except its calls ("delete what I wrote")."""
        await asyncio.to_thread(self._store.forget, conversation, self.clock())

    async def all_calls(self) -> list[Call]:
        """Return every call that was booked, for the advocate."""
        return await asyncio.to_thread(self._store.all_calls)
