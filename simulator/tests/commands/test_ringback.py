"""The command `ringback`: calls, texts, loads and recordings of an app that is served over HTTP."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from ringback.commands import COMMANDS, cli
from ringback.commands.shared.app_service import app_service
from ringback.commands.shared.web_phone_server import served
from ringback.webphone.telephone import Telephone
from simulator.tests.crowd import SID, TOKEN, Hall, hall
from simulator.tests.webphone.exchange import MOBILE, Reader, app, running

ACCOUNT = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": f"{TOKEN}, old-token"}


def ringback(*arguments: object, **environ: str | None) -> Result:
    words = [str(word) for word in arguments]
    return CliRunner(mix_stderr=False).invoke(cli, words, env={**ACCOUNT, **environ})


@pytest.fixture
def theirs() -> Iterator[Hall]:
    """An app that is not ours and knows who signs its requests."""
    with hall() as opened:
        yield opened


@pytest.fixture
def base() -> Iterator[str]:
    """The address of an app that also takes texts."""
    with running(app()) as address:
        yield address


def test_a_call_is_shown_as_it_happens(theirs: Hall) -> None:
    result = ringback("call", "--url", theirs.url, "--keys", "3")
    assert result.exit_code == 0, result.output
    assert "For a number, press three." in result.stdout
    assert "caller    presses 3" in result.stdout
    assert theirs.unsigned == 0


def test_a_call_as_json_is_an_object_a_line(theirs: Hall) -> None:
    result = ringback("call", "--url", theirs.url, "--keys", "3", "--json")
    happened = [json.loads(line)["event"] for line in result.stdout.splitlines()]
    assert happened == ["request", "heard", "pressed", "request", "heard", "hangup"]


def test_without_keys_and_terminal_the_caller_presses_nothing(theirs: Hall) -> None:
    result = ringback("call", "--url", theirs.url)
    assert "caller    is silent" in result.stdout
    assert "presses" not in result.stdout


def test_a_call_is_recorded_and_replayed(theirs: Hall, tmp_path: Path) -> None:
    file = tmp_path / "calls.yaml"
    recorded = ringback("call", "--url", theirs.url, "--keys", "3", "--record", file)
    assert recorded.exit_code == 0, recorded.output
    assert f"The call is in {file}; ringback replay runs it again." in recorded.stderr
    same = ringback("replay", file, "--url", theirs.url)
    assert (same.exit_code, same.stdout) == (0, "1 file: no calls went another way\n")
    with hall({"/voice": "<Say>We are closed.</Say>"}) as changed:
        other = ringback("replay", file, "--url", changed.url)
    assert other.exit_code == 1
    assert "+heard: We are closed." in other.stdout


def test_an_app_is_texted(base: str) -> None:
    result = ringback("text", "--url", f"{base}/sms", "one", "two")
    assert result.exit_code == 0, result.output
    assert result.stdout.index("You wrote one") < result.stdout.index("You wrote two")


def test_nothing_to_text_is_refused(base: str) -> None:
    result = ringback("text", "--url", f"{base}/sms")
    assert result.exit_code == 2
    assert "there is nothing to text" in result.stderr


def test_many_call_at_once(theirs: Hall) -> None:
    fast = ("--no-delays", "--callers", "5", "--seconds", "0.3", "--keys", "3", "--json")
    result = ringback("load", "--url", theirs.url, *fast)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["callers"]["reached_a_number"] == 5
    assert theirs.unsigned == 0


def test_a_web_page_calls_and_texts(base: str) -> None:
    service = app_service(f"{base}/voice", f"{base}/sms", ACCOUNT)
    with served(service, "127.0.0.1", 0) as address:
        assert httpx.get(address).text.startswith("<!doctype html>")
        telephone = Telephone(service)
        page = Reader(telephone)
        telephone.call(from_=MOBILE, to=service.dialled[0].number, at=None)
        assert page.until("says")["sentences"][0]["words"] == "おはようございます。"
        telephone.text(from_=MOBILE, body="help")
        assert page.until("text")["body"] == "You wrote help"
        telephone.close()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_needs_an_address_and_an_account(command: str, tmp_path: Path) -> None:
    (tmp_path / "calls.yaml").write_text("- story: Silent\n  keys: '.'\n", encoding="utf-8")
    given = {"text": ["help"], "replay": [tmp_path]}.get(command, [])
    without_address = ringback(command, *given)
    assert without_address.exit_code == 2
    assert "Missing option '--url'" in without_address.stderr
    url = ("--url", "http://127.0.0.1:1/voice")
    without_account = ringback(command, *given, *url, TWILIO_AUTH_TOKEN=None)
    assert without_account.exit_code == 2
    assert "needs TWILIO_AUTH_TOKEN in the environment" in " ".join(without_account.stderr.split())


def test_the_help_names_every_command() -> None:
    result = ringback("--help")
    assert all(f"\n  {command} " in result.stdout for command in COMMANDS)


@pytest.mark.parametrize(
    ("missing", "command", "said"),
    [
        ("aiohttp", "load", "pip install 'ringback[load]'"),
        ("rich", "call", "pip install 'ringback[cli]'"),
        ("click", "call", "pip install 'ringback[cli]'"),
    ],
)
def test_a_missing_package_is_said_in_one_line(missing: str, command: str, said: str) -> None:
    """In a process of its own, in which the package cannot be imported."""
    script = (
        f"import sys; sys.modules[{missing!r}] = None; sys.argv[1:] = [{command!r}, '--keys', '1'];"
        "from ringback.__main__ import main; main()"
    )
    completed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (completed.returncode, completed.stdout) == (2, "")
    [line] = completed.stderr.splitlines()
    assert said in line
