"""What wakes the worker: a huey queue of the ids of texts that are due.

The rows in the outbox are the truth, the queue is only a bell. If it is lost, rung twice or away,
the sweep of every minute finds what is due, and a text that another worker has is left alone.
"""

import logging
from collections.abc import Callable
from threading import Lock
from typing import Any

from huey import Huey, RedisHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer
from sqlalchemy.exc import SQLAlchemyError

from ivr.sms.delivery import Delivery
from ivr.sms.queue_file import QueueFile

log = logging.getLogger(__name__)

NAME = "madoguchi"
# Seconds between looks into an embedded queue; Redis tells by itself.
_PACE = {"initial_delay": 0.05, "backoff": 1.3, "max_delay": 0.25}
_QUICK = 1.0  # seconds; a bell that does not ring at once is not waited for
_READ = 5.0  # seconds; huey itself waits one for a task


class Bell(Consumer):  # type: ignore[misc]  # huey ships no types
    """Huey's consumer in threads beside a web server, whose signals are not its own to handle."""

    def _set_signal_handlers(self) -> None:
        pass


class Queue:
    """The queue and its worker. Nothing is opened before it is needed: a server forks first."""

    def __init__(
        self,
        delivery: Delivery,
        purge: Callable[[], None],
        secret: str,
        redis_url: str | None,
        file: str,
    ) -> None:
        """`secret` signs what stands in the queue; `file` is where it lies without Redis."""
        self._delivery, self._purge, self._secret = delivery, purge, secret
        self._redis_url, self._file = redis_url, file
        self._opened: Huey | None = None
        self._opening = Lock()
        self._attend: Any = None
        self._consumer: Bell | None = None

    def wake(self, text: str) -> None:
        """Tells a worker that a text is due; a bell that fails is made good by the next sweep."""
        try:
            self._huey()
            self._attend(text)
        except Exception as error:
            log.warning("the queue is away, the sweep will find it: %s", type(error).__name__)

    def start(self, threads: int) -> None:
        """Works in threads of this process until `stop`, beginning with all that was left."""
        self._consumer = Bell(self._huey(), workers=threads, **_PACE)
        self._consumer.start()

    def stop(self) -> None:
        """Ends the work after the texts in hand."""
        if self._consumer:
            self._consumer.stop(graceful=True)
            self._consumer = None

    def run(self, threads: int) -> None:
        """Works until the process is told to end (`ivr worker`): after the texts in hand."""
        Consumer(self._huey(), workers=threads, graceful_signal="TERM", **_PACE).run()

    def _huey(self) -> Huey:
        with self._opening:
            if self._opened is None:
                self._opened, self._attend = self._open()
            return self._opened

    def _open(self) -> tuple[Huey, Any]:
        serializer = SignedSerializer(secret=self._secret)
        if self._redis_url:
            from redis import ConnectionPool

            pool = ConnectionPool.from_url(
                self._redis_url, socket_connect_timeout=_QUICK, socket_timeout=_READ
            )
            huey: Huey = RedisHuey(NAME, connection_pool=pool, serializer=serializer, results=False)
        else:
            huey = Huey(
                NAME,
                storage_class=QueueFile,
                filename=self._file,
                timeout=_QUICK,
                fsync=False,  # a bell that a power cut silences is rung by the sweep
                serializer=serializer,
                results=False,
            )

        def attend(text: str) -> None:
            """Whatever is due for one text, and the bell set for the next time."""
            try:
                due = self._delivery.attend(text)
            except SQLAlchemyError as error:
                log.error("the database is away; the sweep comes again: %s", type(error).__name__)
                return
            if due is not None:
                ring.schedule((text,), eta=due)

        def sweep() -> None:
            """What no bell rang for."""
            try:
                for text in self._delivery.due():
                    ring(text)
            except SQLAlchemyError as error:
                log.error("the database is away: %s", type(error).__name__)

        ring = huey.task(name="attend")(attend)
        huey.periodic_task(crontab(minute="*"), name="sweep")(sweep)  # at once when it starts, too
        huey.periodic_task(crontab(minute="7"), name="purge")(self._purge)
        return huey, ring
