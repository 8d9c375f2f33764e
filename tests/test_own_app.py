"""The example of simulator/docs/testing-your-own-app.md, run as it stands there."""

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from runpy import run_path
from threading import Thread
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from click.testing import CliRunner, Result
from werkzeug.serving import make_server

from ringback import Carrier
from ringback.commands import cli
from ringback.testing import Handset
from ringback.testing.plugin import SETTINGS
from tests.support.pages import examples

PAGE = Path(__file__).resolve().parents[1] / "simulator" / "docs" / "testing-your-own-app.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with the files of the page and nothing else."""
    monkeypatch.delenv("TWILIO_ACCOUNT_SID", raising=False)
    monkeypatch.delenv("TWILIO_AUTH_TOKEN", raising=False)
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:hypothesispytest")  # slow to start, and not used
    pytester.syspathinsert()
    for name, text in examples(PAGE).items():
        (pytester.path / name).write_text(text, encoding="utf-8")
    return pytester


def test_the_example_passes(project: pytest.Pytester) -> None:
    assert sorted(examples(PAGE)) == ["conftest.py", "shop.py", "test_shop.py"]
    project.runpytest().assert_outcomes(passed=2)


def test_the_example_is_short() -> None:
    assert sum(text.count("\n") for text in examples(PAGE).values()) < 30


def test_the_failure_on_the_page_is_the_one_that_is_printed(project: pytest.Pytester) -> None:
    story = project.path / "test_shop.py"
    story.write_text(story.read_text().replace('hears("press 1")', 'hears("press 2")'))
    printed = [line.removeprefix("E").strip() for line in project.runpytest().outlines]
    printed[:] = [line.rpartition("CallFailed: ")[2] for line in printed]
    [shown] = [block for block in TEXT.split("```") if "expected to hear 'press 2'" in block]
    for line in filter(None, map(str.strip, shown.splitlines())):
        assert line in printed


@pytest.fixture
def shop(carrier: Carrier, tmp_path: Path) -> Iterator[Path]:
    """The folder with the page's app, which is served where the page says; its texts stay here."""
    script = tmp_path / "shop.py"
    script.write_text(examples(PAGE)["shop.py"], encoding="utf-8")

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return run_path(str(script))["app"](environ, start_response)  # type: ignore[no-any-return]

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    (tmp_path / "url").write_text(f"http://127.0.0.1:{server.server_port}/voice")
    yield tmp_path
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_commands_on_the_page_print_what_it_shows(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    [block] = [block for block in TEXT.split("```console\n") if "ringback replay" in block[:200]]
    record, replay, *shown = block.partition("```")[0].splitlines()
    assert ringback(record, shop).exit_code == 0
    script = shop / "shop.py"
    script.write_text(script.read_text().replace("It is on its way", "It will come"))
    result = ringback(replay, shop)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == shown


def ringback(line: str, shop: Path) -> Result:
    """A command of the page, at the port the app is really served at."""
    url = (shop / "url").read_text()
    words = shlex.split(line.replace("http://127.0.0.1:5000/voice", url))
    assert words[:2] == ["$", "ringback"]
    return CliRunner(mix_stderr=False).invoke(cli, words[2:])


def test_every_step_is_on_the_page() -> None:
    for name in vars(Handset):
        if not name.startswith("_") and name != "close":
            assert f"`{name}(" in TEXT or f"phone.{name}" in TEXT, name


def test_every_setting_is_on_the_page() -> None:
    for name in SETTINGS:
        assert f"`{name}`" in TEXT, name
