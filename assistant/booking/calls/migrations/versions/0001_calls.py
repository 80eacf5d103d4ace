"""Calls, outbox, codes and tries, with the constraint that refuses a second booking.

SQLite: a partial unique index on (advocate, start) of live calls and holds. PostgreSQL: besides,
an EXCLUDE constraint over the time each of them blocks, so that nothing can overlap either.
"""

import sqlalchemy as sa
from alembic import op

from assistant.booking.calls.tables import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LIVE = "state IN ('held', 'booked')"


# Long: a list of tables, never changed again.
def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "calls",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("advocate", sa.String(40), nullable=False),
        sa.Column("starts_at", Instant, nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sa.Column("blocked_until", Instant, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("held_until", Instant),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("key", sa.String(255), unique=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("zone", sa.String(64)),
        sa.Column("name", sa.String(200)),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(32)),
        sa.Column("reason", sa.Text),
        sa.Column("made_at", Instant, nullable=False),
        sa.CheckConstraint("starts_at < ends_at AND ends_at <= blocked_until", name="calls_order"),
        sa.CheckConstraint("state IN ('held', 'booked', 'cancelled', 'lapsed')", name="calls_state"),
    )
    op.create_index(
        "calls_one_an_opening",
        "calls",
        ["advocate", "starts_at"],
        unique=True,
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )
    op.create_index("calls_conversation", "calls", ["conversation"])
    op.create_index("calls_email", "calls", ["email"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(
            "ALTER TABLE calls ADD CONSTRAINT calls_no_overlap EXCLUDE USING gist "
            f"(advocate WITH =, tstzrange(starts_at, blocked_until) WITH &&) WHERE ({LIVE})"
        )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("once", sa.String(200), nullable=False, unique=True),
        sa.Column("stream", sa.String(100), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("stale_at", Instant),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("claimed_by", sa.String(64)),
        sa.Column("claimed_until", Instant),
        sa.Column("error", sa.Text),
        sa.Column("queued_at", Instant, nullable=False),
        sa.Column("sent_at", Instant),
    )
    op.create_index("outbox_due", "outbox", ["state", "due_at"])
    op.create_index("outbox_stream", "outbox", ["stream"])
    op.create_table(
        "codes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("valid_until", Instant, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("proven_at", Instant),
    )
    op.create_index("codes_conversation", "codes", ["conversation"])
    op.create_table(
        "tries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("tries_who", "tries", ["who", "at"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("tries", "codes", "outbox", "calls"):
        op.drop_table(table)
