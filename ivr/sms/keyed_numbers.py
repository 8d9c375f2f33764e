"""A number that a caller keyed in, kept while the call lasts: none ever stands in a URL.

The call's next agency offers it again, so that nobody keys in eleven digits twice.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from ivr.database.store import Store
from ivr.database.tables import keyed_numbers


class KeyedNumbers:
    """One number a call. Every method raises SQLAlchemyError where the database does not answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def hold(self, call: str, number: str, now: datetime) -> None:
        """Keeps a number (E.164) in place of an earlier one."""
        kept = {"number": number, "created": now}
        with self._store.begin() as connection:
            try:
                with connection.begin_nested():
                    connection.execute(insert(keyed_numbers).values(call=call, **kept))
            except IntegrityError:
                connection.execute(update(keyed_numbers).filter_by(call=call).values(**kept))

    def of(self, connection: Connection, call: str) -> str | None:
        """The number that is kept for a call."""
        wanted = select(keyed_numbers.c.number).filter_by(call=call)
        return connection.execute(wanted).scalar_one_or_none()

    def forget(self, connection: Connection, call: str) -> None:
        """Erases it."""
        connection.execute(delete(keyed_numbers).filter_by(call=call))

    def call_is_over(self, call: str) -> None:
        """Erases what was keyed in."""
        with self._store.begin() as connection:
            self.forget(connection, call)

    def purge(self, before: datetime) -> None:
        """Erases what no call can still need."""
        with self._store.begin() as connection:
            connection.execute(delete(keyed_numbers).where(keyed_numbers.c.created < before))
