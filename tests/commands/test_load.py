"""`ivr load`: a crowd from the command line, on the line itself and on anyone's webhook."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.commands.calling.web_process import NotServed, procfile, served
from ivr.commands.load import load
from ringback.commands.shared.load_report import load_summary, progress
from ringback.load.figures import Report, Tally
from simulator.tests.crowd import MENU, SID, TOKEN, broken, hall

ACCOUNT = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": f"{TOKEN}, old-token"}
FAST = ("--no-delays", "--callers", "10", "--seconds", "0.3")


def ivr_load(*options: str, **environ: str) -> Result:
    nobody = {"TWILIO_ACCOUNT_SID": None, "TWILIO_AUTH_TOKEN": None}
    return CliRunner(mix_stderr=False).invoke(load, options, env={**nobody, **environ})


def test_everybody_reaches_a_number_on_anyones_webhook() -> None:
    with hall() as app:
        result = ivr_load("--url", app.url, "--keys", "3", "--json", *FAST, **ACCOUNT)
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert app.unsigned == 0
    assert report["url"] == app.url
    assert report["callers"] == {"asked_for": 10, "most_at_once": 10, "reached_a_number": 10}
    calls = report["calls"]
    assert calls["placed"] == calls["reached_a_number"] >= 10
    assert (calls["failed"], calls["gave_up"], calls["unfinished"]) == (0, 0, 0)
    assert report["requests"]["answered"] == 2 * calls["placed"]
    assert list(report["requests"]["milliseconds"]) == ["p50", "p90", "p95", "p99", "max"]
    assert list(report["lateness_milliseconds"]) == list(report["requests"]["milliseconds"])
    assert report["errors"] == []
    assert report["went_well"] is True
    assert report["interrupted"] is report["human"] is False


def test_a_failing_app_is_exit_status_1_and_the_reason_is_told() -> None:
    with hall({"/voice": MENU, "/number": broken}) as app:
        keys = ("--keys", "3", "--keys", "4")
        told = ivr_load("--url", app.url, *keys, *FAST, **ACCOUNT)
        counted = ivr_load("--url", app.url, *keys, "--json", *FAST, **ACCOUNT)
    assert told.exit_code == counted.exit_code == 1
    assert "11200" in told.stdout
    assert f"the app answered 500 Internal Server Error ({app.url[:-6]}/number)" in told.stdout
    assert any(f'first with the keys "{keys}"' in told.stdout for keys in "34")
    report = json.loads(counted.stdout)
    [error] = report["errors"]
    assert (error["code"], error["level"]) == (11200, "error")
    assert error["count"] == report["calls"]["failed"] == report["calls"]["placed"]


def test_a_wrong_token_fails_everybody() -> None:
    """The app answers 403, as it would to Twilio if the token were wrong."""

    with hall({"/voice": lambda: ("forbidden", 403)}) as app:
        result = ivr_load("--url", app.url, *FAST, **ACCOUNT)
    assert result.exit_code == 1
    assert "the app answered 403" in result.stdout


def test_what_is_a_number_can_be_told() -> None:
    with hall({"/voice": "<Say>The desk on the second floor will help.</Say>"}) as app:
        ring = ("--url", app.url, "--keys", "", *FAST)
        missed = ivr_load(*ring, **ACCOUNT)
        heard = ivr_load(*ring, "--reached", "desk on the (first|second) floor", **ACCOUNT)
    assert missed.exit_code == 1
    assert "the call ended by itself, and no number was heard" in missed.stdout
    assert heard.exit_code == 0, heard.output


def test_the_line_itself_is_served_by_the_procfile_and_stopped_after() -> None:
    result = ivr_load("--no-delays", "--callers", "40", "--seconds", "1", "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["callers"]["reached_a_number"] == 40
    assert report["errors"] == []
    after = ivr_load("--url", report["url"], "--no-delays", "--callers", "1", **ACCOUNT)
    assert "11205" in after.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--url", "http://line.example/voice"], "line.example is not this machine"),
        (["--url", "http://line.example/voice"], "--i-own-this-server"),
        (["--url", "http://10.0.0.7/voice"], "10.0.0.7 is not this machine"),
        (["--url", "http://127.0.0.1/voice"], "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"),
        (["--url", "127.0.0.1/voice"], "expected http:// or https://"),
        (["--callers", "0"], "0 is not in the range"),
        (["--callers", "1000000"], "1000000 is not in the range"),
        (["--seconds", "0"], "0.0 is not in the range"),
        (["--seconds", "90000"], "90000.0 is not in the range"),
        (["--seconds", "5", "--ramp", "5"], "expected less than --seconds 5"),
        (["--keys", "3a"], "expected keys (0-9 * #)"),
        (["--reached", "("], "'(' is not a regular expression"),
    ],
)
def test_options_that_make_no_sense_say_what_was_expected(options: list[str], said: str) -> None:
    result = ivr_load(*options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_line_that_cannot_start_is_told_and_never_as_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "tree.yaml").write_text("start: nowhere\nnodes: {}\n", encoding="utf-8")
    (tmp_path / "agencies.yaml").write_text("{}\n", encoding="utf-8")
    result = ivr_load(IVR_DATA=str(tmp_path))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert ": error: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_web_process_that_does_not_start_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(NotServed, match="TWILIO_AUTH_TOKEN is missing"), served({}, {}):
        pass
    with pytest.raises(NotServed, match="name an app by --url"):
        procfile("web", tmp_path)
    (tmp_path / "Procfile").write_text("worker: true\n", encoding="utf-8")
    with pytest.raises(NotServed, match="no line that begins with `web:`"):
        procfile("web", tmp_path)


def test_an_app_cannot_steer_the_terminal_by_its_errors() -> None:
    tally = Tally()
    tally.begins()
    tally.ends(0, "failed")
    tally.trouble(12100, "error", "not XML: \x1b[2J", "3")
    report = Report(
        url="http://127.0.0.1/", callers=1, human=True, seconds=1.0, interrupted=True, tally=tally
    )
    assert "\x1b" not in load_summary(report)
    assert "interrupted" in load_summary(report)


def test_progress_is_one_line() -> None:
    tally = Tally()
    tally.begins()
    tally.begins()
    tally.ends(0, "reached")
    tally.latencies.note(0.010)
    assert progress(tally, 2.0) == (
        "    2 s  1 on the line, 1 calls over (0.5/s), 1 requests, p95 10 ms, 0 failed"
    )
