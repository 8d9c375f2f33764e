"""The queue as a file, which may be away when it is wanted and be another when it is back."""

import sqlite3
from typing import Any

from huey.storage import SqliteStorage

from ivr.database.sqlite_file import identity


class QueueFile(SqliteStorage):  # type: ignore[misc]  # huey ships no types
    """Huey's file, opened at the first use and anew whenever another lies in its place."""

    def __init__(self, name: str, **options: Any) -> None:
        self._conn: sqlite3.Connection | None
        super().__init__(name, **options, create_tables=False)
        self._file: object = None

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection; huey asks for it under its lock, at every use."""
        if self._conn is not None and self._file != identity(self.filename):
            self._conn.close()
            self._conn = None
        connection: sqlite3.Connection = super().conn
        return connection

    def _create_connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = super()._create_connection()
        for table in self.ddl:
            connection.execute(table)
        self._file = identity(self.filename)
        return connection
