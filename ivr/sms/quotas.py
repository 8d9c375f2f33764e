"""How many texts go out in a day: to one recipient, for one caller, and in all.

So that nobody can be pestered from here, and no budget drained.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete

from ivr.database.store import Store
from ivr.database.tables import inserting, quotas, took

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
        and then what was counted is to be rolled back. Raises SQLAlchemyError."""
        wanted = {
            f"to:{recipient}": self._limits.per_recipient,
            f"by:{caller}": self._limits.per_caller,
            _ALL: self._limits.per_day,
        }
        return all(_count(connection, whose, day, most) for whose, most in _in_order(wanted))

    def reply(self, kind: str, recipient: str, day: date, most: int) -> bool:
        """Counts a reply of a kind to a recipient (keyed hash); False where there were `most`.

        Raises SQLAlchemyError.
        """
        with self._store.begin() as connection:
            return _count(connection, f"{kind}:{recipient}", day, most)

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
    first = inserting(connection, quotas).values(whose=whose, day=day.isoformat(), used=1)
    one_more = first.on_conflict_do_update(
        index_elements=[quotas.c.whose, quotas.c.day],
        set_={"used": quotas.c.used + 1},
        where=quotas.c.used < most,
    )
    return took(connection, one_more)
