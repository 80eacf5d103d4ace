"""Alembic's entry: runs the migrations on the connection that :mod:`assistant.booking.database` gives."""

from alembic import context

from assistant.booking.database import VERSION_TABLE
from assistant.booking.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
