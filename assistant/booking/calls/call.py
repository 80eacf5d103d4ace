"""A call and what can come of asking for one."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from assistant.booking.openings import Opening, Period
from assistant.booking.zones import spoken


@dataclass(frozen=True)
class Call:
    """A consultation that was booked or is held for somebody.

    Attributes:
        start: Instant in UTC, as is ``end``.
        state: ``held``, ``booked``, ``cancelled`` or ``lapsed``.
        sequence: Rises with every change; calendars keep the highest.
        zone: IANA name of the parent's zone; None while held.
        language: What the parent wrote, if it is not English: ``es``. Letters to them are in it.
        proof: How the e-mail was proven: ``none``, ``code`` or ``link``; None where nobody has to prove one.
    """

    id: str
    advocate: str
    start: datetime
    end: datetime
    state: str
    sequence: int
    conversation: str = field(repr=False)
    made_at: datetime
    held_until: datetime | None = None
    zone: str | None = None
    name: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    reason: str | None = field(default=None, repr=False)
    proof: str | None = None
    language: str | None = None

    @property
    def opening(self) -> Opening:
        """The time that the call takes, with its advocate."""
        return Opening(self.start, self.end, self.advocate)

    @property
    def period(self) -> Period:
        """The time that the call takes."""
        return Period(self.start, self.end)

    @property
    def when(self) -> str:
        """Return the time as the parent reads it, in their own zone."""
        return spoken(self.start, ZoneInfo(self.zone or "UTC"))

    @property
    def first_name(self) -> str:
        """The first word of the name; empty where none was given."""
        return (self.name or "").split(" ")[0]


class Why(Enum):
    """Why something was refused, for the one who words the reply."""

    TOO_MANY_TRIES = "too many tries from this address within the hour"
    TOO_MANY_OPEN = "this e-mail or phone has as many calls ahead as one may have"
    UNPROVEN = "too many calls are held for e-mails that nobody has proven"
    NOT_YOURS = "no such call, or its owner has not been proven"
    CANCELLED = "the call was canceled before"
    OVER = "the call has begun or is over"
    WRONG_CODE = "the code is wrong or too old"
    WRONG_LINK = "the link is damaged or was not made here"
    OLD_LINK = "the link is too old"
    USED_LINK = "the link was used, or the call changed since it was sent"


@dataclass(frozen=True)
class Held:
    """The opening is kept until ``until``; ``id`` goes into the confirmation."""

    id: str
    opening: Opening
    until: datetime


@dataclass(frozen=True)
class Booked:
    """The call stands in the database. ``repeated``: it did before, nothing was done twice."""

    call: Call
    repeated: bool = False


@dataclass(frozen=True)
class Taken:
    """Somebody was faster, or the opening is no longer one; ``instead`` are the next three."""

    instead: tuple[Opening, ...] = ()


@dataclass(frozen=True)
class Cancelled:
    """The call is canceled. ``repeated``: it was before."""

    call: Call
    repeated: bool = False


@dataclass(frozen=True)
class Refused:
    """Nothing was done."""

    why: Why
