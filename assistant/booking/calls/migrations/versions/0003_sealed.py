"""Who booked, and why, is sealed: one text a row, with keyed hashes beside it for what has to be found.

Every row is kept. SQLite before 3.35 can't drop a column: there the old ones stay, empty.
"""

import sqlite3

import sqlalchemy as sa
from alembic import context, op

from assistant.booking.calls.persons import Person, Persons
from assistant.booking.calls.tables import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IN_CLEAR = ("name", "email", "phone", "reason")
_CALLS = sa.table("calls", *(sa.column(name) for name in ("id", "person", "email_key", "phone_key", *IN_CLEAR)))  # fmt: skip
_CODES = sa.table("codes", *(sa.column(name) for name in ("id", "conversation", "wrong", "email", "address", "email_key")), sa.column("valid_until", Instant), sa.column("proven_at", Instant))  # fmt: skip


def upgrade() -> None:
    """Seal what stands there in clear, then take the clear columns away."""
    persons: Persons = context.config.attributes["persons"]
    _seal_calls(persons)
    _seal_codes(persons)


def _seal_calls(persons: Persons) -> None:
    op.add_column("calls", sa.Column("person", sa.Text))
    op.add_column("calls", sa.Column("email_key", sa.String(64)))
    op.add_column("calls", sa.Column("phone_key", sa.String(64)))
    rows, c = op.get_bind(), _CALLS.c
    for row in rows.execute(sa.select(c.id, *(c[name] for name in IN_CLEAR))).all():
        person = Person(*(getattr(row, name) for name in IN_CLEAR))
        if person != Person():
            columns = {**persons.call_columns(person), **dict.fromkeys(IN_CLEAR)}
            rows.execute(_CALLS.update().where(c.id == row.id).values(**columns))
    op.drop_index("calls_email", "calls")
    if rows.dialect.name != "sqlite" or sqlite3.sqlite_version_info >= (3, 35):
        for name in IN_CLEAR:
            op.drop_column("calls", name)
    op.create_index("calls_email_key", "calls", ["email_key"])


def _seal_codes(persons: Persons) -> None:
    rows, c = op.get_bind(), _CODES.c
    kept = ("id", "conversation", "valid_until", "wrong", "proven_at")
    found = rows.execute(sa.select(c.email, *(c[name] for name in kept))).all()
    op.drop_table("codes")
    op.create_table(
        "codes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("email_key", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("valid_until", Instant, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("proven_at", Instant),
    )
    op.create_index("codes_conversation", "codes", ["conversation"])
    for row in found:
        values = {name: getattr(row, name) for name in kept}
        rows.execute(_CODES.insert().values(**values, **persons.code_columns(row.email)))


def downgrade() -> None:
    """Say how to go back.

    Raises:
        RuntimeError: Always: names and addresses are not written in clear again.
    """
    raise RuntimeError("Go back to a version before with the backup made then: make restore FROM=…")
