"""Bytes as the parts of an input, so that a fuzzer that knows only bytes can vary each of them."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_BETWEEN = b"\x1e"  # ASCII's record separator: it stands in none of the texts that are varied


def joined(*parts: str | bytes) -> bytes:
    """The parts as one input."""
    return _BETWEEN.join(part if isinstance(part, bytes) else part.encode() for part in parts)


class Parts:
    """An input, read part by part; what is missing is empty."""

    def __init__(self, data: bytes) -> None:
        self._parts = iter(data.split(_BETWEEN))

    def raw(self) -> bytes:
        """The next part as it stands."""
        return next(self._parts, b"")

    def text(self) -> str:
        """The next part as text; bytes that are no UTF-8 become signs that nobody expects."""
        return self.raw().decode("utf-8", "replace")

    def one_of(self, choices: Sequence[T]) -> T:
        """One of the choices: by the next part's first byte, as a digit where it is one."""
        part = self.raw()[:1] or b"0"
        return choices[(part[0] - ord("0")) % len(choices)]

    def rest(self) -> Iterator[bytes]:
        """All parts that are left."""
        return self._parts
