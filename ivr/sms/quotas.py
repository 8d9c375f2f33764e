"""How many texts go out in a day: to one recipient, for one caller, and in all.

So that nobody can be pestered from here, and no budget drained.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import IntegrityError

from ivr.store import Store, quotas

_ALL = "all"


@dataclass(frozen=True)
class Limits:
    """The most texts of a day."""

    per_recipient: int
    per_caller: int
    per_day: int


class Quotas:
    """Counts, in the transaction that puts the text in: either both happen or neither."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store, self._limits = store, limits

    def spend(self, connection: Connection, recipient: str, caller: str, day: date) -> bool:
        """Counts a text for `recipient` and `caller` (keyed hashes); False where it is too many,
        and then nothing is counted. Raises SQLAlchemyError."""
        wanted = {
            f"to:{recipient}": self._limits.per_recipient,
            f"by:{caller}": self._limits.per_caller,
            _ALL: self._limits.per_day,
        }
        with connection.begin_nested() as part:
            if all(_count(connection, whose, day, most) for whose, most in _in_order(wanted)):
                return True
            part.rollback()
        return False

    def purge(self, before: date) -> None:
        """Forgets the counts of earlier days."""
        with self._store.begin() as connection:
            connection.execute(delete(quotas).where(quotas.c.day < before.isoformat()))


def _in_order(wanted: Mapping[str, int]) -> list[tuple[str, int]]:
    """Always in the same order, so that two transactions never wait for each other's rows."""
    return sorted(wanted.items())


def _count(connection: Connection, whose: str, day: date, most: int) -> bool:
    if most < 1:
        return False
    row = {"whose": whose, "day": day.isoformat()}
    more = update(quotas).filter_by(**row).where(quotas.c.used < most)
    if connection.execute(more.values(used=quotas.c.used + 1)).rowcount == 1:
        return True
    try:
        with connection.begin_nested():
            connection.execute(insert(quotas).values(**row, used=1))
        return True
    except IntegrityError:  # it is there: full, or another request was first with the first text
        return connection.execute(more.values(used=quotas.c.used + 1)).rowcount == 1
