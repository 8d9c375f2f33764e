"""Who wants no texts from here: kept as keyed hashes, until they want them again."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from ivr.database.store import Store
from ivr.database.tables import refusals
from ivr.sms.keys import NumberKeys
from ivr.sms.outbox import call_off


class Refusals:
    """The refusal list. Every method raises SQLAlchemyError where the database does not answer."""

    def __init__(self, store: Store, keys: NumberKeys) -> None:
        self._store, self._keys = store, keys

    def holds(self, connection: Connection, number: str) -> bool:
        """Whether this number (E.164) takes no texts."""
        known = refusals.c.recipient_key.in_(self._keys.all_of(number))
        return connection.execute(select(refusals).where(known)).first() is not None

    def change(self, number: str, refused: bool, now: datetime) -> None:
        """Puts a number on the list or takes it off; done twice it is the same.

        Texts to it that nobody has begun to send are given up.
        """
        with self._store.begin() as connection:
            if refused:
                self._add(connection, number, now)
                call_off(connection, self._keys.all_of(number))
            else:
                known = refusals.c.recipient_key.in_(self._keys.all_of(number))
                connection.execute(delete(refusals).where(known))

    def _add(self, connection: Connection, number: str, now: datetime) -> None:
        if self.holds(connection, number):
            return
        row = {"recipient_key": self._keys.of(number), "created": now}
        try:
            with connection.begin_nested():
                connection.execute(insert(refusals).values(row))
        except IntegrityError:
            pass  # another request was first
