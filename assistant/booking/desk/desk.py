"""The booking desk: all that dialogue, pages and command line may ask of booking.

Every method that touches the database, a calendar or a mail server is a coroutine and does its
waiting in threads, so the event loop never stands still.
"""

import asyncio
import contextlib
import functools
import logging
import os
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.booking.busy.own_calendar import BusyTimes, CalendarUnreachable
from assistant.booking.calls.call import Booked, Call, Cancelled, Held, Refused, Taken, Why
from assistant.booking.calls.database import Database, database_url
from assistant.booking.calls.links import Link, Purpose, make_token, read_token
from assistant.booking.consultation import Consultation
from assistant.booking.desk.delivery import Announce, Delivery, Write
from assistant.booking.desk.miss import Miss, why_none
from assistant.booking.desk.store import Confirmation, Store
from assistant.booking.desk.unproven import NO_PROOF
from assistant.booking.openings import Opening, Period, free_openings, merged, opening_named
from assistant.booking.person.contact import Contact
from assistant.booking.sent.invitation import file_to_keep, uid_of
from assistant.booking.sent.mail import FolderMailer, Mailer, SmtpMailer
from assistant.booking.sent.notices import Notices
from assistant.booking.sent.outbox import CHAT, Letter, Outbox, chat_stream, queue_once
from assistant.booking.times.constraint import Office, TimeConstraint
from assistant.booking.times.words import understand
from assistant.settings import Settings

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
TIDY_EVERY = timedelta(hours=1)


def utc_now() -> datetime:
    """Return the current instant."""
    return datetime.now(UTC)


class Booking:
    """Openings, holds, calls and what is sent about them.

    A call belongs to the conversation that booked it, and for an hour to a conversation that has
    proven its e-mail by a code. Who may do what is checked here, in the same transaction.
    """

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
            public_url: Where parents reach the site; links begin with it.
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
        self.consultation = consultation
        self.clock = clock
        self._secret = secret
        self._secrets = (secret, *old_secrets)
        self._database = database
        self._mailer = mailer
        self._outbox = Outbox(database)
        notices = Notices(consultation, announce=announced or announce is not None)
        self._store = Store(database, consultation, notices, self._secrets)
        readers = [BusyTimes(one) for one in consultation.advocates] if busy is None else busy
        self._busy = dict(zip((one.id for one in consultation.advocates), readers, strict=True))
        self._read_for = {one.id: one for one in consultation.advocates}
        self._delivery = Delivery(
            consultation,
            self._store,
            self._outbox,
            mailer,
            clock=clock,
            links=functools.partial(_mail_links, secret=secret, public_url=public_url),
            announce=announce,
            write=write,
        )
        self._worker = f"{os.getpid()}-{secrets.token_hex(4)}"

    def follow_consultation(self) -> None:
        """Read the calendars of advocates who are new, or whose calendar is; the rest is the consultation's own object."""
        known, self._read_for = self._read_for, {one.id: one for one in self.consultation.advocates}
        self._busy = {
            name: self._busy[name] if known.get(name) == one else BusyTimes(one)
            for name, one in self._read_for.items()
        }

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
            Database(database_url(settings.database_url, settings.data)),
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

    # Finding a time

    def understand(self, text: str, zone: ZoneInfo) -> TimeConstraint | None:
        """Read a time in words on the parent's clock; None when it is not fully understood.

        Args:
            text: What was typed; a line for each message, of which each refines the ones before.
            zone: The parent's zone.
        """
        now = self.clock()
        wish: TimeConstraint | None = None
        for line in text.splitlines():
            read = understand(line, now, zone, self.office_hours(zone, now))
            if read is None:
                return None
            wish = wish.refined_by(read) if wish else read
        return wish

    def why_none(self, zone: ZoneInfo, constraint: TimeConstraint) -> Miss:
        """Tell why no opening is what was asked for."""
        return why_none(self.consultation, constraint, zone, self.clock())

    def office_hours(self, zone: ZoneInfo, now: datetime) -> Office:
        """Return between which times on the parent's clock calls take place on any day."""
        opens, closes = [], []
        for advocate in self.consultation.advocates:
            day = now.astimezone(advocate.zone).date()
            for span in (span for spans in advocate.hours for span in spans):
                start, end = (
                    datetime.combine(day, clock, advocate.zone).astimezone(zone).time()
                    for clock in (span.start, span.end)
                )
                opens.append(start)
                closes.append(end if end > start else time.max)  # past midnight for the parent
        return Office(min(opens), max(closes)) if opens else Office()

    async def openings(
        self,
        zone: ZoneInfo,
        constraint: TimeConstraint | None = None,
        limit: int = 3,
        *,
        conversation: str | None = None,
        moving: Call | None = None,
        later_than: datetime | None = None,
        address: str | None = None,
    ) -> tuple[Opening, ...]:
        """Return the next free openings, those that the constraint admits on the parent's clock.

        Args:
            zone: The parent's zone.
            constraint: What was asked for; None for any time.
            limit: How many at most.
            conversation: Who asks: an opening that it holds itself still counts as free.
            moving: A call that shall move: it is not in its own way, and its time is no choice.
            later_than: Only what begins after this instant.
            address: Network address of who asks: where some need no code to be kept, only these.

        Raises:
            CalendarUnreachable: No advocate's calendar can be seen.
            DatabaseUnreachable: The database does not answer.
        """
        found = await self._free(conversation, moving)
        later = (one for one in found if later_than is None or one.start > later_than)
        fitting = [one for one in later if constraint is None or constraint.admits(one, zone)]
        if address and fitting:
            easy = functools.partial(self._store.without_proof, fitting, conversation or "", address)
            return tuple(await asyncio.to_thread(easy, self.clock(), limit) or fitting[:limit])
        return tuple(fitting[:limit])

    async def nearest_openings(
        self, zone: ZoneInfo, constraint: TimeConstraint, limit: int = 3, *, moving: Call | None = None
    ) -> tuple[Opening, ...]:
        """Return the openings nearest to what was asked for, when nothing fits it; in order of time."""
        today = self.clock().astimezone(zone).date()
        zone, constraint = constraint.zone or zone, constraint.either[0] if constraint.either else constraint
        day = constraint.days[0].first if constraint.days else today
        wanted = (
            constraint.exact[0] if constraint.exact else constraint.earliest or constraint.latest or time(12)
        )
        around = datetime.combine(day, wanted, zone)
        found = await self._free(moving=moving)
        return tuple(sorted(sorted(found, key=lambda one: abs(one.start - around))[:limit]))

    async def _free(self, conversation: str | None = None, moving: Call | None = None) -> list[Opening]:
        found = merged(*await self._free_by_advocate(conversation, moving))
        return [one for one in found if moving is None or one.start != moving.start]

    async def _free_by_advocate(
        self, conversation: str | None = None, call: Call | None = None
    ) -> tuple[list[list[Opening]], dict[str, int]]:
        now = self.clock()
        advocates = self.consultation.advocates
        period = Period(now - timedelta(days=1), now + self.consultation.horizon + timedelta(days=1))
        live = await asyncio.to_thread(
            self._store.live,
            [one.id for one in advocates],
            period,
            now,
            ignore_holds_of=conversation or (call.conversation if call else ""),
            ignore=call.id if call else "",
        )
        seen = await asyncio.gather(
            *(self._busy[one.id].between(period, now) for one in advocates), return_exceptions=True
        )
        moved = await self._moved_by_hand(now)
        found: list[list[Opening]] = []
        unseen: CalendarUnreachable | None = None
        for advocate, busy in zip(advocates, seen, strict=True):
            if isinstance(busy, CalendarUnreachable):
                unseen = busy
            elif isinstance(busy, BaseException):
                raise busy
            else:
                calls = live[advocate.id]
                busy = (*busy, *moved.get(advocate.id, ()))
                found.append(free_openings(self.consultation, advocate, now, calls=calls, busy=busy))
        if unseen and not found:
            raise unseen
        return found, {advocate: len(calls) for advocate, calls in live.items()}

    async def _moved_by_hand(self, now: datetime) -> dict[str, list[Period]]:
        """Return for each advocate the times to which she moved calls in her own calendar."""
        if not any(one.own for one in self._busy.values()):
            return {}
        calls = {
            uid_of(c.id): (c.period, c.sequence) for c in await asyncio.to_thread(self._store.upcoming, now)
        }
        return {advocate: busy.moved(calls) for advocate, busy in self._busy.items()}

    def _named(self, opening: Opening | str) -> Opening | None:
        return opening_named(opening, self.consultation.length) if isinstance(opening, str) else opening

    async def _free_at(
        self, wanted: Opening, *, conversation: str | None = None, call: Call | None = None
    ) -> list[Opening]:
        """Return the opening, if it is one, and the same time with other advocates.

        What the asker holds already, or the call that is to move, is not in its own way.
        """
        by_advocate, load = await self._free_by_advocate(conversation, call)
        same = [one for of_one in by_advocate for one in of_one if one.start == wanted.start]
        return sorted(same, key=lambda one: (one.advocate != wanted.advocate, load.get(one.advocate, 0)))

    async def _taken(self) -> Taken:
        try:
            return Taken(tuple((await self._free())[:3]))
        except CalendarUnreachable:
            return Taken()

    # Booking

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
        result = await asyncio.to_thread(self._store.hold, candidates, conversation, now, address=address)
        return await self._taken() if isinstance(result, Taken) else result

    async def _may_try(self, conversation: str, address: str | None, now: datetime, what: str = "") -> bool:
        if not await asyncio.to_thread(self._store.may_try, f"{what}talk {conversation}", now):
            return False
        return not address or await asyncio.to_thread(self._store.may_try, f"{what}{address}", now, many=True)

    async def release(self, conversation: str) -> None:
        """Give back what the conversation holds."""
        await asyncio.to_thread(self._store.let_go, conversation, self.clock())

    async def confirm(
        self,
        hold: Held | str,
        person: Contact,
        *,
        conversation: str,
        zone: ZoneInfo,
        reason: str = "",
        key: str,
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

        Raises:
            ValueError: The contact is not enough to book.
            CalendarUnreachable: The hold ran out and no calendar can be seen.
        """
        if not person.enough:
            raise ValueError("a call needs a name, and an e-mail or a phone")
        hold_id, now = hold.id if isinstance(hold, Held) else hold, self.clock()
        wish = Confirmation(hold_id, conversation, person, str(zone), reason[:2000], key)
        for _ in range(2):  # a second time if the hold was let go just between the look at it and the booking
            ran_out = await asyncio.to_thread(self._store.ran_out, hold_id, conversation, now)
            # the same time with this advocate, or with another
            free = await self._free_at(ran_out, conversation=conversation) if ran_out else []
            result = await asyncio.to_thread(self._store.confirm, wish, now, free=next(iter(free), None))
            if not isinstance(result, Taken) or ran_out:
                break
        return await self._taken() if isinstance(result, Taken) else result

    async def move(
        self, call_id: str, opening: Opening | str, *, conversation: str | None
    ) -> Booked | Taken | Refused:
        """Move a call to another opening; ``conversation`` None is the advocate's own command line."""
        return await self._move(call_id, opening, conversation=conversation)

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
            self._store.move, call_id, candidates, self.clock(), conversation=conversation, sequence=sequence
        )
        return await self._taken() if isinstance(result, Taken) else result

    async def cancel(self, call_id: str, *, conversation: str | None) -> Cancelled | Refused:
        """Cancel a call; ``conversation`` None is the advocate's own command line."""
        return await asyncio.to_thread(self._store.cancel, call_id, self.clock(), conversation=conversation)

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
        if not await asyncio.to_thread(self._store.may_try, f"code for {email.lower()}", now):
            return Refused(Why.TOO_MANY_TRIES)
        await asyncio.to_thread(self._store.request_code, email.lower(), conversation, now, always=always)
        return None

    async def verify_code(self, digits: str, conversation: str) -> tuple[Call, ...] | Refused:
        """Check a code; then the calls of that address belong to this conversation for an hour."""
        right = await self.proves(digits, conversation)
        return await self.upcoming(conversation) if right else Refused(Why.WRONG_CODE)

    async def proves(self, digits: str, conversation: str) -> bool:
        """Check a code; then the e-mail it went to is this conversation's for an hour, with calls or without."""
        return await asyncio.to_thread(self._store.verify_code, digits, conversation, self.clock())

    # Links in e-mails, for the small pages

    def link_token(self, call: Call, purpose: Purpose) -> str:
        """Return a token for one purpose; it ends when the call begins."""
        return _token(call, purpose, self._secret)

    async def linked(self, token: str, purpose: Purpose) -> Call | Refused:
        """Return the call that a link is about, to show first name and time; changes nothing."""
        link = self._read(token, purpose)
        if isinstance(link, Refused):
            return link
        call = await asyncio.to_thread(self._store.call, link.call)
        if call is None:
            return Refused(Why.OLD_LINK)
        if call.state == "cancelled":
            return Refused(Why.CANCELLED)
        return call if call.sequence == link.sequence else Refused(Why.USED_LINK)

    async def cancel_by_link(self, token: str) -> Cancelled | Refused:
        """Cancel by a link (the page does this on POST only: mail scanners open every link)."""
        link = self._read(token, Purpose.CANCEL)
        if isinstance(link, Refused):
            return link
        result = await asyncio.to_thread(self._store.cancel, link.call, self.clock(), sequence=link.sequence)
        done = await self._done_by(link, result)
        return Cancelled(done, repeated=True) if done and done.state == "cancelled" else result

    async def keep_by_link(self, token: str) -> Call | Refused:
        """Take the word of who got the invitation that the call is theirs; any number of times."""
        link = self._read(token, Purpose.KEEP)
        if isinstance(link, Refused):
            return link
        return await asyncio.to_thread(self._store.keep, link.call, link.sequence, self.clock())

    async def move_by_link(self, token: str, opening: Opening | str) -> Booked | Taken | Refused:
        """Move by a link."""
        link = self._read(token, Purpose.MOVE)
        if isinstance(link, Refused):
            return link
        result = await self._move(link.call, opening, sequence=link.sequence)
        done, wanted = await self._done_by(link, result), self._named(opening)
        same = done and wanted and done.state == "booked" and done.start == wanted.start
        return Booked(done, repeated=True) if done and same else result

    async def _done_by(self, link: Link, result: object) -> Call | None:
        """Return the call that this very link changed before: a thumb presses a button twice."""
        if result != Refused(Why.USED_LINK):
            return None
        call = await asyncio.to_thread(self._store.call, link.call)
        return call if call and call.sequence == link.sequence + 1 else None

    def _read(self, token: str, purpose: Purpose) -> Link | Refused:
        link = read_token(token, self._secrets, self.clock())
        if isinstance(link, Why):
            return Refused(link)
        return link if link.purpose is purpose else Refused(Why.WRONG_LINK)

    # Forgetting, and the worker

    async def forget(self, conversation: str) -> None:
        """Drop all that a conversation left here except its calls ("delete what I wrote")."""
        await asyncio.to_thread(self._store.forget, conversation, self.clock())

    async def queue_chat_mail(self, talk: str, *, once: str, stale_at: datetime) -> None:
        """Queue an e-mail to the parent of a chat; queued already under this key, nothing is done twice.

        Args:
            talk: The chat's id; address and words are read when the e-mail is sent.
            once: The key.
            stale_at: From when on it is not worth sending.
        """
        row = {"kind": CHAT, "once": once, "stream": chat_stream(talk), "payload": {"talk": talk}}
        await asyncio.to_thread(queue_once, self._database, now=self.clock(), stale_at=stale_at, **row)

    async def all_calls(self) -> list[Call]:
        """Return every call that was booked, for the advocate."""
        return await asyncio.to_thread(self._store.all_calls)

    async def dead_letters(self) -> list[Letter]:
        """Return what could not be sent in a day of tries."""
        return await asyncio.to_thread(self._outbox.in_state, "dead")

    async def revive(self, letter_id: int | None = None) -> int:
        """Let dead letters, or one, start anew; return how many."""
        return await asyncio.to_thread(self._outbox.revive, self.clock(), letter_id)

    async def deliver_due(self) -> int:
        """Send what is due now; return how many rows were handled."""
        return await self._delivery.deliver_due(self._worker)

    def _tidy(self, now: datetime) -> None:
        """Delete what is past its keeping, in the database and on disk. Blocks."""
        self._store.tidy(now)
        if isinstance(self._mailer, FolderMailer):
            self._mailer.delete_older(now - timedelta(days=self.consultation.calls_days))

    async def run_outbox(self, *, every: float = 2.0, stop: asyncio.Event | None = None) -> None:
        """Send what is due, until stopped; any number of processes may do so at once.

        Args:
            every: Seconds between two looks.
            stop: Ends the loop after the current look.
        """
        tidied: datetime | None = None
        stop = stop or asyncio.Event()
        while not stop.is_set():
            try:
                while await self.deliver_due() and not stop.is_set():
                    pass
                now = self.clock()
                if tidied is None or now - tidied >= TIDY_EVERY:
                    tidied = now
                    await asyncio.to_thread(self._tidy, now)
            except Exception:  # the worker outlives a database that is away
                log.exception("the outbox could not be worked on; trying again")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)


def _token(call: Call, purpose: Purpose, secret: bytes) -> str:
    return make_token(Link(purpose, call.id, call.sequence, call.start), secret)


def _mail_links(call: Call, *, secret: bytes, public_url: str | None) -> dict[str, str]:
    """Return the links below an e-mail to a parent; the pages live in assistant/channels."""
    if not public_url or call.state != "booked":
        return {}
    base = public_url.rstrip("/")
    links = {
        "I will be there": f"{base}/call/keep/{_token(call, Purpose.KEEP, secret)}",
        "Find another time": f"{base}/call/move/{_token(call, Purpose.MOVE, secret)}",
        "Cancel the call": f"{base}/call/cancel/{_token(call, Purpose.CANCEL, secret)}",
    }
    if call.proof != NO_PROOF:
        del links["I will be there"]
    return links
