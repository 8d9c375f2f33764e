"""`ivr call`: a call from the command line, to the line itself and to anyone's webhook."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from click import ClickException
from click.testing import CliRunner, Result
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

from ivr.commands.call import DEMONSTRATION, call, run
from ringback.commands.shared.account import CALLER, SMS_SENDER
from ringback.commands.shared.calling import CallOrder
from ringback.commands.shared.files import keep
from simulator.tests.sounds import babble, mulaw_file, served, taken_apart

ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC" + "1" * 32, "TWILIO_AUTH_TOKEN": "new-token, old-token"}
HELLO = babble(1.0)
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

    @app.get("/hello.wav")
    def clip() -> Response:
        return served(mulaw_file(HELLO))

    @app.post("/voice")
    def voice() -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(request.url, request.form, signature):
            return Response("forbidden", 403)
        said = "<Say>Hello</Say><Play>/hello.wav</Play>"
        if "Digits" in request.form:
            said = f"<Say>You pressed {request.form['Digits']}</Say>"
        verbs = f"<Gather numDigits='1'>{said}</Gather>"
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
        (["--at-once", "--keys", "3"], "--at-once is for a person at a terminal"),
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
    assert run(CallOrder(keys="3", json=True), webhook, out, ACCOUNT) == 0
    assert out.flushed == len(out.getvalue().splitlines())


def test_a_call_can_be_kept_as_sound(webhook: str, tmp_path: Path) -> None:
    """What played, and the key: by its second in --json it is found in the file."""
    wav = tmp_path / "call.wav"
    result = ivr_call("--url", webhook, "--keys", "8 .", "--json", "--wav", str(wav), **ACCOUNT)
    assert result.exit_code == 0, result.output
    kept = taken_apart(wav.read_bytes())
    pressed = next(event["t"] for event in events(result) if event["event"] == "pressed")
    assert kept.key_at(float(str(pressed))) == "8"
    assert HELLO in kept.sound
    assert [file.name for file in tmp_path.iterdir()] == ["call.wav"]


def test_words_without_a_voice_are_told_on_standard_error(webhook: str, tmp_path: Path) -> None:
    wav = str(tmp_path / "call.wav")
    result = ivr_call("--url", webhook, "--keys", ".", "--json", "--wav", wav, **ACCOUNT)
    assert "<Say> is silence" in result.stderr
    assert "SPEECH=play" in result.stderr
    assert events(result)


def test_an_earlier_recording_stays_when_the_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wav = tmp_path / "call.wav"
    wav.write_bytes(b"earlier")

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ClickException, match=r"call\.wav could not be written: No space left"):
        keep(wav, b"later")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("call.wav", b"earlier")
    ]


def test_a_link_is_followed_not_replaced(webhook: str, tmp_path: Path) -> None:
    real, link = tmp_path / "real.wav", tmp_path / "link.wav"
    link.symlink_to(real)
    assert ivr_call("--url", webhook, "--keys", ".", "--wav", str(link), **ACCOUNT).exit_code == 0
    assert link.is_symlink()
    assert real.read_bytes().startswith(b"RIFF")


@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere/call.wav", "there is no folder"), (".", "is not a file; name one to write")],
)
def test_a_place_that_cannot_hold_a_file_is_refused_before_the_call(
    name: str, said: str, tmp_path: Path
) -> None:
    result = ivr_call("--wav", str(tmp_path / name))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in " ".join(result.stderr.split())


def _player(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def test_a_call_is_listened_to_with_the_first_player_that_can(webhook: str, tmp_path: Path) -> None:
    """ffplay finds no loudspeaker here; aplay, which is next, does."""
    _player(tmp_path, "ffplay", "echo no device >&2; exit 1")
    _player(tmp_path, "aplay", f'[ -s "$2" ] && echo "$1" > "{tmp_path}/played"')
    call = ("--url", webhook, "--keys", ".", "--listen")
    result = ivr_call(*call, PATH=str(tmp_path), **ACCOUNT)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "played").read_text() == "-q\n"
    assert "could not be played" not in result.stderr


def test_without_a_player_it_is_told_what_to_do(webhook: str, tmp_path: Path) -> None:
    call = ("--url", webhook, "--keys", ".", "--listen")
    nothing = ivr_call(*call, PATH=str(tmp_path), **ACCOUNT)
    assert nothing.exit_code == 0
    [line] = [line for line in nothing.stderr.splitlines() if "plays sound" in line]
    assert "install one, such as ffmpeg for ffplay, or keep the recording with --wav FILE" in line
    _player(tmp_path, "aplay", "echo no device >&2; exit 1")
    failing = ivr_call(*call, PATH=str(tmp_path), **ACCOUNT)
    assert failing.exit_code == 0
    assert "could not be played (aplay: no device): keep the recording" in failing.stderr
