"""The database goes away in mid-call: the call goes on, nothing is promised, and it comes back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

import pytest
from flask import Flask
from sqlalchemy import make_url

from ivr.settings import Settings
from ivr.web import TEXTS, create_app
from ringback import Carrier
from tests.support.databases import POSTGRESQL, WORKER, own_database
from tests.support.doors import Door
from tests.support.signed import ENVIRON, LANDLINE, Heard, SignedClient

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
UNAVAILABLE, QUEUED = "いま、SMSを送れません。", "SMSを送ります。"
SENDING, SENT = "SMSを、いま送っています。", "SMSを送りました。"
IHAHO, TALK = ("3", "1"), ("2",)  # ways to a referral
YORISOI = "ゼロ イチ ニー ゼロ ニー ナナ キュウ サン サン ハチ"


@dataclass
class Office:
    """A line in service, whose database can be taken away and brought back."""

    app: Flask
    carrier: Carrier
    take_away: Callable[[], None]
    bring_back: Callable[[], None]

    @property
    def line(self) -> SignedClient:
        return SignedClient(self.app)

    @property
    def degraded(self) -> list[str]:
        health = self.app.test_client().get("/healthz")
        assert health.status_code == 200  # calls are answered: nobody shall take the line off
        told: list[str] = health.json["degraded"]  # type: ignore[index]
        assert health.json["status"] == ("degraded" if told else "ok")  # type: ignore[index]
        return told

    @property
    def metrics(self) -> str:
        return self.app.test_client().get("/metrics").text

    def works(self) -> None:
        """A worker does what is due."""
        self.app.extensions[TEXTS].delivery.work_off()


# The database's address, and how it goes away and comes back.
Kind = Iterator[tuple[str, Callable[[], None], Callable[[], None]]]


def folder_gone(tmp_path: Path) -> Kind:
    """A disk that is not mounted for a while."""
    here, gone = tmp_path / "data", tmp_path / "gone"
    here.mkdir()
    yield (
        f"sqlite:///{here}/texts.sqlite3",
        lambda: here.rename(gone) and None,
        lambda: gone.rename(here) and None,
    )


def disk_replaced(tmp_path: Path) -> Kind:
    """A disk that is replaced by an empty one."""
    here = tmp_path / "data"
    here.mkdir()
    yield (
        f"sqlite:///{here}/texts.sqlite3",
        lambda: here.rename(tmp_path / "gone") and None,
        here.mkdir,
    )


def file_locked(tmp_path: Path) -> Kind:
    """Another program holds the file for as long as it likes."""
    file = tmp_path / "texts.sqlite3"
    held = connect(file, check_same_thread=False)
    yield f"sqlite:///{file}", lambda: held.execute("BEGIN EXCLUSIVE") and None, held.rollback
    held.close()


def server_stopped(_: Path) -> Kind:
    """PostgreSQL cuts its connections and takes no new ones."""
    with own_database(f"madoguchi_degraded_{WORKER}") as url:
        server = make_url(url)
        with Door(server.host or "127.0.0.1", server.port or 5432) as door:
            through = server.set(host="127.0.0.1", port=door.port)
            yield through.render_as_string(hide_password=False), door.shut, door.open


KINDS = [folder_gone, disk_replaced, file_locked, *([server_stopped] if POSTGRESQL else [])]


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def office(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    monkeypatch.setattr(
        "ivr.database.sqlite_file.BUSY", 0.05
    )  # who waits for a lock need not do so here
    with contextmanager(request.param)(tmp_path) as (url, take_away, bring_back):
        carrier = Carrier(
            start=NOON,
            numbers=["+15005550006"],
            account_sid=ENVIRON["TWILIO_ACCOUNT_SID"],
            auth_token=ENVIRON["TWILIO_AUTH_TOKEN"],
        )
        with carrier.rest_api() as rest:
            environ = {**ENVIRON, "DATABASE_URL": url, "TWILIO_API_URL": rest.url}
            settings = Settings.from_environ(environ)
            app = create_app(settings, clock=carrier.now)
            yield Office(app, carrier, take_away, bring_back)
            app.extensions[TEXTS].store.close()


def test_the_call_goes_on_and_says_that_no_text_can_be_sent(office: Office) -> None:
    heard = office.line.call(*TALK)
    office.take_away()
    heard = office.line.follow(heard, "1")
    assert heard.text.startswith(UNAVAILABLE)
    assert heard.text.count(YORISOI) == 2
    for key in ("2", "*", "3", "1", None):
        heard = office.line.follow(heard, key)
        assert heard.status == 200
    assert heard.action


def test_a_number_that_was_keyed_in_cannot_be_kept_and_the_agencys_is_read(office: Office) -> None:
    heard = office.line.call(*TALK, "1", From=LANDLINE)
    office.take_away()
    heard = office.line.follow(heard, "09012345678", From=LANDLINE)
    assert heard.text.startswith(UNAVAILABLE)
    assert heard.text.count(YORISOI) == 2


def test_a_number_that_was_read_back_is_not_sent_to(office: Office) -> None:
    heard = office.line.call(*TALK, "1", "09012345678", From=LANDLINE)
    office.take_away()
    heard = office.line.follow(heard, "1", From=LANDLINE)
    assert heard.text.startswith(UNAVAILABLE)


def test_of_a_text_under_way_nothing_new_is_claimed(office: Office) -> None:
    """The row may be there: it may still be sent, so it is not said that it was not."""
    heard = office.line.call(*IHAHO, "1")
    assert heard.text.startswith(QUEUED)
    office.take_away()
    assert office.line.follow(heard).text.startswith(SENDING)


def test_refusing_texts_is_not_said_to_be_done(office: Office) -> None:
    done = office.line.call(*TALK, "8").text
    office.line.call(*TALK, "8")
    office.take_away()
    heard = office.line.call(*TALK, "8")
    assert heard.status == 200
    assert heard.text != done
    assert heard.action


def test_health_says_what_is_degraded_and_calls_are_answered(office: Office) -> None:
    assert office.degraded == []
    assert "madoguchi_database_up 1.0" in office.metrics
    office.take_away()
    (told,) = office.degraded
    assert told.startswith("database: it ")
    assert told.endswith("; calls go on, no text can be sent")
    assert "madoguchi_database_up 0.0" in office.metrics
    office.bring_back()
    assert office.degraded == []
    assert "madoguchi_database_up 1.0" in office.metrics


def test_news_of_the_carriers_is_asked_for_once_more(office: Office) -> None:
    """A status callback that can't be written down is answered 503."""
    office.line.call(*IHAHO, "1")
    office.take_away()
    news: dict[str, object] = {"MessageSid": "SM1", "MessageStatus": "sent"}
    assert _told(office, news) == 503
    office.bring_back()
    assert _told(office, news) == 204


def test_the_end_of_a_call_and_a_text_that_comes_in_are_answered(office: Office) -> None:
    office.take_away()
    assert _posted(office, "/status/call", {"CallStatus": "completed"}).status == 204
    assert _posted(office, "/sms", {"MessageSid": "SM1", "Body": "1"}).status == 200


def test_once_it_is_back_all_works_without_a_restart(office: Office) -> None:
    assert office.line.call(*IHAHO, "1", CallSid="CA-before").text.startswith(QUEUED)
    office.take_away()
    assert office.line.call(*IHAHO, "1", CallSid="CA-during").text.startswith(UNAVAILABLE)
    office.bring_back()
    heard = office.line.call(*IHAHO, "1", CallSid="CA-after")
    assert heard.text.startswith(QUEUED)
    office.works()
    assert office.line.follow(heard, CallSid="CA-after").text.startswith(SENT)


def test_a_line_that_starts_without_its_database_answers_calls(office: Office) -> None:
    office.take_away()
    texts = office.app.extensions[TEXTS]
    texts.work_here()
    assert office.line.call(*TALK).text.count(YORISOI) == 2
    assert office.line.call(*TALK, "1").text.startswith(UNAVAILABLE)
    office.bring_back()
    assert office.line.call(*TALK, "1").text.startswith(QUEUED)
    texts.worker.stop()


def _posted(office: Office, target: str, fields: dict[str, object]) -> Heard:
    return office.line.post(target, fields)


def _told(office: Office, news: dict[str, object]) -> int:
    return _posted(office, "/status/message?text=none", news).status
