"""The calls and texts that are going on: who is to be told of what happens beside them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from ringback.messages.message import Message


@dataclass(frozen=True, eq=False)
class _One:
    """One of them: whose it is, how to tell it of an event, and whether it is a call."""

    whose: str
    tell: Callable[..., None]
    is_call: bool


class UnderWay:
    """What goes on now; any thread may ask."""

    def __init__(self) -> None:
        self._all: list[_One] = []
        self._lock = Lock()

    @contextmanager
    def during(
        self, whose: str, tell: Callable[..., None], *, is_call: bool = False
    ) -> Iterator[None]:
        """While this lasts `tell` hears of texts to `whose`, or to anybody when it began last."""
        one = _One(whose, tell, is_call)
        with self._lock:
            self._all.append(one)
        try:
            yield
        finally:
            with self._lock:
                self._all.remove(one)

    def has_call(self) -> bool:
        """Whether somebody is calling."""
        with self._lock:
            return any(one.is_call for one in self._all)

    def texted(self, message: Message) -> None:
        """Tells the recipient's own call or text, else the one that began last."""
        with self._lock:
            all_of_them = list(self._all)
        own = [one for one in all_of_them if one.whose == message.to]
        for one in (own or all_of_them)[-1:]:
            one.tell(
                "texted",
                to=message.to,
                from_=message.from_,
                body=message.body,
                segments=message.segments,
                sid=message.sid,
            )
