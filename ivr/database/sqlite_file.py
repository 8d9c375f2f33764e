"""SQLite under many threads and processes, in a file that may go away and come back as another.

SQLAlchemy does the rest; nothing of any table is known here.
"""

import os
import sqlite3
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

READING = "reading"  # an execution option: this transaction only reads
BUSY = 5.0  # seconds that a transaction waits for others
_A_MOMENT = 0.01  # seconds
_FILE = "file"

Identity = tuple[int, int]


def identity(path: str | None) -> Identity | None:
    """Which file lies at `path`: another of the same name is another; None where there is none."""
    if not path or path == ":memory:":
        return (0, 0)
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def file_engine(url: URL, **options: Any) -> Engine:
    """An engine whose connections always are to the file that now lies there."""
    engine = create_engine(url, connect_args={"timeout": BUSY}, **options)

    def connected(connection: Any, record: Any) -> None:
        _set_up(connection)
        record.info[_FILE] = identity(url.database)

    def taken(_connection: Any, record: Any, _proxy: object) -> None:
        """What was taken away can still be read through an old connection, but is no truth."""
        if record.info.get(_FILE) != identity(url.database):
            raise DisconnectionError("the database's file is not the one that was opened")

    event.listen(engine, "connect", connected)
    event.listen(engine, "checkout", taken)
    event.listen(engine, "begin", _begins)
    return engine


def _set_up(connection: Any) -> None:
    """Readers and the one writer do not wait for each other; transactions are begun by us.

    What is erased is overwritten, too: a number is not left lying in the file.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    _keep_a_log(cursor)
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _keep_a_log(cursor: sqlite3.Cursor) -> None:
    """The first one to come changes the file; those who come with it would be refused at once,
    whatever their time-out (https://www.sqlite.org/wal.html, section 9)."""
    until = time.monotonic() + BUSY
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_A_MOMENT)


def _begins(connection: Connection) -> None:
    """A transaction that reads first and then writes would fail where another wrote in between."""
    reading = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
