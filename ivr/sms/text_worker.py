"""The worker: takes the texts that are due from the outbox and has them attended to, some at once.

The rows are the queue: nothing else says what is to be done. A worker looks at them when it is
woken (by a request of this process, or by PostgreSQL for one of another machine), when the next
text is due, and every second in any case.
"""

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Lock, Thread

from ivr.database.errors import AWAY, without_values
from ivr.database.notices import Listener
from ivr.database.store import Store
from ivr.sms.delivery import Delivery
from ivr.sms.rows import Row

log = logging.getLogger(__name__)

_LOOK, _SHORTEST = 1.0, 0.05  # seconds between looks, at most and at least
_LONGEST_WAIT = 10.0  # seconds between looks while the database is away
_FIRST_PURGE, _PURGE = 30.0, 3600.0  # seconds after the start, then between purges


@dataclass
class _Run:
    """The threads of one process, from `start` to `stop`."""

    threads: int
    pool: ThreadPoolExecutor
    process: int = field(default_factory=os.getpid)
    over: Event = field(default_factory=Event)
    busy: int = 0
    lock: Lock = field(default_factory=Lock)
    thread: Thread | None = None
    listener: Listener | None = None
    purge_at: float = field(default_factory=lambda: time.monotonic() + _FIRST_PURGE)
    failures: int = 0


class TextWorker:
    """Sends texts in threads of this process. Any number of processes may do so at once."""

    def __init__(self, store: Store, delivery: Delivery, purge: Callable[[], None]) -> None:
        """`purge` forgets what is no longer needed; it is called every hour."""
        self._store, self._delivery, self._purge = store, delivery, purge
        self._woken = Event()
        self._starting = Lock()
        self._run: _Run | None = None

    def wake(self) -> None:
        """A text is due: looks at once. Never waits."""
        self._woken.set()

    def work_off(self, _now: datetime) -> None:
        """Does at once what is due by now, once there has been any text at all.

        For a line whose clock is not the real one: whoever moves that clock calls this, and no
        thread is started.
        """
        if self._woken.is_set():
            self._delivery.work_off()

    def start(self, threads: int) -> None:
        """Works in this process, with so many texts at once, until `stop`; unless it does already.

        Threads do not survive a fork: in a child process it starts anew.
        """
        if self._run is not None and self._run.process == os.getpid():
            return
        with self._starting:
            if self._run is not None:
                if self._run.process == os.getpid():
                    return
                self._store.forget_connections()  # they are the parent's
            self._woken = Event()
            run = _Run(threads, ThreadPoolExecutor(threads, thread_name_prefix="text-sender"))
            run.thread = Thread(target=self._work, args=(run,), name="text-worker", daemon=True)
            run.thread.start()
            self._run = run
            if not self._store.is_embedded:
                run.listener = Listener(self._store.engine, self.wake)
                run.listener.start()

    def stop(self) -> None:
        """Takes no more texts in this process, and waits for those that are being sent."""
        with self._starting:
            run, self._run = self._run, None
            if run is None or run.process != os.getpid():
                return
            run.over.set()
            self._woken.set()
            if run.thread is not None:
                run.thread.join()
            run.pool.shutdown(wait=True)
            if run.listener is not None:
                run.listener.stop()

    def _work(self, run: _Run) -> None:
        while not run.over.is_set():
            self._woken.clear()
            self._woken.wait(self._look(run))

    def _look(self, run: _Run) -> float:
        """Hands out what is due; gives the seconds until the next look."""
        try:
            wait = self._hand_out(run)
            if time.monotonic() >= run.purge_at and not self._store.is_not_yet_made:
                self._purge()
                run.purge_at = time.monotonic() + _PURGE
        except Exception as error:
            if not run.failures:
                away = isinstance(error, AWAY)
                what = "the database is away" if away else "an error of this program"
                shown = type(error).__name__ if away else without_values(error)
                log.error("texts wait for now, %s: %s", what, shown)
            run.failures += 1
            return min(_LONGEST_WAIT, _LOOK * 2.0 ** min(run.failures - 1, 10))
        if run.failures:
            log.warning("texts are sent again")
            run.failures = 0
        return wait

    def _hand_out(self, run: _Run) -> float:
        free = run.threads - run.busy
        if not free:
            return _LOOK  # a thread that is free again wakes this one
        if self._store.is_not_yet_made:
            return _LOOK  # nothing was ever put in
        due = self._delivery.seconds_until_due()  # reads: no writer waits for it
        if due is None or due > 0:
            return _LOOK if due is None else min(_LOOK, due)
        for row in self._delivery.take(free):
            with run.lock:
                run.busy += 1
            run.pool.submit(self._attend, run, row)
        return _SHORTEST

    def _attend(self, run: _Run, row: Row) -> None:
        try:
            self._delivery.attend(row)
        except AWAY as error:  # the next look meets it too, and says so
            log.info("text %s waits for the database: %s", row.id, type(error).__name__)
        except Exception as error:
            log.error("text %s: %s", row.id, without_values(error))
        finally:
            with run.lock:
                run.busy -= 1
            self._woken.set()
