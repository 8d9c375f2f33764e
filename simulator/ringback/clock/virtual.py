"""Virtual time: it moves when calls take time, never by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from ringback.clock.scheduler import Action, Scheduler

OnMove = Callable[[datetime], None]
Stops = Callable[[], bool]


def never() -> bool:
    """Nothing stops it."""
    return False


class Clock(Protocol):
    """What a carrier needs of its time, virtual or real. `on_move` is called at every move."""

    on_move: OnMove | None

    def now(self) -> datetime:
        """The time, aware."""

    def move_to(self, moment: datetime, stops: Stops = never) -> None:
        """Lets time pass until `moment`, or until it `stops`; on the way what is due is done."""

    def advance(self, seconds: float) -> None:
        """Lets `seconds` pass. Raises ValueError for less than none."""

    def at(self, moment: datetime, action: Action) -> None:
        """Schedules something to be done at `moment`."""

    def aside(self, action: Action) -> None:
        """Runs something long (a call) so that what is due meanwhile does not wait for it."""

    def elapsed(self, began: datetime, counted: float) -> float:
        """Seconds since `began`, of which `counted` are known: a real clock adds how long the app
        and the person took, in virtual time they took none."""

    def close(self) -> None:
        """Stops all scheduled actions."""


class VirtualClock:
    """A clock that stands still until something takes time.

    In: `start`, an aware datetime. `on_move` is called with the new time whenever it has moved and
    what was due by then is done. It moves in steps, so that whatever is due is done at its own
    moment, in the thread that lets time pass. `now()` is safe to read from any thread, so an app
    under test may use it as its own clock. Raises ValueError for a datetime without a time zone.
    """

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError(f"the clock's start needs a time zone, {start.isoformat()} has none")
        self._now = start
        self.on_move: OnMove | None = None
        self._scheduler = Scheduler()
        self._lock = Lock()

    def now(self) -> datetime:
        """The virtual time, aware, in the time zone of the start."""
        return self._now

    def move_to(self, moment: datetime, stops: Stops = never) -> None:
        """Moves on to `moment`. Earlier moments are ignored: of two calls the later one leads.

        Whether it `stops` is asked after everything that was due on the way.
        """
        while not stops():
            due = self._scheduler.earliest()
            if due is None or due > moment:
                self._step(moment)
                return
            self._step(due)

    def advance(self, seconds: float) -> None:
        """Lets `seconds` pass between calls."""
        if seconds < 0:
            raise ValueError(f"time does not run backwards: {seconds} s")
        self.move_to(self._now + timedelta(seconds=seconds))

    def at(self, moment: datetime, action: Action) -> None:
        """Schedules something to be done when the time has come."""
        self._scheduler.add(moment, action)

    def aside(self, action: Action) -> None:
        """Runs it here and now: what is due meanwhile is done as the call moves this clock."""
        action()

    def elapsed(self, began: datetime, counted: float) -> float:
        """What was counted: requests take no virtual time."""
        del began
        return counted

    def close(self) -> None:
        """Does nothing: this clock has no thread to stop."""

    def _step(self, moment: datetime) -> None:
        with self._lock:
            moved = moment > self._now
            self._now = max(self._now, moment)
        while action := self._scheduler.take(self._now):
            action()
        if moved and self.on_move:
            self.on_move(self._now)
