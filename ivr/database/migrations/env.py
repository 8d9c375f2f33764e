"""Read by Alembic whenever it changes a database or compares it with `ivr.database.tables`."""

from alembic import context
from sqlalchemy import text

from ivr.database.tables import metadata

_LOCK = 6_230_145  # any number: two machines that start at once migrate one after the other

engine = context.config.attributes["engine"]
with engine.begin() as connection:
    if engine.dialect.name == "postgresql":
        # No caller waits here, and a large table or another machine's change may take long.
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()
