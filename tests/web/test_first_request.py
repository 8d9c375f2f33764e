"""Texts are sent from a process's first request on, whatever server runs the app."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from ivr.settings import Settings
from ivr.sms.text_worker import TextWorker
from ivr.web import TEXTS, create_app
from ringback import Carrier, usual_delivery
from tests.support.signed import ENVIRON, SignedClient

SOON = 60  # seconds; far more than any of this takes


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many texts at once each worker was started with."""
    threads: list[int] = []
    monkeypatch.setattr(TextWorker, "start", lambda _worker, at_once: threads.append(at_once))
    return threads


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environ({**ENVIRON, "DATABASE_URL": f"sqlite:///{tmp_path}/texts.sqlite3"})


def test_nothing_is_started_before_the_first_request(
    settings: Settings, started: list[int]
) -> None:
    """The app may be loaded in one process and serve in others, which are forked from it."""
    app = create_app(settings)
    assert started == []
    SignedClient(app).call()
    assert len(started) == 1


def test_where_another_clock_is_given_nothing_is_started(
    settings: Settings, started: list[int]
) -> None:
    app = create_app(settings, clock=lambda: datetime(2026, 11, 24, 3, tzinfo=UTC))
    SignedClient(app).call()
    assert started == []


def test_a_machine_without_threads_answers_calls(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_more(_thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    app = create_app(settings)
    monkeypatch.setattr(Thread, "start", no_more)
    assert SignedClient(app).call().status == 200
    assert "no texts are sent from this process for now" in caplog.text


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    with Carrier(
        numbers=["+15005550006"],
        account_sid=ENVIRON["TWILIO_ACCOUNT_SID"],
        auth_token=ENVIRON["TWILIO_AUTH_TOKEN"],
    ) as carrier:
        yield carrier


def test_a_text_goes_out_though_no_server_knows_of_it(carrier: Carrier, tmp_path: Path) -> None:
    taken = Event()
    carrier.deliveries = lambda message: taken.set() or usual_delivery(message)
    with carrier.rest_api() as rest:
        environ = {
            **ENVIRON,
            "DATABASE_URL": f"sqlite:///{tmp_path}/texts.sqlite3",
            "TWILIO_API_URL": rest.url,
        }
        app = create_app(Settings.from_environ(environ))
        SignedClient(app).call("3", "1", "1")
        assert taken.wait(SOON)
        app.extensions[TEXTS].worker.stop()
    assert len(carrier.messages) == 1
