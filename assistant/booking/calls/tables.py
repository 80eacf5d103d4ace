"""The tables of the booking database. Every instant in them is UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator):  # type: ignore[misc] # SQLAlchemy 1.4 has no annotations
    """An aware datetime. SQLite keeps no zone, so values go in and come out as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the value as UTC, without a zone for SQLite.

        Raises:
            ValueError: It has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone; give an aware datetime")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the value in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

# Holds and calls share one table, so that one constraint guards an opening against both:
# state is held, booked, cancelled or lapsed (a hold that ran out or was let go).
calls = Table(
    "calls",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("advocate", String(40), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("blocked_until", Instant, nullable=False),  # the end and the buffer
    Column("state", String(10), nullable=False),
    Column("held_until", Instant),
    Column("conversation", String(255), nullable=False),
    Column("key", String(255), unique=True),  # the idempotency key of the confirmation
    Column("sequence", Integer, nullable=False, default=0),
    Column("zone", String(64)),
    Column("person", Text),  # name, e-mail, phone and reason, sealed: assistant/booking/calls/persons.py
    Column("email_key", String(64)),  # keyed hashes, to be found by
    Column("phone_key", String(64)),
    Column("made_at", Instant, nullable=False),
    Column("proof", String(10)),  # of the e-mail: none, code, link; null where nobody has to prove one
    Column("block", String(64)),  # for a day, a keyed hash of the network that asked
)

# What has to leave the house: e-mails and calendar entries. A row names the call, never the
# person: name and address are read from the call when the row is sent.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("once", String(200), nullable=False, unique=True),
    Column("stream", String(100), nullable=False),  # rows of one stream leave one after the other
    Column("payload", JSON, nullable=False),
    Column("state", String(10), nullable=False),  # waiting, sending, sent, dropped, dead
    Column("due_at", Instant, nullable=False),
    Column("stale_at", Instant),  # not worth sending any more
    Column("tries", Integer, nullable=False, default=0),
    Column("claimed_by", String(64)),
    Column("claimed_until", Instant),
    Column("error", Text),
    Column("queued_at", Instant, nullable=False),
    Column("sent_at", Instant),
)

# Six-digit codes that prove an e-mail address; the digits follow from id and secret.
codes = Table(
    "codes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("address", Text, nullable=False),  # the e-mail, sealed
    Column("email_key", String(64), nullable=False),
    Column("conversation", String(255), nullable=False),
    Column("valid_until", Instant, nullable=False),
    Column("wrong", Integer, nullable=False, default=0),
    Column("proven_at", Instant),
)

# Recent tries of a network address or conversation, kept as a keyed hash for an hour.
tries = Table(
    "tries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("who", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)
