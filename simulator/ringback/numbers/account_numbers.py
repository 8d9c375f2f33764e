"""The account's numbers and what they are set up with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock

from ringback.numbers.number import Number, is_e164


@dataclass(frozen=True)
class OwnedNumber:
    """A number with the sid it is known by in the API, and when it last changed."""

    sid: str
    number: Number
    created: datetime
    updated: datetime


class AccountNumbers:
    """The numbers in the order they were given; any thread may read and write.

    A sid comes from the number itself, so it is the same on every run.
    """

    def __init__(self, numbers: Sequence[Number | str], now: datetime) -> None:
        self._lock = Lock()
        self._owned: dict[str, OwnedNumber] = {}
        for given in numbers:
            number = Number(given) if isinstance(given, str) else given
            sid = "PN" + sha256(number.number.encode()).hexdigest()[:32]
            self._owned[sid] = OwnedNumber(sid, number, now, now)

    def numbers(self) -> tuple[Number, ...]:
        """All numbers, alphanumeric senders too."""
        with self._lock:
            return tuple(owned.number for owned in self._owned.values())

    def incoming(self) -> tuple[OwnedNumber, ...]:
        """The numbers that can be called or texted."""
        with self._lock:
            return tuple(owned for owned in self._owned.values() if is_e164(owned.number.number))

    def find(self, sid: str) -> OwnedNumber | None:
        """The number with this sid."""
        return next((owned for owned in self.incoming() if owned.sid == sid), None)

    def of(self, number: str) -> Number | None:
        """The account's number that is written so."""
        return next((own for own in self.numbers() if own.number == number), None)

    def set_up(self, number: str, what: str) -> Number:
        """The account's number that has a webhook for this. Raises ValueError where it has none."""
        own = self.of(number)
        if own is None or not getattr(own, what):
            raise ValueError(
                f"where is {number} to be answered? Give url=, or set the number up with {what}:"
                f' Number("{number}", {what}="https://…")'
            )
        return own

    def change(self, sid: str, changes: dict[str, str], now: datetime) -> OwnedNumber:
        """Sets a number up anew. Raises KeyError for a sid that is not there."""
        with self._lock:
            old = self._owned[sid]
            number = replace(old.number, **changes)  # type: ignore[arg-type]
            self._owned[sid] = replace(old, number=number, updated=now)
            return self._owned[sid]
