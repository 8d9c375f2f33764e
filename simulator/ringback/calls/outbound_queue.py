"""The queue of calls that the app makes: each is placed when no other call is in progress."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from ringback.calls.call_log import CallLog, LoggedCall
from ringback.clock.virtual import Clock


@dataclass(frozen=True, kw_only=True)
class OutboundCall:
    """A call that the app asked for; `twiml` instead of a `url` is a document given inline.

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
    """Places the app's calls one after another, as the clock moves.

    `place(call)` makes the call and returns when it is over; `busy()` says whether another call is
    in progress: two at once cannot share one virtual clock, so a call waits until that one ends.
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

    def add(self, call: OutboundCall) -> None:
        """Adds a call, with the status queued."""
        self.log.add(
            LoggedCall(
                sid=call.sid,
                from_=call.from_,
                to=call.to,
                direction="outbound-api",
                status="queued",
                created=call.created,
            )
        )
        self._schedule(call)

    def cancel(self, sid: str) -> None:
        """Cancels a call that is still queued."""
        self.log.change(sid, status="canceled", ended=self._clock.now())

    def call_ended(self) -> None:
        """Schedules the calls that were waiting for another call to end."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for call in waiting:
            self._schedule(call)

    def _schedule(self, call: OutboundCall) -> None:
        self._clock.at(self._clock.now(), lambda: self._begin(call))

    def _begin(self, call: OutboundCall) -> None:
        with self._lock:
            if self._calling or self._busy():
                self._waiting.append(call)
                return
            self._calling = True
        self._clock.aside(lambda: self._carry_out(call))

    def _carry_out(self, call: OutboundCall) -> None:
        try:
            logged = self.log.find(call.sid)
            if logged and logged.status == "queued":
                self._place(call)
        finally:
            self._calling = False
            self.call_ended()
