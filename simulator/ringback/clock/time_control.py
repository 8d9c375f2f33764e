"""What a carrier's user does with its clock: reads it, lets time pass, and closes it."""

from datetime import datetime
from typing import Self

from ringback.clock.virtual import Clock, OnMove


class TimeControl:
    """An owner of a `clock`. `while_time_passes` is called with the new time when it has moved.

    As a context manager it closes the clock at the end.
    """

    def __init__(self, clock: Clock, while_time_passes: OnMove | None) -> None:
        self.clock, self.while_time_passes = clock, while_time_passes
        self.clock.on_move = self._time_passed

    def now(self) -> datetime:
        """The carrier's time; give this to the app as its clock."""
        return self.clock.now()

    def pass_time(self, seconds: float) -> None:
        """Lets time pass between calls: messages arrive, status callbacks are made."""
        self.clock.advance(seconds)

    def close(self) -> None:
        """Stops the clock's thread in real time. Callbacks that are still due are dropped."""
        self.clock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _time_passed(self, now: datetime) -> None:
        if self.while_time_passes:
            self.while_time_passes(now)
