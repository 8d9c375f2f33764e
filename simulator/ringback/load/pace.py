"""A clock for callers who listen: virtual time takes as long as real time does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from ringback.clock.virtual import VirtualClock
from ringback.load.bridge import wait_for

Sleep = Callable[[float], Awaitable[None]]


class PacedClock(VirtualClock):
    """A clock that is moved on by waiting, in an event loop, until the moment has come.

    In: `start`, the time when `stopwatch` (seconds) says what it says now; `sleep`, how to wait.
    Every moment of a call is counted from its answer, so a slow app does not shift the caller's
    later keys: a load that eased off when the app is slow would flatter its figures ("coordinated
    omission"). Raises RuntimeError where there is no loop to wait in.
    """

    def __init__(
        self, start: datetime, stopwatch: Callable[[], float], sleep: Sleep = asyncio.sleep
    ) -> None:
        super().__init__(start)
        self._start, self._stopwatch, self._sleep = start, stopwatch, sleep
        self._began = stopwatch()

    def now(self) -> datetime:
        """The real time."""
        return self._start + timedelta(seconds=self._stopwatch() - self._began)

    def move_to(self, moment: datetime, stops: Callable[[], bool] = lambda: False) -> None:
        """Waits until `moment`, unless it has passed, or `stops` says that nobody waits for it."""
        left = (moment - self.now()).total_seconds()
        if left > 0 and not stops():
            wait_for(self._sleep(left))
