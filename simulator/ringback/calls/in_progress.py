"""The calls and texts that are going on: who is to be told of what happens beside them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from ringback.messages.message import Message


@dataclass(frozen=True, eq=False)
class _Entry:
    """One of them: whose it is, how to tell it of an event, and whether it is a call."""

    whose: str
    emit: Callable[..., None]
    is_call: bool


class InProgress:
    """What goes on now; any thread may ask."""

    def __init__(self) -> None:
        self._all: list[_Entry] = []
        self._lock = Lock()

    @contextmanager
    def during(
        self, whose: str, emit: Callable[..., None], *, is_call: bool = False
    ) -> Iterator[None]:
        """While this lasts `emit` is called of texts to `whose`; of several callers the newest."""
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

    def emit_text(self, message: Message) -> None:
        """Tells the recipient's own call or text, else the entry that began last."""
        with self._lock:
            all_of_them = list(self._all)
        own = [entry for entry in all_of_them if entry.whose == message.to]
        for entry in (own or all_of_them)[-1:]:
            entry.emit(
                "texted",
                to=message.to,
                from_=message.from_,
                body=message.body,
                segments=message.segments,
                sid=message.sid,
            )
