"""`ivr call`: a call from the command line, to the line itself and to anyone's webhook."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

from ivr.commands.call import CALLER, DEMONSTRATION, SMS_SENDER, Order, call, run

ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC" + "1" * 32, "TWILIO_AUTH_TOKEN": "new-token, old-token"}
EVENTS = {"request", "heard", "pressed", "silence", "texted", "dialed", "error", "hangup"}


def ivr_call(*options: str, **environ: str) -> Result:
    nobody = {"TWILIO_ACCOUNT_SID": None, "TWILIO_AUTH_TOKEN": None}
    return CliRunner(mix_stderr=False).invoke(call, options, env={**nobody, **environ})


def events(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def webhook() -> Iterator[str]:
    """An app that is not ours, on real HTTP; it answers only what the first token signed."""
    app = Flask("theirs")
    validator = RequestValidator("new-token")

    @app.post("/voice")
    def voice() -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(request.url, request.form, signature):
            return Response("forbidden", 403)
        said = f"You pressed {request.form['Digits']}" if "Digits" in request.form else "Hello"
        verbs = f"<Gather numDigits='1'><Say>{said}</Say></Gather>"
        return Response(f"<Response>{verbs}</Response>", content_type="text/xml")

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/voice"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_demonstration_ends_with_a_text() -> None:
    result = ivr_call("--json", "--at", "2026-07-01T10:00")
    assert result.exit_code == 0, result.output
    happened = events(result)
    assert [event["event"] for event in happened].count("texted") == 1
    text = next(event for event in happened if event["event"] == "texted")
    assert (text["to"], text["from"]) == (CALLER, SMS_SENDER)
    assert happened[-1]["event"] == "hangup"
    assert {str(event["event"]) for event in happened} <= EVENTS


def test_the_transcript_shows_what_a_person_hears_and_is_texted() -> None:
    result = ivr_call("--at", "2026-07-01T10:00")
    assert result.exit_code == 0
    assert "caller    presses 3" in result.stdout
    assert f"SMS {SMS_SENDER}" in result.stdout
    assert "segment" in result.stdout
    assert all(line == line.rstrip() for line in result.stdout.splitlines())


def test_the_time_of_the_call_is_the_lines_time() -> None:
    """--at without a zone is Japan time: the line's answer differs by day and night."""
    heard = [
        ivr_call("--at", at, "--keys", "3 2 .").stdout
        for at in ("2026-07-01T10:00", "2026-07-01T10:00+09:00", "2026-07-05T03:00")
    ]
    assert heard[0] == heard[1] != heard[2]


def test_broken_yaml_is_told_line_by_line_and_never_as_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "tree.yaml").write_text("start: nowhere\nnodes: {}\n", encoding="utf-8")
    (tmp_path / "agencies.yaml").write_text("{}\n", encoding="utf-8")
    result = ivr_call(IVR_DATA=str(tmp_path))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert ": error: " in result.stderr
    assert "Traceback" not in result.stderr


def test_any_webhook_can_be_rung(webhook: str) -> None:
    result = ivr_call("--url", webhook, "--keys", "3", **ACCOUNT)
    assert result.exit_code == 0, result.output
    assert "You pressed 3" in result.stdout


def test_an_error_is_exit_status_1(webhook: str) -> None:
    result = ivr_call("--url", webhook, "--json", **{**ACCOUNT, "TWILIO_AUTH_TOKEN": "wrong"})
    assert result.exit_code == 1
    assert {"event": "error", "code": 11200}.items() <= events(result)[1].items()


def test_no_keys_at_all_is_a_silent_caller(webhook: str) -> None:
    result = ivr_call("--url", webhook, "--keys", "", "--json", **ACCOUNT)
    assert "pressed" not in {event["event"] for event in events(result)}


def test_barging_in_presses_at_once(webhook: str) -> None:
    result = ivr_call("--url", webhook, "--keys", "3", "--barge-in", "--json", **ACCOUNT)
    assert next(event["t"] for event in events(result) if event["event"] == "pressed") == 0.0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--url", "http://a.test", "--at", "2026-07-01T10:00"], "leave one of the two out"),
        (["--url", "http://a.test"], "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"),
        (["--url", "a.test/voice"], "expected http:// or https://"),
        (["--from", "09012345678"], "such as +819012345678"),
        (["--to", "+1"], "expected + and 7 to 15 digits"),
        (["--at", "tomorrow"], "such as 2026-07-01T22:15"),
        (["--keys", "3a"], "expected keys (0-9 * #)"),
    ],
)
def test_options_that_make_no_sense_say_what_was_expected(options: list[str], said: str) -> None:
    result = ivr_call(*options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_the_help_says_what_the_demonstration_presses() -> None:
    assert f'"{DEMONSTRATION}"' in ivr_call("--help").stdout


def test_json_is_written_as_it_happens(webhook: str) -> None:
    """Every line is flushed: a reader at the other end of a pipe need not wait for the end."""

    class Pipe(StringIO):
        flushed = 0

        def flush(self) -> None:
            self.flushed += 1

    out = Pipe()
    assert run(Order(url=webhook, keys="3", json=True), out, ACCOUNT) == 0
    assert out.flushed == len(out.getvalue().splitlines())
