"""`ivr serve`: the line with a web phone, for whoever edits it, and for nobody else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from ivr.commands.calling.line_service import line_service, place_of
from ivr.commands.serve import serve
from ivr.engine import Line
from ivr.settings import Settings
from ivr.web import create_app
from ringback.commands.shared.app_service import app_service
from ringback.commands.shared.web_phone_server import served
from ringback.webphone import CannotConnect, Place
from ringback.webphone.telephone import Telephone
from simulator.tests.webphone.exchange import Reader, app, running
from tests.support.served import free_port
from tests.support.served import served as gunicorn
from tests.support.signed import ENVIRON, MOBILE

ROOT = Path(__file__).resolve().parents[2]
PATHS = ("/", "/service.json", "/page/main.js", "/pictures/ja.svg", "/telephones")
ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC" + "1" * 32, "TWILIO_AUTH_TOKEN": "a-token"}


def ivr_serve(*options: str, **environ: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(serve, options, env=environ)


def test_the_page_is_served_here_and_its_line_can_be_rung() -> None:
    """The line runs its production code: what is heard is its own first words."""
    service = line_service({})
    with served(service, "127.0.0.1", 0) as address:
        assert httpx.get(address).text.startswith("<!doctype html>")
        telephone = Telephone(service)
        page = Reader(telephone)
        telephone.call(from_=MOBILE, to=service.dialled[0].number, at=None)
        assert page.until("place")["node"] == "top"
        assert page.until("says")["sentences"][0]["words"].startswith("命が危ないときは")
        telephone.press("3")
        assert page.until("place")["node"] == "remove"
        telephone.close()
        page.until("over")


def test_each_language_has_a_number_and_each_kind_of_caller_too(line: Line) -> None:
    service = line_service({})
    assert [each.language for each in service.dialled] == ["ja", "en"]
    assert len({each.number for each in service.dialled}) == 2
    assert [each.kind for each in service.callers] == [
        "mobile",
        "landline",
        "ip_phone",
        "foreign",
        "withheld",
    ]
    assert str(service.zone) == line.directory.calendar.timezone
    telephone = Telephone(service)
    page = Reader(telephone)
    telephone.call(from_=MOBILE, to=service.dialled[1].number, at=None)
    assert page.until("place")["language"] == "en"
    telephone.close()


def test_a_line_in_another_country_has_its_own_kinds_of_numbers() -> None:
    example = ROOT / "examples" / "consumer-line"
    folders = {"IVR_DATA": str(example / "data"), "IVR_PROMPTS": str(example / "prompts")}
    service = line_service(folders)
    assert service.callers[0].number.startswith("+447")
    assert service.picture is not None
    assert "nine nine nine" in service.picture("en")


def test_a_webhook_is_a_place_in_the_tree(line: Line) -> None:
    base = "http://127.0.0.1:1"
    assert place_of(line, f"{base}/voice/en/remove?visits=2") == Place("en", "remove")
    for url in ("/voice", "/voice/fr/top", "/voice/ja/nowhere", "/sms/ja/top", "/"):
        assert place_of(line, base + url) is None


def test_an_author_edits_the_tree_and_hears_it_in_the_next_telephone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "lines" / "town", tmp_path, dirs_exist_ok=True)
    tree = tmp_path / "data" / "tree.yaml"
    written = tree.read_text(encoding="utf-8")
    folders = {"IVR_DATA": str(tree.parent), "IVR_PROMPTS": str(tmp_path / "prompts")}
    service = line_service(folders)
    assert service.picture is not None
    tree.write_text(written.replace("まちの案内です。", "まちの、あたらしい案内です。"))
    assert "まちの、あたらしい案内です。" in service.picture("ja").replace("\n", "")
    assert service.place is not None
    assert service.place("http://127.0.0.1:1/voice/ja/talk") == Place("ja", "talk")
    tree.write_text(written.replace("go: talk", "go: tolk"))
    assert service.place("http://127.0.0.1:1/voice/ja/talk") is None
    with pytest.raises(CannotConnect, match="did you mean `talk`"):
        service.picture("ja")
    telephone = Telephone(service)
    telephone.get_ready()
    assert "tree.yaml:" in Reader(telephone).until("refused")["why"]


def test_any_app_can_be_rung_without_a_picture() -> None:
    with running(app()) as base:
        service = app_service(f"{base}/voice", f"{base}/sms", ACCOUNT)
        assert service.picture is service.place is service.zone is None
        telephone = Telephone(service)
        page = Reader(telephone)
        telephone.call(from_=MOBILE, to="+815031234567", at=None)
        assert page.until("exchange")["url"] == f"{base}/voice"
        telephone.press("1")
        page.until("says")
        telephone.text(from_=MOBILE, body="help")
        assert page.until("text")["body"] == "You wrote help"
        telephone.close()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "Add --open-to-network if you mean it"),
        (["--sms-url", "http://a.test/sms"], "--sms-url goes with --url"),
        (["--url", "a.test"], "expected http:// or https://"),
        (["--url", "http://a.test/voice"], "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"),
        (["--port", "99999"], "not in the range"),
    ],
)
def test_options_that_make_no_sense_say_what_was_expected(options: list[str], said: str) -> None:
    result = ivr_serve(*options, TWILIO_ACCOUNT_SID="", TWILIO_AUTH_TOKEN="")
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with served(line_service({}), "127.0.0.1", 0) as address:
        port = address.rstrip("/").rpartition(":")[2]
        result = ivr_serve("--port", port)
    assert result.exit_code == 1
    assert f"nothing can listen at 127.0.0.1, port {port}" in result.stderr
    assert "choose another with --port" in result.stderr


def test_broken_yaml_is_told_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "tree.yaml").write_text("start: nowhere\nnodes: {}\n", encoding="utf-8")
    (tmp_path / "agencies.yaml").write_text("{}\n", encoding="utf-8")
    result = ivr_serve(IVR_DATA=str(tmp_path))
    assert result.exit_code == 1
    assert ": error: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_setting_that_is_wrong_is_told_before_anybody_calls() -> None:
    result = ivr_serve(SPEECH="sing")
    assert result.exit_code == 1
    assert "SPEECH is wrong" in result.stderr


def test_on_an_open_address_it_warns_in_one_line_and_ends_when_told() -> None:
    command = [Path(sys.executable).with_name("ivr"), "serve", "--port", "0", "--host", "0.0.0.0"]
    process = subprocess.Popen(
        [*command, "--open-to-network"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("The web phone is at http://0.0.0.0:")
    process.terminate()
    _, stderr = process.communicate(timeout=30)
    warnings = [line for line in stderr.splitlines() if "Warning" in line]
    assert warnings == ["Warning: anyone who reaches this machine can use the web phone."]
    assert "Traceback" not in stderr
    assert process.returncode == 0


def test_production_has_no_web_phone(tmp_path: Path) -> None:
    """Neither in the app's routes nor behind the Procfile's gunicorn."""
    environ = {**ENVIRON, "DATABASE_URL": f"sqlite:///{tmp_path}/texts.sqlite3"}
    line = create_app(Settings.from_environ(environ))
    rules = {str(rule) for rule in line.url_map.iter_rules()}
    assert not rules & set(PATHS)
    port = free_port()
    with gunicorn({**environ, "PUBLIC_URL": f"http://127.0.0.1:{port}"}, port) as address:
        for path in PATHS:
            assert httpx.get(address + path).status_code == 404
        assert httpx.post(f"{address}/telephones").status_code == 404
