"""What the line tells of itself: calls, numbers and failures, and never whose."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from flask import Flask
from twilio.request_validator import RequestValidator

from ivr.settings import Settings
from ivr.web import create_app
from tests.support.served import free_port, served
from tests.support.signed import ENVIRON, LANDLINE, MOBILE, SignedClient

ANSWERED = 'madoguchi_calls_answered_total{language="ja"}'
FAILURES = 'madoguchi_webhook_failures_total{channel="voice"}'
NOON = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def settings(folder: Path) -> Settings:
    return Settings.from_environ({**ENVIRON, "DATABASE_URL": f"sqlite:///{folder}/texts.sqlite3"})


def metrics(app: Flask) -> dict[str, float]:
    """Each sample by its name and labels, as Prometheus reads them."""
    return read(app.test_client().get("/metrics").get_data(as_text=True))


def read(page: str) -> dict[str, float]:
    lines = [line for line in page.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_calls_and_the_numbers_they_hear_are_counted(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path), clock=lambda: NOON)
    line = SignedClient(app)
    line.call("1")
    line.call("9", "2", From=LANDLINE)
    told = metrics(app)
    assert told[ANSWERED] == 2
    assert told['madoguchi_numbers_read_total{node="danger"}'] == 1
    assert told['madoguchi_numbers_read_total{node="talk"}'] == 1
    assert told[FAILURES] == 0


def test_a_call_that_failed_inside_hears_a_number_and_is_counted_and_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Caller rule D5."""

    def broken_clock() -> datetime:
        raise RuntimeError("no time")

    app = create_app(settings(tmp_path), clock=broken_clock)
    heard = SignedClient(app).post("/voice")
    assert (heard.status, heard.hangs_up) == (200, True)
    assert "ゼロ イチ ニー ゼロ" in heard.text
    assert metrics(app)[FAILURES] == 1
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "a call was answered with the last words"
    ]
    assert MOBILE.removeprefix("+81") not in caplog.text


def test_no_number_stands_in_what_is_told(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path), clock=lambda: NOON)
    line = SignedClient(app)
    line.call("3", "1", "1")
    line.call("3", "1", "1", "09012345678", "1", From=LANDLINE)
    for page in ("/metrics", "/healthz"):
        told = app.test_client().get(page).get_data(as_text=True)
        assert "90123" not in told
        assert LANDLINE.removeprefix("+81") not in told


def test_all_workers_tell_the_same_sums(tmp_path: Path) -> None:
    """The Procfile's two processes count together."""
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    environ = {
        **ENVIRON,
        "PUBLIC_URL": public,
        "DATABASE_URL": f"sqlite:///{tmp_path}/texts.sqlite3",
    }
    fields = {"CallSid": "CA1", "From": MOBILE, "To": "+815031234567"}
    validator = RequestValidator(ENVIRON["TWILIO_AUTH_TOKEN"])
    signature = validator.compute_signature(f"{public}/voice", fields)
    with served(environ, port) as url:
        for _ in range(6):  # a connection each, so that both processes answer
            rung = httpx.post(
                f"{url}/voice", data=fields, headers={"X-Twilio-Signature": signature}
            )
            assert rung.status_code == 200
        told = {read(httpx.get(f"{url}/metrics").text)[ANSWERED] for _ in range(6)}
    assert told == {6.0}
