"""Several workers, no sender, and errors of this program: no text is ever sent twice."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy.exc import IntegrityError

from ivr.database.store import Store
from ivr.engine import Line, LookAfterText, TextOutcome
from ivr.sms import text_worker
from ivr.sms.delivery import Delivery
from ivr.sms.outbox import Outbox
from ivr.sms.sender import Sender, Taken
from ivr.sms.states import TextState
from ringback import Carrier, Fault
from tests.sms.conftest import Office, open_office

SOON = 60  # seconds; far more than any of this takes
LOOK = LookAfterText("ihaho")


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


def test_at_the_same_moment_each_text_is_given_to_one_worker(
    line: Line, carrier: Carrier, database: str
) -> None:
    offices = [open_office(line, carrier, "http://127.0.0.1:9", database) for _ in range(4)]
    for number in range(40):
        offices[0].asks(call=f"CA{number}", number=f"+8190{10_000_000 + number}")
    together = Barrier(len(offices))

    def takes(office: Office) -> list[str]:
        together.wait(SOON)
        return [row.id for _ in range(20) for row in office.texts.delivery.take(2)]

    with ThreadPoolExecutor(len(offices)) as pool:
        taken = [text for texts in pool.map(takes, offices) for text in texts]
    assert len(taken) == len(set(taken)) == 40


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
