"""A carrier's REST API, a database of each kind, and the text channel between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ivr.engine import Effect, Line, SendText, Texted, TextOutcome
from ivr.settings import Settings
from ivr.sms.channel import TextChannel
from ivr.sms.rows import Row
from ringback import Carrier, Fault, Message, RestRequest
from tests.support.databases import POSTGRESQL, empty, own_database
from tests.support.signed import ENVIRON, MOBILE

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
IHAHO = SendText("ihaho", "ja")
KINDS = ["sqlite", *(["postgresql"] if POSTGRESQL else [])]


@dataclass
class Office:
    """The text channel of one line, its carrier, and the time, which passes when it is told to."""

    texts: TextChannel
    carrier: Carrier

    def asks(self, effect: Effect = IHAHO, call: str = "CA1", number: str = MOBILE) -> TextOutcome:
        """A call asks for something and hears this."""
        event = self.texts.requests(call, number, effect)
        assert isinstance(event, Texted)
        return event.outcome

    def works(self, seconds: float = 0) -> None:
        """Time passes, and whatever is due by then is done, each thing at its time."""
        end = self.carrier.now() + timedelta(seconds=seconds)
        self.texts.delivery.work_off()
        while self.carrier.now() < end:
            self.carrier.pass_time(min(1.0, (end - self.carrier.now()).total_seconds()))
            self.texts.delivery.work_off()

    def row(self, call: str = "CA1", agency: str = "ihaho") -> Row:
        with self.texts.store.reading() as connection:
            row = self.texts.outbox.of_call(connection, call, agency)
        assert row is not None
        return row

    def fails(self, *faults: Fault | None) -> None:
        """The carrier's next requests fail so, the last of these from then on."""
        waiting = list(faults)

        def next_fault(_request: RestRequest) -> Fault | None:
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

        self.carrier.faults = next_fault

    @property
    def bodies(self) -> list[str]:
        return [message.body for message in self.messages]

    @property
    def messages(self) -> tuple[Message, ...]:
        return self.carrier.messages


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A migrated PostgreSQL database of this test process."""
    with own_database() as url:
        yield url


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind there is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/texts.sqlite3"
    url: str = request.getfixturevalue("postgresql")
    empty(url)
    return url


@pytest.fixture
def carrier() -> Carrier:
    return Carrier(
        start=NOW,
        numbers=["+15005550006"],
        account_sid=ENVIRON["TWILIO_ACCOUNT_SID"],
        auth_token=ENVIRON["TWILIO_AUTH_TOKEN"],
    )


@pytest.fixture
def office(line: Line, carrier: Carrier, database: str) -> Iterator[Office]:
    with carrier.rest_api() as rest:
        yield open_office(line, carrier, rest.url, database)


def open_office(line: Line, carrier: Carrier, api: str, database: str, **more: str) -> Office:
    """The text channel as a web worker has it; another on the same database is another worker."""
    environ = {
        **ENVIRON,
        "TWILIO_API_URL": api,
        "DATABASE_URL": database,
        **more,
    }
    settings = Settings.from_environ(environ)
    return Office(TextChannel(line, settings, carrier.now, jitter=lambda: 1.0), carrier)
