"""The time on the carrier's wall: it moves when calls take time, never by itself."""

from datetime import datetime, timedelta
from threading import Lock


class VirtualClock:
    """A clock that stands still until something takes time.

    In: `start`, an aware datetime. `now()` is safe to read from any thread, so an app under test
    may use it as its own clock. Raises ValueError for a datetime without a time zone.
    """

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError(f"the clock's start needs a time zone, {start.isoformat()} has none")
        self._now = start
        self._lock = Lock()

    def now(self) -> datetime:
        """The virtual time, aware, in the time zone of the start."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Moves on to `moment`. Earlier moments are ignored: of two calls the later one leads."""
        with self._lock:
            self._now = max(self._now, moment)

    def advance(self, seconds: float) -> None:
        """Lets `seconds` go by between calls."""
        if seconds < 0:
            raise ValueError(f"time does not run backwards: {seconds} s")
        with self._lock:
            self._now += timedelta(seconds=seconds)
