"""Alembic's entry: runs the migrations on the connection that :mod:`assistant.booking.calls.database` gives."""

from alembic import context

from assistant.booking.calls.database import VERSION_TABLE
from assistant.booking.calls.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
