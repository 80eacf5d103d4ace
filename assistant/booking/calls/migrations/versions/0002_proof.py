"""What is known of who booked: whether the e-mail was proven, and for a day a hash of the network."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; calls of before have nothing to prove."""
    op.add_column("calls", sa.Column("proof", sa.String(10)))
    op.add_column("calls", sa.Column("block", sa.String(64)))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("calls", "block")
    op.drop_column("calls", "proof")
