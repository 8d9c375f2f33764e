"""The one way to the database. Nothing of a call is read or written but its texts."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from ivr.database import sqlite_file
from ivr.database.errors import AWAY
from ivr.database.tables import keyed_numbers, metadata

REVISION = "0001"  # the newest in ivr/database/migrations; a test holds the two together

# Alembic's own table, as it makes it.
_VERSIONS = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), primary_key=True),
)


class Store:
    """A database: nothing is opened before it is needed, and what fails can be tried again."""

    def __init__(self, url: str) -> None:
        """`url`: as SQLAlchemy writes it, or as hosts give it (`postgres://…`)."""
        self._url = make_url(url)
        if self._url.drivername in ("postgres", "postgresql"):
            self._url = self._url.set(drivername="postgresql+psycopg")
        self.is_embedded = self._url.get_backend_name() == "sqlite"
        self._engine = _engine_of(self._url)
        self._prepared: sqlite_file.Identity | None = None  # of the embedded database's file
        self._preparing = Lock()

    @property
    def engine(self) -> Engine:
        """The database itself, for migrations."""
        return self._engine

    @property
    def is_not_yet_made(self) -> bool:
        """Whether it is an embedded database whose file nobody has needed so far."""
        if not self.is_embedded or sqlite_file.identity(self._url.database) is not None:
            return False
        return Path(self._url.database or "").absolute().parent.is_dir()

    def forget_connections(self) -> None:
        """Leaves open connections to the process that this one was forked from."""
        self._engine.dispose(close=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read by. Raises SQLAlchemyError as `begin` does."""
        self.prepare()
        with self._look() as connection:
            yield connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction. Raises one of AWAY where the database does not answer, and another
        SQLAlchemyError where its tables are behind or the statement is wrong."""
        self.prepare()
        with self._engine.begin() as connection:
            yield connection

    def prepare(self) -> None:
        """Brings the embedded database up to date; any other is brought so by `ivr migrate`."""
        if not self.is_embedded or self._is_prepared():
            return
        with self._preparing:
            if self._is_prepared():
                return
            if self.revision() != REVISION and not self._begin_anew():
                from ivr.database.migrations import (
                    upgrade_tables,  # a large library, needed once in a while
                )

                upgrade_tables(self._engine)
            self._prepared = sqlite_file.identity(self._url.database)

    def _is_prepared(self) -> bool:
        """Whether it still is the file that was prepared: a disk may have been replaced."""
        here = sqlite_file.identity(self._url.database)
        return here is not None and here == self._prepared

    def revision(self) -> str | None:
        """The revision that the tables are at; None where there are none."""
        with self._look() as connection:
            return self._revision(connection)

    def _revision(self, connection: Connection) -> str | None:
        if not self._engine.dialect.has_table(connection, _VERSIONS.name):
            return None
        return connection.execute(select(_VERSIONS.c.version_num)).scalar()

    def _begin_anew(self) -> bool:
        """Makes all tables of a new database at once; says whether they are there.

        They may be: two worker processes begin together, and one of them is the later.
        """
        with self._engine.begin() as connection:
            if inspect(connection).get_table_names():
                return self._revision(connection) == REVISION
            metadata.create_all(connection)
            _VERSIONS.create(connection)
            connection.execute(insert(_VERSIONS).values(version_num=REVISION))
        return True

    def complaint(self) -> str | None:
        """What is wrong with the database, in one line; None where all is well."""
        try:
            self.prepare()
            if self.revision() != REVISION:
                return "its tables are behind; run ivr migrate"
        except AWAY:
            return "it does not answer"
        except SQLAlchemyError as error:
            return f"it answers with {type(error).__name__}"
        try:
            with self.begin() as connection:  # what can be read may still be locked, or a replica
                connection.execute(delete(keyed_numbers).where(keyed_numbers.c.call == ""))
        except SQLAlchemyError:
            return "it takes nothing down"
        return None

    def _look(self) -> Connection:
        return self._engine.connect().execution_options(**{sqlite_file.READING: True})

    def tidy(self) -> None:
        """Empties the embedded database's log of changes, in which erased numbers still stand.

        Raises SQLAlchemyError. It can't be done inside a transaction, and so below SQLAlchemy's.
        """
        if self.is_embedded:
            with closing(self._engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Closes every connection; the next use opens new ones."""
        self._engine.dispose()


# A connection that went away is noticed before it is used; no error shows a number it was about.
_ANY_DATABASE: dict[str, Any] = {"pool_pre_ping": True, "hide_parameters": True}


def _engine_of(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        # A caller waits for the answer: rather none than a late one. Seconds, milliseconds.
        options = {"connect_timeout": 2, "options": "-c statement_timeout=3000"}
        return create_engine(
            url, connect_args=options, pool_size=8, pool_timeout=2, **_ANY_DATABASE
        )
    return sqlite_file.file_engine(url, **_ANY_DATABASE)
