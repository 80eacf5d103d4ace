"""Links in e-mails: they show, keep, move or cancel one call without a talk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from assistant.booking.calls.call import Booked, Call, Cancelled, Refused, Taken, Why
from assistant.booking.calls.links import Link, Purpose, make_token, read_token
from assistant.booking.desk.changes import Changes
from assistant.booking.desk.store import Store
from assistant.booking.desk.unproven import NO_PROOF
from assistant.booking.openings import Opening
from assistant.sealed import Secrets, all_of

Move = Callable[[str, Opening | str, int], Awaitable[Booked | Taken | Refused]]
"""Moves a call, named by its id, to an opening, if it has not changed since this number."""


class ByLink:
    """What may be done with the links of an e-mail, for the small pages."""

    def __init__(
        self,
        store: Store,
        changes: Changes,
        move: Move,
        named: Callable[[Opening | str], Opening | None],
        *,
        clock: Callable[[], datetime],
        secrets: Secrets,
        public_url: str | None,
    ) -> None:
        """Keep what is needed to make and to read links.

        Args:
            store: Where the calls are.
            changes: How they are canceled and kept.
            move: How the desk moves a call.
            named: Finds the opening that a button's id names.
            clock: Tells the current instant.
            secrets: The first signs; all of them are accepted.
            public_url: Where parents reach the site; None makes no links.
        """
        self._store = store
        self._changes = changes
        self._move_call = move
        self._named = named
        self._clock = clock
        self._secrets = all_of(secrets)
        self._public_url = public_url

    def token(self, call: Call, purpose: Purpose) -> str:
        """Return a token for one purpose; it ends when the call begins."""
        return make_token(Link(purpose, call.id, call.sequence, call.start), self._secrets[0])

    def below_mail(self, call: Call) -> dict[str, str]:
        """Return the links below an e-mail to a parent; the pages live in assistant/channels."""
        if not self._public_url or call.state != "booked":
            return {}
        base = f"{self._public_url.rstrip('/')}/call"
        links = {
            "I will be there": f"{base}/keep/{self.token(call, Purpose.KEEP)}",
            "Find another time": f"{base}/move/{self.token(call, Purpose.MOVE)}",
            "Cancel the call": f"{base}/cancel/{self.token(call, Purpose.CANCEL)}",
        }
        if call.proof != NO_PROOF:
            del links["I will be there"]
        return links

    async def call(self, token: str, purpose: Purpose) -> Call | Refused:
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

    async def cancel(self, token: str) -> Cancelled | Refused:
        """Cancel by a link (the page does this on POST only: mail scanners open every link)."""
        link = self._read(token, Purpose.CANCEL)
        if isinstance(link, Refused):
            return link
        result = await asyncio.to_thread(
            self._changes.cancel, link.call, self._clock(), sequence=link.sequence
        )
        done = await self._done_by(link, result)
        return Cancelled(done, repeated=True) if done and done.state == "cancelled" else result

    async def keep(self, token: str) -> Call | Refused:
        """Take the word of who got the invitation that the call is theirs; any number of times."""
        link = self._read(token, Purpose.KEEP)
        if isinstance(link, Refused):
            return link
        return await asyncio.to_thread(self._changes.keep, link.call, link.sequence, self._clock())

    async def move(self, token: str, opening: Opening | str) -> Booked | Taken | Refused:
        """Move by a link."""
        link = self._read(token, Purpose.MOVE)
        if isinstance(link, Refused):
            return link
        result = await self._move_call(link.call, opening, link.sequence)
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
        link = read_token(token, self._secrets, self._clock())
        if isinstance(link, Why):
            return Refused(link)
        return link if link.purpose is purpose else Refused(Why.WRONG_LINK)
