"""The databases that texts are tested on: SQLite always, PostgreSQL where it is given."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from ivr.database.migrations import upgrade_tables
from ivr.database.store import Store
from ivr.database.tables import metadata

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


@contextmanager
def own_database(name: str = f"madoguchi_test_{WORKER}", migrated: bool = True) -> Iterator[str]:
    """The address of a new PostgreSQL database, migrated; it is dropped at the end."""
    server = make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    url = server.set(database=name).render_as_string(hide_password=False)
    if migrated:
        store = Store(url)
        upgrade_tables(store.engine)
        store.close()
    yield url
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


def empty(url: str) -> None:
    """Forgets all rows."""
    store = Store(url)
    with store.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(table.delete())
    store.close()
