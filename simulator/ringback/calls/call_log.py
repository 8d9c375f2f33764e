"""The carrier's log of calls, as the API shows them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any

_MOST = 10_000


@dataclass(frozen=True, kw_only=True)
class LoggedCall:
    """A call as it stands when it is asked for. `status` is Twilio's CallStatus; `started` is when
    it was answered.

    https://www.twilio.com/docs/voice/api/call-resource#call-properties
    """

    sid: str
    from_: str
    to: str
    direction: str
    status: str
    created: datetime
    started: datetime | None = None
    ended: datetime | None = None

    @property
    def seconds(self) -> int | None:
        """How long it lasted from the answer, None while it goes on."""
        if self.ended is None:
            return None
        return round((self.ended - (self.started or self.ended)).total_seconds())


class CallLog:
    """Calls in the order they were made, the last 10,000 of them; any thread may read and write."""

    def __init__(self) -> None:
        self._calls: dict[str, LoggedCall] = {}
        self._answered: dict[str, Callable[[], bool]] = {}
        self._lock = Lock()

    def add(self, call: LoggedCall) -> None:
        """Adds a new call."""
        with self._lock:
            if len(self._calls) >= _MOST:
                del self._calls[next(iter(self._calls))]
            self._calls[call.sid] = call

    def change(self, sid: str, **changes: Any) -> None:
        """The call as it is from now on."""
        with self._lock:
            if sid in self._calls:
                self._calls[sid] = replace(self._calls[sid], **changes)

    def watch(self, sid: str, answered: Callable[[], bool]) -> None:
        """While a call rings, `answered()` knows whether it still does."""
        self._answered[sid] = answered

    def unwatch(self, sid: str) -> None:
        """The call is over."""
        self._answered.pop(sid, None)

    def find(self, sid: str) -> LoggedCall | None:
        """The call with this sid, as it stands."""
        call = self._calls.get(sid)
        return self._standing(call) if call else None

    def all(self) -> tuple[LoggedCall, ...]:
        """Every call, oldest first."""
        with self._lock:
            calls = tuple(self._calls.values())
        return tuple(self._standing(call) for call in calls)

    def _standing(self, call: LoggedCall) -> LoggedCall:
        answered = self._answered.get(call.sid)
        if answered and call.status == "ringing" and answered():
            return replace(call, status="in-progress", started=call.created)
        return call
