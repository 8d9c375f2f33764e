"""The calls and texts in progress, and which of them shows a text that the app sends."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any


@dataclass(frozen=True, eq=False)
class _Entry:
    """One of them: whose it is, how an event is added to it, and whether it is a call."""

    whose: str
    emit: Callable[..., None]
    is_call: bool


class InProgress:
    """What is in progress now; any thread may ask."""

    def __init__(self) -> None:
        self._all: list[_Entry] = []
        self._lock = Lock()

    @contextmanager
    def during(
        self, whose: str, emit: Callable[..., None], *, is_call: bool = False
    ) -> Iterator[None]:
        """While this lasts `emit` is called for texts to `whose`; of several, the newest one's."""
        entry = _Entry(whose, emit, is_call)
        with self._lock:
            self._all.append(entry)
        try:
            yield
        finally:
            with self._lock:
                self._all.remove(entry)

    def has_call(self) -> bool:
        """Whether somebody is calling."""
        with self._lock:
            return any(entry.is_call for entry in self._all)

    def emit_text(self, to: str, fields: Mapping[str, Any]) -> None:
        """Adds a `texted` event to the call or text of `to`, else to the one that began last."""
        with self._lock:
            all_of_them = list(self._all)
        own = [entry for entry in all_of_them if entry.whose == to]
        for entry in (own or all_of_them)[-1:]:
            entry.emit("texted", **fields)
