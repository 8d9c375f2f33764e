"""Calls that the app makes: they are placed when nobody else is calling, by the carrier's clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from ringback.calls.call_log import CallLog, LoggedCall
from ringback.clock.virtual import Clock


@dataclass(frozen=True, kw_only=True)
class OutboundCall:
    """A call that the app asked for; `twiml` instead of a `url` is a document given outright.

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


class OutboundQueue:
    """Takes the app's orders and has them carried out one after another, each as time passes.

    `place(order)` makes the call and returns when it is over; `busy()` says whether another call is
    under way: two at once would tear the one virtual clock apart, so the order waits for its end.
    """

    def __init__(
        self,
        clock: Clock,
        log: CallLog,
        place: Callable[[OutboundCall], None],
        busy: Callable[[], bool],
    ) -> None:
        self.log = log
        self._clock, self._place, self._busy = clock, place, busy
        self._waiting: list[OutboundCall] = []
        self._calling = False
        self._lock = Lock()

    def add(self, order: OutboundCall) -> None:
        """Accepts an order; the call is queued."""
        self.log.add(
            LoggedCall(
                sid=order.sid,
                from_=order.from_,
                to=order.to,
                direction="outbound-api",
                status="queued",
                created=order.created,
            )
        )
        self._schedule(order)

    def cancel(self, sid: str) -> None:
        """Calls off a call that is still queued."""
        self.log.change(sid, status="canceled", ended=self._clock.now())

    def call_ended(self) -> None:
        """No call is under way any more: whoever waited for that is next."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for order in waiting:
            self._schedule(order)

    def _schedule(self, order: OutboundCall) -> None:
        self._clock.at(self._clock.now(), lambda: self._begin(order))

    def _begin(self, order: OutboundCall) -> None:
        with self._lock:
            if self._calling or self._busy():
                self._waiting.append(order)
                return
            self._calling = True
        self._clock.aside(lambda: self._carry_out(order))

    def _carry_out(self, order: OutboundCall) -> None:
        try:
            logged = self.log.find(order.sid)
            if logged and logged.status == "queued":
                self._place(order)
        finally:
            self._calling = False
            self.call_ended()
