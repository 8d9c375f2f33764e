"""PostgreSQL tells workers on every machine that a row was put in: LISTEN and NOTIFY.

https://www.postgresql.org/docs/current/sql-notify.html: what is notified within a transaction is
delivered when it commits. SQLite has nothing like it; there the workers look by themselves.
"""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from sqlalchemy import Connection, Engine, func, select, text

from ivr.database.errors import AWAY, without_values

log = logging.getLogger(__name__)

_CHANNEL = "madoguchi_texts"
_LOOK = 1.0  # seconds between looks whether to stop
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0  # seconds until it connects again


def notify(connection: Connection) -> None:
    """Tells every listener, once this transaction is committed; nothing on SQLite."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(_CHANNEL, "")))


class Listener:
    """Hears every `notify` over a connection of its own, which is made again when it breaks."""

    def __init__(self, engine: Engine, heard: Callable[[], None]) -> None:
        """`heard` is called for each notice, and once after each connection: what was put in
        before it went unheard."""
        self._engine, self._heard = engine, heard
        self._over = Event()
        self._thread = Thread(target=self._work, name="text-listener", daemon=True)

    def start(self) -> None:
        """Listens in a thread of its own until `stop`."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the listening, within a second or two."""
        self._over.set()
        self._thread.join()

    def _work(self) -> None:
        failures = 0
        while not self._over.is_set():
            try:
                with self._engine.connect() as connection:
                    driver = _listening(connection)
                    self._heard()
                    while not self._over.is_set():
                        for _ in driver.notifies(timeout=_LOOK, stop_after=1):
                            self._heard()
                        if failures:  # it holds: one that breaks at once is none
                            log.warning("the database notifies this worker of new texts again")
                        failures = 0
            except Exception as error:
                if not failures:
                    log.warning(
                        "the database notifies this worker of no new texts (it looks by itself"
                        " every second): %s",
                        self._shown(error),
                    )
                self._over.wait(min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(failures, 10)))
                failures += 1

    def _shown(self, error: Exception) -> str:
        """An error of the database's by its kind; one of our own with the lines that led to it."""
        driver = self._engine.dialect.loaded_dbapi.Error  # those of `notifies` are not wrapped
        return type(error).__name__ if isinstance(error, (*AWAY, driver)) else without_values(error)


def _listening(connection: Connection) -> Any:
    """The driver's own connection (psycopg), listening."""
    connection.execution_options(isolation_level="AUTOCOMMIT")
    driver = connection.connection.driver_connection
    connection.detach()  # no longer one of the pool's: those are for callers and texts
    connection.execute(text(f"LISTEN {_CHANNEL}"))
    return driver
