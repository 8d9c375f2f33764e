"""Identifiers that look like Twilio's and come out the same on every run."""

from random import Random
from threading import Lock
from uuid import UUID


class Identifiers:
    """Draws sids and tokens from one seeded source.

    A sid is two letters and 32 hexadecimal digits: https://www.twilio.com/docs/glossary/what-is-a-sid
    """

    def __init__(self, seed: int = 0) -> None:
        self._random = Random(seed)  # noqa: S311 (sameness is wanted here, not secrecy)
        self._lock = Lock()

    def hexadecimal(self) -> str:
        """32 hexadecimal digits, the form of an auth token."""
        with self._lock:
            return f"{self._random.getrandbits(128):032x}"

    def sid(self, prefix: str) -> str:
        """`prefix` (AC, CA, SM …) and 32 hexadecimal digits."""
        return prefix + self.hexadecimal()

    def uuid(self) -> str:
        """The form of an I-Twilio-Idempotency-Token."""
        return str(UUID(self.hexadecimal()))
