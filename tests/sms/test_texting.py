"""Key 1 at a referral: one text, however the carrier repeats itself, and the truth about it."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest

from ivr.engine import Line, SendText, TextOutcome
from ivr.settings import Settings
from ivr.simulator import Carrier, Fault, RestRequest, RestServer
from ivr.sms import Sender, Texting
from ivr.store import Store
from tests.support.signed import ENVIRON, LANDLINE, MOBILE

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
IHAHO = SendText("ihaho", "ja")


@pytest.fixture
def carrier() -> Carrier:
    return Carrier(
        start=NOW,
        numbers=["+15005550006"],
        account_sid=ENVIRON["TWILIO_ACCOUNT_SID"],
        auth_token=ENVIRON["TWILIO_AUTH_TOKEN"],
    )


@pytest.fixture
def rest(carrier: Carrier) -> Iterator[RestServer]:
    with carrier.rest_api() as server:
        yield server


@pytest.fixture
def settings(rest: RestServer, tmp_path: Path) -> Settings:
    environ = {
        **ENVIRON,
        "TWILIO_API_URL": rest.url,
        "TWILIO_API_TIMEOUT": "0.2",
        "DATABASE_URL": f"sqlite:///{tmp_path}/texts.sqlite3",
    }
    return Settings.from_environ(environ)


def texting(line: Line, settings: Settings) -> Texting:
    store = Store(settings.database_url)
    return Texting(line, settings, store, Sender(settings), lambda: NOW)


def test_a_text_arrives_once_however_often_it_is_asked_for(
    line: Line, settings: Settings, carrier: Carrier
) -> None:
    desk = texting(line, settings)
    outcomes = [desk("CA1", MOBILE, IHAHO) for _ in range(5)]
    assert outcomes == [TextOutcome.SENT] * 5
    assert [message.to for message in carrier.messages] == [MOBILE]
    assert "https://www.ihaho.jp/" in carrier.messages[0].body


def test_another_worker_after_a_restart_does_not_send_it_again(
    line: Line, settings: Settings, carrier: Carrier
) -> None:
    texting(line, settings)("CA1", MOBILE, IHAHO)
    assert texting(line, settings)("CA1", MOBILE, IHAHO) is TextOutcome.SENT
    assert len(carrier.messages) == 1


def test_ten_requests_at_the_same_moment_send_one_text(
    line: Line, settings: Settings, carrier: Carrier
) -> None:
    desk, start = texting(line, settings), Barrier(10)
    outcomes: list[TextOutcome] = []

    def ask() -> None:
        start.wait()
        outcomes.append(desk("CA1", MOBILE, IHAHO))

    threads = [Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(carrier.messages) == 1
    assert len(outcomes) == 10
    assert set(outcomes) <= {TextOutcome.SENT, TextOutcome.SENDING}


def test_another_agency_and_another_call_are_texts_of_their_own(
    line: Line, settings: Settings, carrier: Carrier
) -> None:
    desk = texting(line, settings)
    desk("CA1", MOBILE, IHAHO)
    desk("CA1", MOBILE, SendText("houterasu", "ja"))
    desk("CA2", MOBILE, IHAHO)
    assert len(carrier.messages) == 3


@pytest.mark.parametrize("recipient", [LANDLINE, "", "anonymous", "+815012345678", "+14158675310"])
def test_only_a_mobile_is_ever_texted(
    line: Line, settings: Settings, carrier: Carrier, recipient: str
) -> None:
    """twilio-rules 2.2: a +81 prefix alone proves nothing."""
    assert texting(line, settings)("CA1", recipient, IHAHO) is TextOutcome.FAILED
    assert carrier.messages == ()


def _always(fault: Fault) -> Callable[[RestRequest], Fault]:
    return lambda request: fault


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault(status=400), TextOutcome.FAILED),
        (Fault(status=429), TextOutcome.FAILED),
        (Fault(status=500), TextOutcome.UNKNOWN),
        (Fault(status=500, accepted=True), TextOutcome.UNKNOWN),
        (Fault(latency=0.5, accepted=True), TextOutcome.UNKNOWN),
        (Fault(cut=True), TextOutcome.UNKNOWN),
        (Fault(cut=True, accepted=True), TextOutcome.UNKNOWN),
    ],
    ids=["refused", "too many", "500", "500 but sent", "slow", "cut before", "cut after"],
)
def test_the_caller_is_told_what_is_known(
    line: Line,
    settings: Settings,
    carrier: Carrier,
    fault: Fault,
    outcome: TextOutcome,
) -> None:
    """https://www.twilio.com/docs/api/errors/20500: after a 5xx a message may be on its way."""
    carrier.faults = _always(fault)
    desk = texting(line, settings)
    assert desk("CA1", MOBILE, IHAHO) is outcome
    carrier.faults = ()
    assert desk("CA1", MOBILE, IHAHO) is outcome  # never sent again behind the caller's back
    assert len(carrier.messages) <= (1 if fault.accepted else 0)  # a slow one may yet come


def test_a_carrier_that_is_not_there_was_asked_for_nothing(line: Line, tmp_path: Path) -> None:
    environ = {
        **ENVIRON,
        "TWILIO_API_URL": "http://127.0.0.1:9",
        "DATABASE_URL": f"sqlite:///{tmp_path}/texts.sqlite3",
    }
    desk = texting(line, Settings.from_environ(environ))
    assert desk("CA1", MOBILE, IHAHO) is TextOutcome.FAILED


def test_an_answer_that_is_no_answer_leaves_it_unknown(
    line: Line, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy's page with status 201: the carrier may have taken the text."""

    class Garbled:
        class messages:
            @staticmethod
            def create(**_wanted: str) -> None:
                json.loads("<html>")

    monkeypatch.setattr(Sender, "_connected", lambda self: Garbled)
    assert texting(line, settings)("CA1", MOBILE, IHAHO) is TextOutcome.UNKNOWN


def test_without_its_database_nothing_is_sent_and_nothing_breaks(
    line: Line, settings: Settings, carrier: Carrier
) -> None:
    broken = settings.model_copy(update={"database_url": "sqlite:////nowhere/at/all.sqlite3"})
    assert texting(line, broken)("CA1", MOBILE, IHAHO) is TextOutcome.FAILED
    assert carrier.messages == ()


def test_when_the_database_is_back_texts_go_out_again_without_a_restart(
    line: Line, settings: Settings, carrier: Carrier, tmp_path: Path
) -> None:
    later = tmp_path / "not yet there"
    url = f"sqlite:///{later}/texts.sqlite3"
    desk = texting(line, settings.model_copy(update={"database_url": url}))
    assert desk("CA1", MOBILE, IHAHO) is TextOutcome.FAILED
    later.mkdir()
    assert desk("CA2", MOBILE, IHAHO) is TextOutcome.SENT
    assert len(carrier.messages) == 1


def test_no_number_is_kept(line: Line, settings: Settings, tmp_path: Path) -> None:
    """Caller rule J7: the database holds a keyed hash alone."""
    texting(line, settings)("CA1", MOBILE, IHAHO)
    stored = (tmp_path / "texts.sqlite3").read_bytes()
    assert MOBILE.removeprefix("+81").encode() not in stored


def test_no_number_is_logged(
    line: Line, settings: Settings, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    desk = texting(line, settings)
    desk("CA1", MOBILE, IHAHO)
    carrier.faults = _always(Fault(status=400))
    desk("CA2", MOBILE, IHAHO)
    assert MOBILE.removeprefix("+81") not in caplog.text
