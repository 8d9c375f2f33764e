"""The timeline of a call: its seconds pass, and what happens in it is reported and recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from ringback.clock.virtual import Clock
from ringback.limits import Limits
from ringback.transcript.event import By, Event, Kind
from ringback.webhooks.request import Request


@dataclass
class CallOver(Exception):
    """The call has ended: who ended it, why, and the CallStatus it ends with."""

    by: By
    why: str
    status: str = "completed"


@dataclass
class LiveUpdate(Exception):
    """The app changed the call by the REST API: it goes on at `following`, or ends where None.

    https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource
    """

    following: Request | None


class CallTimeline:
    """Virtual seconds since the answer (`t`), and the events so far.

    Methods that let time pass raise CallOver when the call ends under them.
    """

    def __init__(
        self, *, clock: Clock, limits: Limits, on_event: Callable[[Event], None] | None
    ) -> None:
        self.t = 0.0
        self._clock, self._limits, self._on_event = clock, limits, on_event
        self._began: datetime = clock.now()
        self._events: list[Event] = []
        self._event_lock = Lock()
        self._goal: float | None = None  # where time is passing to
        self._update: LiveUpdate | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """What has happened so far."""
        return tuple(self._events)

    @property
    def longest(self) -> float:
        """Seconds after which the carrier cuts the call off."""
        return self._limits.call_seconds

    def now(self) -> datetime:
        """The carrier's virtual time."""
        return self._clock.now()

    def emit(self, kind: Kind, **fields: Any) -> None:
        """Records an event and notifies the listener; any thread may."""
        event = Event(t=self._moment(), event=kind, **fields)
        with self._event_lock:
            self._events.append(event)
            if self._on_event:
                self._on_event(event)

    def update(self, update: LiveUpdate) -> None:
        """Makes the call leave its document; any thread may."""
        self._update = update

    def emit_unsimulated(self, verb: str, instead: str, url: str, what: str | None = None) -> None:
        """Reports that a verb, or `what` of it, is not simulated, and what was done instead."""
        self.check_event_limit()
        text = f"{what or f'<{verb}>'} is not simulated: {instead}"
        self.emit("unsimulated", verb=verb, text=text, url=url)

    def check_event_limit(self) -> None:
        """Ends a call that has too many events: does the app loop?"""
        if len(self._events) >= self._limits.events:
            text = f"more than {self._limits.events} events in one call (the simulator's bound)"
            self.emit("error", level="error", text=text)
            raise CallOver("carrier", "too many events", "failed")

    def advance_to(self, t: float) -> None:
        """Lets time pass until `t`; a call of four hours is cut off.

        https://www.twilio.com/docs/voice/limitations-and-edge-cases. Raises LiveUpdate at the
        moment when the app changes the call.
        """
        longest = self._limits.call_seconds
        goal = self._goal = max(self.t, min(t, longest))
        self._clock.move_to(self._began + timedelta(seconds=goal), lambda: self._update is not None)
        self.t = self._moment() if self._update else goal
        self._goal = None
        if self._update:
            update, self._update = self._update, None
            raise update
        if t >= longest:
            self.emit(
                "error",
                code=32015,
                level="error",
                text=f"the call reached its longest duration, {longest:g} s",
            )
            raise CallOver("carrier", "longest duration reached")

    def _moment(self) -> float:
        """`t`, also while time passes."""
        if self._goal is None:
            return self.t
        passed = (self._clock.now() - self._began).total_seconds()
        return min(max(self.t, passed), self._goal)
