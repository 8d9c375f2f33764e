"""The actions a carrier still has to do, and when each is due."""

import heapq
import itertools
from collections.abc import Callable
from datetime import datetime
from threading import Lock

Action = Callable[[], None]


class Scheduler:
    """Actions by the moment they are due; any thread may add and take.

    What is due at one moment comes out in the order it was added.
    """

    def __init__(self) -> None:
        self._due: list[tuple[datetime, int, Action]] = []
        self._order = itertools.count()
        self._lock = Lock()

    def add(self, moment: datetime, action: Action) -> None:
        """Schedules an action."""
        with self._lock:
            heapq.heappush(self._due, (moment, next(self._order), action))

    def earliest(self) -> datetime | None:
        """When the next action is due, None when nothing is left to do."""
        with self._lock:
            return self._due[0][0] if self._due else None

    def take(self, now: datetime) -> Action | None:
        """The first action that is due by now; it is the caller's from here on."""
        with self._lock:
            if not self._due or self._due[0][0] > now:
                return None
            return heapq.heappop(self._due)[2]
