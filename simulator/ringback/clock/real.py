"""Real time, for an app that is run and not tested."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Condition, Thread

from ringback.clock.scheduler import Action, Scheduler
from ringback.clock.virtual import OnMove, Stops, never

_NAP = 0.1  # seconds; how late a change by the API may take effect


def wall_clock() -> datetime:
    """The time of this machine, UTC."""
    return datetime.now(UTC)


class RealClock:
    """Passing time is sleeping; what is due is done in time by a thread of the clock's own.

    The thread lives from the first thing scheduled to `close`; what is left then is dropped.
    `on_move` is called with the time whenever a call has let time pass.
    """

    def __init__(
        self,
        now: Callable[[], datetime] = wall_clock,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.now = now
        self.on_move: OnMove | None = None
        self._sleep = sleep
        self._scheduler = Scheduler()
        self._changed = Condition()
        self._thread: Thread | None = None

    def move_to(self, moment: datetime, stops: Stops = never) -> None:
        """Sleeps until `moment`, if that is still to come, and looks every now and then whether it
        `stops`."""
        moved = False
        while not stops() and (seconds := (moment - self.now()).total_seconds()) > 0:
            self._sleep(min(seconds, _NAP))
            moved = True
        if moved and self.on_move:
            self.on_move(self.now())

    def advance(self, seconds: float) -> None:
        """Sleeps for `seconds`."""
        if seconds < 0:
            raise ValueError(f"time does not run backwards: {seconds} s")
        self.move_to(self.now() + timedelta(seconds=seconds))

    def at(self, moment: datetime, action: Action) -> None:
        """Schedules something to be done when the time has come."""
        with self._changed:
            self._scheduler.add(moment, action)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="carrier-clock", daemon=True)
                self._thread.start()
            self._changed.notify()

    def aside(self, action: Action) -> None:
        """Runs it in a thread of its own, which ends when it is done."""
        Thread(target=action, name="carrier-call", daemon=True).start()

    def elapsed(self, began: datetime, counted: float) -> float:
        """What the clock says, for here an app's answer takes its time."""
        return max(counted, (self.now() - began).total_seconds())

    def close(self) -> None:
        """Ends the thread once its current action is done. A new action starts another."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._scheduler = Scheduler()
            self._changed.notify()
        if thread:
            thread.join()

    def _work(self) -> None:
        scheduler = self._scheduler
        while action := self._wait(scheduler):
            try:
                action()
            except Exception:  # one failure must not stop the actions after it
                logging.getLogger(__name__).exception("a callback failed in the simulator itself")

    def _wait(self, scheduler: Scheduler) -> Action | None:
        """The next action once it is due; None when the clock was closed."""
        with self._changed:
            while scheduler is self._scheduler:
                if action := scheduler.take(self.now()):
                    return action
                due = scheduler.earliest()
                self._changed.wait((due - self.now()).total_seconds() if due else None)
        return None
