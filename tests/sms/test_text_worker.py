"""The worker: woken at once, it sends what is due; whatever fails, nothing is sent twice."""

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from ivr.database.store import Store
from ivr.engine import Line, LookAfterText, TextOutcome
from ivr.sms import text_worker
from ivr.sms.delivery import Delivery
from ivr.sms.outbox import Outbox, Row
from ivr.sms.sender import Sender, Taken
from ivr.sms.states import TextState
from ivr.sms.text_worker import TextWorker
from ringback import Carrier, Fault, usual
from tests.sms.conftest import IHAHO, Office, open_office
from tests.support.databases import POSTGRESQL, empty

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


def test_a_line_without_a_sender_still_forgets_and_reconciles(
    line: Line, carrier: Carrier, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SMS_FROM was removed; what was sent before is still looked after, and what waits is left."""
    with carrier.rest_api() as rest:
        before = open_office(line, carrier, rest.url, database)
        before.fails(Fault(cut=True, accepted=True), None)
        before.asks()
        before.works()
        before.asks(call="CA2", number="+818012345678")
        after = open_office(line, carrier, rest.url, database, SMS_FROM="")
        after.works(120)
        assert after.row("CA1").state in (TextState.ACCEPTED, TextState.SENT, TextState.DELIVERED)
        assert after.row("CA2").state is TextState.QUEUED
        after.works(600)
        assert after.row("CA2").state is TextState.FAILED  # too old to help
        monkeypatch.setattr(text_worker, "_FIRST_PURGE", 0.0)
        carrier.pass_time(31 * 86_400)
        forgotten = Event()
        purge = after.texts.store.tidy
        monkeypatch.setattr(after.texts.store, "tidy", lambda: (purge(), forgotten.set()))
        after.texts.work_here()
        assert forgotten.wait(SOON)
        after.texts.worker.stop()
    assert sum(after.texts.outbox.counts().values()) == 0


def test_nothing_is_made_where_nothing_was_ever_put_in(
    line: Line, carrier: Carrier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office(line, carrier, "http://127.0.0.1:9", f"sqlite:///{tmp_path}/texts.sqlite3")
    looked = Event()
    monkeypatch.setattr(
        Store, "is_not_yet_made", property(lambda _self: looked.set() or True), raising=True
    )
    office.texts.work_here()
    assert looked.wait(SOON)
    office.texts.worker.stop()
    assert list(tmp_path.iterdir()) == []


def test_workers_are_given_different_texts(line: Line, carrier: Carrier, database: str) -> None:
    one, other = (open_office(line, carrier, "http://127.0.0.1:9", database) for _ in range(2))
    for number in range(6):
        one.asks(call=f"CA{number}", number=f"+8190{10_000_000 + number}")
    first, second = one.texts.delivery.take(4), other.texts.delivery.take(4)
    assert (len(first), len(second)) == (4, 2)
    assert not {row.id for row in first} & {row.id for row in second}
    carrier.pass_time(21)  # neither worker came back
    assert len(other.texts.delivery.take(10)) == 6


def test_a_sid_that_another_text_bears_never_sends_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The carrier has the text, whatever its sid; that an index refuses it changes nothing."""
    monkeypatch.setattr(Sender, "send", lambda *_: Taken("SM-the-same"))
    office.asks()
    office.asks(call="CA2", number="+818012345678")
    office.works()
    assert office.row("CA1").state is office.row("CA2").state is TextState.ACCEPTED
    sids = {office.row("CA1").message_sid, office.row("CA2").message_sid}
    assert sids == {"SM-the-same", None}
    assert "another text bears its message sid" in caplog.text
    assert office.asks(LOOK, call="CA2") is not TextOutcome.UNAVAILABLE


@pytest.mark.parametrize("error", [IntegrityError("", {}, Exception()), TypeError("+819012345678")])
def test_an_error_of_our_own_is_logged_and_the_text_not_sent_again(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(Delivery, "_taken", fails)
    office.asks()
    office.works(3 * 60)
    assert (office.row().state, len(office.messages)) == (TextState.FAILED, 1)
    assert f"is given up: {type(error).__name__}" in caplog.text
    assert "9012345678" not in caplog.text


def test_a_caller_hears_the_truth_after_an_error_of_our_own(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise IntegrityError("", {}, Exception())

    monkeypatch.setattr(Outbox, "put", fails)
    assert office.asks() is TextOutcome.UNAVAILABLE
    assert "an error of this program, no text is sent: IntegrityError" in caplog.text


@pytest.mark.skipif(not POSTGRESQL, reason="PostgreSQL alone notifies other machines")
class TestOtherMachines:
    """A worker elsewhere knows of a text by the database alone."""

    @pytest.fixture
    def elsewhere(
        self, line: Line, carrier: Carrier, postgresql: str, monkeypatch: pytest.MonkeyPatch
    ) -> Iterator[tuple[Office, Event]]:
        """An office whose texts another sends, which does not look by itself before a minute."""
        empty(postgresql)
        monkeypatch.setattr(text_worker, "_LOOK", float(SOON))
        taken = Event()
        carrier.deliveries = lambda message: taken.set() or usual(message)
        with carrier.rest_api() as rest:
            here = open_office(line, carrier, rest.url, postgresql)
            there = open_office(line, carrier, rest.url, postgresql)
            listening, heard = Event(), TextWorker.wake

            def wake(worker: TextWorker) -> None:
                heard(worker)
                listening.set()

            monkeypatch.setattr(TextWorker, "wake", wake)
            there.texts.work_here()
            assert listening.wait(SOON)
            listening.clear()
            yield here, listening
            assert taken.wait(SOON)
            there.texts.worker.stop()
            here.texts.store.close()
            there.texts.store.close()

    def test_a_text_wakes_them_at_once(self, elsewhere: tuple[Office, Event]) -> None:
        here, _ = elsewhere
        assert here.asks(IHAHO) is TextOutcome.QUEUED

    def test_a_connection_that_breaks_is_made_again(
        self, elsewhere: tuple[Office, Event], caplog: pytest.LogCaptureFixture
    ) -> None:
        here, listening = elsewhere
        with here.texts.store.begin() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%%'"
            )
        assert listening.wait(SOON)
        assert "notifies this worker of no new texts" in caplog.text
        assert here.asks(IHAHO) is TextOutcome.QUEUED
