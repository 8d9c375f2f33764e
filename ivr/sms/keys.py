"""Keyed hashes of telephone numbers: what may be kept of them.

Telephone numbers are so few that a plain hash of one is soon guessed; with a key it says nothing
to those who lack it.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence

# https://www.twilio.com/docs/messaging/channels: `whatsapp:+8190…`, `rcs:+8190…`
_CHANNEL = re.compile(r"[a-z]+:\s*(?=\+[0-9])", re.IGNORECASE)


def recipient(address: str) -> str:
    """The number (E.164) of an address, whatever channel it names; another address as it is.

    Who refuses texts or is over a limit is so by every channel.
    """
    return _CHANNEL.sub("", address.strip(), count=1)


class NumberKeys:
    """Hashes by the first of several keys, and recognises what an older one hashed."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """`secrets`: the newest first; several while one is being rotated."""
        self._secrets = [secret.encode() for secret in secrets]

    def of(self, number: str) -> str:
        """The hash of a number (E.164, or an address with one), 64 hexadecimal digits."""
        return _hash(self._secrets[0], number)

    def all_of(self, number: str) -> list[str]:
        """Its hash by every key."""
        return [_hash(secret, number) for secret in self._secrets]


def _hash(secret: bytes, number: str) -> str:
    return hmac.new(secret, recipient(number).encode(), hashlib.sha256).hexdigest()
