"""The bell: it wakes a worker at once; whatever becomes of it, no text is lost and nobody waits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Event, enumerate
from typing import Any

import pytest
import redis
from huey import Huey
from sqlalchemy.exc import OperationalError

from ivr.engine import Line, TextOutcome
from ivr.sms.queue import Queue
from ringback import Carrier
from tests.sms.conftest import open_office
from tests.support.databases import REDIS, WORKER

SOON = 60  # seconds; far more than any of this takes
SECRET = "a-secret-of-the-queue"


@dataclass
class Attending:
    """A worker's hands: what the bell rang for, and when it is due again."""

    waiting: list[str] = field(default_factory=list)
    rung: SimpleQueue[str] = field(default_factory=SimpleQueue)
    later: list[datetime] = field(default_factory=list)
    does: Callable[[str], None] = field(default=lambda _text: None)

    def attend(self, text: str) -> datetime | None:
        self.rung.put(text)
        self.does(text)
        return self.later.pop() if self.later else None

    def due(self) -> list[str]:
        return self.waiting

    def hears(self) -> str:
        return self.rung.get(timeout=SOON)


OpenQueue = Callable[..., tuple[Queue, Attending]]


@pytest.fixture(params=["file", *(["redis"] if REDIS else [])])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str | None]:
    """Where the queue lies: a new one each time."""
    file = f"{tmp_path}/queue"
    if request.param == "file":
        return {"redis_url": None, "file": file}
    own = int(WORKER.removeprefix("gw")) + 1 if WORKER.startswith("gw") else 0
    url = f"{REDIS.rpartition('/')[0]}/{own % 16}"
    with redis.Redis.from_url(url) as server:
        server.flushdb()
    return {"redis_url": url, "file": file}


@pytest.fixture
def opened(place: dict[str, str | None]) -> Iterator[OpenQueue]:
    """Opens queues in that place, and stops them at the end."""
    queues: list[Queue] = []

    def open_queue(secret: str = SECRET, **elsewhere: str) -> tuple[Queue, Attending]:
        attending = Attending()
        where: dict[str, Any] = {**place, **elsewhere}
        queues.append(Queue(attending, lambda: None, secret, **where))  # type: ignore[arg-type]
        return queues[-1], attending

    yield open_queue
    for queue in queues:
        queue.stop()


def test_a_bell_wakes_a_worker_of_another_process(opened: OpenQueue) -> None:
    desk, _ = opened()
    worker, attending = opened()
    worker.start(1)
    desk.wake("text-1")
    assert attending.hears() == "text-1"


def test_a_text_that_is_due_again_is_rung_for_again(opened: OpenQueue) -> None:
    queue, attending = opened()
    attending.later = [datetime.now(UTC) - timedelta(seconds=1)]
    queue.start(1)
    queue.wake("text-1")
    assert [attending.hears(), attending.hears()] == ["text-1", "text-1"]


def test_what_no_bell_rang_for_is_found_when_a_worker_starts(opened: OpenQueue) -> None:
    """So is what a killed one left, or a queue that was emptied; from then on every minute."""
    queue, attending = opened()
    attending.waiting = ["lost-1", "lost-2"]
    queue.start(1)
    assert {attending.hears(), attending.hears()} == {"lost-1", "lost-2"}


def test_a_database_that_is_away_does_not_end_the_worker(opened: OpenQueue) -> None:
    queue, attending = opened()

    def away(text: str) -> None:
        if text == "text-1":
            raise OperationalError("", {}, Exception())

    attending.does = away
    queue.start(1)
    queue.wake("text-1")
    queue.wake("text-2")
    assert [attending.hears(), attending.hears()] == ["text-1", "text-2"]


def test_what_another_has_written_into_the_queue_is_never_run(opened: OpenQueue) -> None:
    """A task is a pickle: whoever could slip one in could run anything."""
    stranger, _ = opened(secret="another-secret-of-another-queue")
    queue, attending = opened()
    stranger.wake("foreign")
    huey: Huey = queue._huey()
    huey.storage.enqueue(b"cos\nsystem\n(S'true'\ntR.")
    queue.start(1)
    queue.wake("own")
    assert attending.hears() == "own"
    assert attending.rung.empty()


def test_stopping_waits_for_the_text_in_hand(opened: OpenQueue) -> None:
    queue, attending = opened()
    begun, may_end, ended = Event(), Event(), Event()

    def slowly(_text: str) -> None:
        begun.set()
        may_end.wait(SOON)
        ended.set()

    attending.does = slowly
    queue.start(2)
    queue.wake("text-1")
    assert begun.wait(SOON)
    may_end.set()
    queue.stop()
    assert ended.is_set()
    assert not [thread for thread in enumerate() if thread.name.startswith("Worker-")]


def test_a_stopped_worker_leaves_the_rest_to_the_next(opened: OpenQueue) -> None:
    queue, attending = opened()
    queue.start(1)
    queue.stop()
    queue.wake("text-1")
    assert attending.rung.empty()
    queue.start(1)
    assert attending.hears() == "text-1"


AWAY = {
    "file": {"redis_url": None, "file": "/no/such/folder/queue"},
    "redis": {"redis_url": "redis://127.0.0.1:9/0"},
}


@pytest.mark.parametrize("kind", AWAY)
def test_a_queue_that_is_away_stops_nobody(tmp_path: Path, kind: str) -> None:
    """The web process starts all the same, for it has calls to answer; the bell does not ring."""
    where: dict[str, Any] = {"redis_url": None, "file": f"{tmp_path}/queue", **AWAY[kind]}
    queue = Queue(Attending(), lambda: None, SECRET, **where)  # type: ignore[arg-type]
    queue.start(1)
    queue.wake("text-1")
    queue.stop()


@pytest.mark.parametrize("kind", AWAY)
def test_the_caller_is_promised_a_text_though_the_queue_is_away(
    line: Line, carrier: Carrier, tmp_path: Path, kind: str
) -> None:
    """The row is the truth; a worker's next sweep finds it."""
    database = f"sqlite:///{tmp_path}/texts.sqlite3"
    with carrier.rest_api() as rest:
        office = open_office(line, carrier, rest.url, database)
        where: dict[str, Any] = {"redis_url": None, "file": f"{tmp_path}/queue", **AWAY[kind]}
        queue = Queue(office.texts.delivery, lambda: None, SECRET, **where)
        assert office.asks() is TextOutcome.QUEUED
        for text in office.rung:
            queue.wake(text)
        office.works()
    assert len(carrier.messages) == 1


def test_a_queue_file_that_went_away_rings_again_when_it_is_back(tmp_path: Path) -> None:
    folder, attending = tmp_path / "data", Attending()
    folder.mkdir()
    queue = Queue(attending, lambda: None, SECRET, None, f"{folder}/queue")  # type: ignore[arg-type]
    queue.start(1)
    queue.wake("text-1")
    assert attending.hears() == "text-1"
    folder.rename(tmp_path / "gone")
    queue.wake("text-2")
    folder.mkdir()  # another, empty one
    queue.wake("text-3")
    assert attending.hears() == "text-3"
    queue.stop()


def test_a_queue_that_was_emptied_loses_bells_and_no_texts(opened: OpenQueue) -> None:
    desk, _ = opened()
    desk.wake("text-1")
    huey: Huey = desk._huey()
    huey.storage.flush_queue()
    worker, attending = opened()
    attending.waiting = ["text-1"]  # what the outbox still has
    worker.start(1)
    assert attending.hears() == "text-1"
