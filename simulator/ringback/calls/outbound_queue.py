"""Calls that the app makes: they are placed when nobody else is calling, by the carrier's clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Literal

from ringback.callers.phone import Phone
from ringback.callers.scripted import ScriptedPhone
from ringback.calls.call_log import CallBook, LoggedCall
from ringback.clock.virtual import Clock


def _silent() -> Phone:
    return ScriptedPhone("")


@dataclass(frozen=True, kw_only=True)
class CalledParty:
    """Who is called: what their telephone does, and who holds it when it is answered.

    `status` `completed` answers after `rings_for` seconds; the others never do, and `no-answer`
    rings as long as the app lets it.
    """

    phone: Phone = field(default_factory=_silent)
    status: Literal["completed", "busy", "no-answer", "failed"] = "completed"
    rings_for: float = 3.0


# Who answers at a number.
Answering = Callable[[str], CalledParty]


def anybody(number: str) -> CalledParty:
    """Somebody who answers after three seconds and says nothing."""
    del number
    return CalledParty()


@dataclass(frozen=True, kw_only=True)
class Order:
    """A call as the app ordered it; `twiml` instead of a `url` is a document given outright.

    `timeout` is how many seconds it may ring. https://www.twilio.com/docs/voice/api/call-resource
    """

    sid: str
    to: str
    from_: str
    created: datetime
    url: str = ""
    twiml: str = ""
    method: str = "POST"
    fallback_url: str | None = None
    fallback_method: str = "POST"
    timeout: float = 60.0
    status_callback: str | None = None
    callback_method: str = "POST"
    callback_events: frozenset[str] = frozenset({"completed"})


class CallDesk:
    """Takes the app's orders and has them carried out one after another, each as time passes.

    `place(order)` makes the call and returns when it is over; `busy()` says whether another call is
    under way: two at once would tear the one virtual clock apart, so the order waits for its end.
    """

    def __init__(
        self, clock: Clock, book: CallBook, place: Callable[[Order], None], busy: Callable[[], bool]
    ) -> None:
        self.book = book
        self._clock, self._place, self._busy = clock, place, busy
        self._waiting: list[Order] = []
        self._placing = False
        self._lock = Lock()

    def take(self, order: Order) -> None:
        """Accepts an order; the call is queued."""
        self.book.keep(
            LoggedCall(
                sid=order.sid,
                from_=order.from_,
                to=order.to,
                direction="outbound-api",
                status="queued",
                created=order.created,
            )
        )
        self._put_down(order)

    def cancel(self, sid: str) -> None:
        """Calls off a call that is still queued."""
        self.book.change(sid, status="canceled", ended=self._clock.now())

    def free(self) -> None:
        """No call is under way any more: whoever waited for that is next."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for order in waiting:
            self._put_down(order)

    def _put_down(self, order: Order) -> None:
        self._clock.at(self._clock.now(), lambda: self._begin(order))

    def _begin(self, order: Order) -> None:
        with self._lock:
            if self._placing or self._busy():
                self._waiting.append(order)
                return
            self._placing = True
        self._clock.aside(lambda: self._carry_out(order))

    def _carry_out(self, order: Order) -> None:
        try:
            logged = self.book.find(order.sid)
            if logged and logged.status == "queued":
                self._place(order)
        finally:
            self._placing = False
            self.free()
