"""The worker: woken at once, it sends what is due; whatever fails, nothing is sent twice."""

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Event
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from ivr.engine import LookAfterText
from ivr.sms import text_worker
from ivr.sms.rows import Row
from ivr.sms.states import TextState
from ivr.sms.text_worker import TextWorker

SOON = 60  # seconds; far more than any of this takes
LOOK = LookAfterText("ihaho")


def away() -> OperationalError:
    return OperationalError("", {}, Exception())


@dataclass
class Texts:
    """A delivery that hands out the texts it is given, and notes which it attended to."""

    waiting: list[str] = field(default_factory=list)
    attended: SimpleQueue[str] = field(default_factory=SimpleQueue)
    does: Callable[[str], None] = field(default=lambda _text: None)
    looks: Callable[[], None] = field(default=lambda: None)

    def seconds_until_due(self) -> float | None:
        self.looks()
        return 0 if self.waiting else None

    def take(self, most: int) -> list[Row]:
        taken, self.waiting = self.waiting[:most], self.waiting[most:]
        return [row(text) for text in taken]

    def attend(self, row: Row) -> None:
        self.attended.put(row.id)
        self.does(row.id)

    def next(self) -> str:
        return self.attended.get(timeout=SOON)


def row(text: str) -> Row:
    now = datetime.now(UTC)
    return Row(
        text, "CA1", "ihaho", "key", "+81", "", TextState.QUEUED, None, None, 0, now, now, None, now
    )


class NoStore:
    """Where the texts come from elsewhere."""

    is_embedded, is_not_yet_made = True, False

    def forget_connections(self) -> None: ...


OpenWorker = Callable[..., tuple[TextWorker, Texts]]


@pytest.fixture
def opened() -> Iterator[OpenWorker]:
    """Makes workers, and stops them at the end."""
    workers: list[TextWorker] = []

    def open_worker(purge: Callable[[], None] = lambda: None) -> tuple[TextWorker, Texts]:
        texts = Texts()
        store: Any = NoStore()
        delivery: Any = texts
        workers.append(TextWorker(store, delivery, purge))
        return workers[-1], texts

    yield open_worker
    for worker in workers:
        worker.stop()


def test_a_text_that_is_put_in_wakes_the_worker(
    opened: OpenWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_worker, "_LOOK", float(SOON))  # it does not look by itself
    worker, texts = opened()
    looked = Event()
    texts.looks = looked.set
    worker.start(1)
    assert looked.wait(SOON)
    texts.waiting.append("text-1")
    worker.wake()
    assert texts.next() == "text-1"


def test_what_nobody_woke_it_for_is_found(opened: OpenWorker) -> None:
    worker, texts = opened()
    worker.start(1)
    texts.waiting = ["left by a process that was killed"]
    assert texts.next() == "left by a process that was killed"


def test_a_slow_text_does_not_hold_up_the_others(opened: OpenWorker) -> None:
    worker, texts = opened()
    may_end = Event()
    texts.does = lambda text: may_end.wait(SOON) and None if text == "slow" else None
    texts.waiting = ["slow", "text-2", "text-3"]
    worker.start(2)
    assert {texts.next() for _ in range(3)} == {"slow", "text-2", "text-3"}
    may_end.set()


def test_no_more_texts_are_taken_than_can_be_sent_at_once(opened: OpenWorker) -> None:
    """A text that waits within this process could not be sent by another."""
    worker, texts = opened()
    may_end = Event()
    texts.does = lambda _text: may_end.wait(SOON) and None
    texts.waiting = ["text-1", "text-2", "text-3"]
    worker.start(2)
    assert {texts.next(), texts.next()} == {"text-1", "text-2"}
    worker.wake()
    assert texts.waiting == ["text-3"]
    may_end.set()
    assert texts.next() == "text-3"


def test_stopping_waits_for_the_text_in_hand(opened: OpenWorker) -> None:
    worker, texts = opened()
    begun, may_end, ended = Event(), Event(), Event()

    def slowly(_text: str) -> None:
        begun.set()
        may_end.wait(SOON)
        ended.set()

    texts.does, texts.waiting = slowly, ["text-1"]
    worker.start(2)
    assert begun.wait(SOON)
    may_end.set()
    worker.stop()
    assert ended.is_set()


def test_a_stopped_worker_leaves_the_rest_to_the_next(opened: OpenWorker) -> None:
    worker, texts = opened()
    worker.start(1)
    worker.stop()
    texts.waiting = ["text-1"]
    worker.wake()
    assert texts.attended.empty()
    worker.start(1)
    assert texts.next() == "text-1"


def test_starting_twice_starts_once_and_a_child_process_starts_anew(
    opened: OpenWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server may fork after the first request; the parent's threads are not in the child."""
    worker, texts = opened()
    worker.start(1)
    first = worker._run
    worker.start(1)
    assert worker._run is first
    assert first is not None
    monkeypatch.setattr(os, "getpid", lambda: first.process + 1)
    worker.start(1)
    assert worker._run is not first
    texts.waiting = ["text-1"]
    worker.wake()
    assert texts.next() == "text-1"
    first.over.set()


def test_the_database_goes_away_and_comes_back(
    opened: OpenWorker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line when it goes and one when it comes back, however often it was tried meanwhile."""
    monkeypatch.setattr(text_worker, "_LOOK", 0.001)
    worker, texts = opened()
    tries, tried_often = [0], Event()

    def fails() -> None:
        tries[0] += 1
        if tries[0] == 4:
            texts.looks = lambda: None
            texts.waiting = ["text-1"]
            tried_often.set()
        raise away()

    texts.looks = fails
    with caplog.at_level(logging.WARNING):
        worker.start(1)
        assert tried_often.wait(SOON)
        assert texts.next() == "text-1"
        worker.stop()
    said = [record.getMessage() for record in caplog.records if record.name.startswith("ivr")]
    assert said == [
        "texts wait for now, the database is away: OperationalError",
        "texts are sent again",
    ]


def test_a_database_that_fails_in_mid_text_ends_no_thread(opened: OpenWorker) -> None:
    worker, texts = opened()

    def fails(text: str) -> None:
        if text == "text-1":
            raise away()

    texts.does, texts.waiting = fails, ["text-1", "text-2"]
    worker.start(1)
    assert [texts.next(), texts.next()] == ["text-1", "text-2"]


def test_it_purges_by_the_clock(opened: OpenWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_worker, "_FIRST_PURGE", 0.0)
    purged = Event()
    worker, _ = opened(purged.set)
    worker.start(1)
    assert purged.wait(SOON)
