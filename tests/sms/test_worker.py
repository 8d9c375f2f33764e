"""`ivr worker` as a host runs it: a process that sends what waits, and ends when it is told to."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from ivr.engine import Line, TextOutcome
from ivr.sms.states import TextState
from ringback import Carrier, Fault
from tests.sms.conftest import open_office
from tests.support.signed import ENVIRON

ROOT = Path(__file__).resolve().parents[2]
SOON = 60  # seconds; far more than any of this takes
COMMAND = [sys.executable, "-c", "from ivr.commands import main; main()", "worker"]


class Counter:
    """Where requests wait until they may go on."""

    def __init__(self) -> None:
        self.reached, self.opened = Event(), Event()

    def wait(self, _seconds: float) -> None:
        self.reached.set()
        self.opened.wait(SOON)


@pytest.fixture
def counter() -> Iterator[Counter]:
    counter = Counter()
    yield counter
    counter.opened.set()


@pytest.fixture
def carrier(counter: Counter) -> Iterator[Carrier]:
    """One whose time is ours, for the worker lives in it."""
    carrier = Carrier(
        numbers=["+15005550006"],
        account_sid=ENVIRON["TWILIO_ACCOUNT_SID"],
        auth_token=ENVIRON["TWILIO_AUTH_TOKEN"],
        faults=lambda _request: Fault(latency=1),
        sleep=counter.wait,
    )
    with carrier:
        yield carrier


def test_a_worker_that_is_told_to_end_sends_the_text_in_hand(
    line: Line, carrier: Carrier, database: str, counter: Counter, tmp_path: Path
) -> None:
    """Else every deployment would leave texts in doubt for a minute."""
    with carrier.rest_api() as rest:
        office = open_office(line, carrier, rest.url, database)
        assert office.asks() is TextOutcome.QUEUED
        environ = {
            **os.environ,
            **ENVIRON,
            "IVR_DATA": str(ROOT / "data"),
            "IVR_PROMPTS": str(ROOT / "prompts"),
            "DATABASE_URL": database,
            "TWILIO_API_URL": rest.url,
            "TWILIO_API_TIMEOUT": "10",
        }
        worker = subprocess.Popen(COMMAND, cwd=tmp_path, env=environ, stderr=subprocess.PIPE)
        assert counter.reached.wait(SOON)
        worker.send_signal(signal.SIGTERM)
        counter.opened.set()
        _, said = worker.communicate(timeout=SOON)
        assert worker.returncode == 0, said.decode()
        assert (office.row().state, len(office.messages)) == (TextState.ACCEPTED, 1)
