"""Workers of other machines know of a text by the database alone: PostgreSQL notifies them."""

from collections.abc import Iterator
from threading import Event

import pytest

from ivr.engine import Line, TextOutcome
from ivr.sms import text_worker
from ivr.sms.text_worker import TextWorker
from ringback import Carrier, usual_delivery
from tests.sms.conftest import IHAHO, Office, open_office
from tests.support.databases import POSTGRESQL, empty

BROKEN = "notifies this worker of no new texts"
SOON = 60  # seconds; far more than any of this takes


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
        carrier.deliveries = lambda message: taken.set() or usual_delivery(message)
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

    def test_a_text_wakes_them_at_once(
        self, elsewhere: tuple[Office, Event], caplog: pytest.LogCaptureFixture
    ) -> None:
        here, listening = elsewhere
        assert here.asks(IHAHO) is TextOutcome.QUEUED
        assert listening.wait(SOON)
        assert BROKEN not in caplog.text  # each new connection is a look, too

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
        assert caplog.text.count(BROKEN) == 1
        assert here.asks(IHAHO) is TextOutcome.QUEUED
