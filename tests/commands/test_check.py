"""`ivr check`: an author's first reader."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.commands import main
from ivr.commands.check import find_problems
from ivr.settings import HOME

TOWN = Path(__file__).parent.parent / "lines" / "town"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The town's folders, to be broken."""
    return Path(shutil.copytree(TOWN, tmp_path / "town"))


def check(folder: Path) -> Result:
    environ = {"IVR_DATA": str(folder / "data"), "IVR_PROMPTS": str(folder / "prompts")}
    return CliRunner().invoke(main, ["check"], env=environ)


def test_the_shipped_line_passes() -> None:
    assert find_problems({}) == []
    assert check(HOME).exit_code == 0


def test_a_sound_line_passes(folder: Path) -> None:
    assert check(folder).exit_code == 0


def test_every_problem_is_a_line_and_the_exit_code_is_one(folder: Path) -> None:
    """`file:line: severity: code: message`."""
    tree = folder / "data" / "tree.yaml"
    text = tree.read_text(encoding="utf-8")
    broken = text.replace("start: top", "start: topp").replace("[form_desk]", "[form_dask]")
    tree.write_text(broken, encoding="utf-8")
    result = check(folder)
    assert result.exit_code == 1
    start = text.split("start: top")[0].count("\n") + 1
    form = text.split("[form_desk]")[0].count("\n") + 1
    assert result.output.splitlines() == [
        f"{tree}:{start}: error: missing-target: no node `topp`; did you mean `top`?",
        f"{tree}:{form}: error: unknown-agency: no agency `form_dask`; did you mean `form_desk`?",
    ]


def test_missing_folders_are_a_problem_not_a_crash(tmp_path: Path) -> None:
    result = check(tmp_path / "nowhere")
    assert result.exit_code == 1
    assert result.output.count(": error: no-file: ") == 3
    assert "Traceback" not in result.output


def test_check_needs_no_account() -> None:
    """No token, no public URL: YAML can be checked on any machine."""
    environ = dict.fromkeys(("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUBLIC_URL"))
    assert CliRunner().invoke(main, ["check"], env=environ).exit_code == 0


def test_a_broken_lexicon_is_told_too(folder: Path) -> None:
    """The server would refuse it, so the check does."""
    lexicon = folder / "prompts" / "lexicon"
    lexicon.mkdir()
    (lexicon / "ja.yaml").write_text("110番: \n", encoding="utf-8")
    result = check(folder)
    assert result.exit_code == 1
    assert "ja.yaml:1: error: lexicon:" in result.output


def test_a_broken_beginning_does_not_hide_what_is_wrong_further_down(folder: Path) -> None:
    tree = folder / "data" / "tree.yaml"
    text = tree.read_text(encoding="utf-8")
    broken = text.replace("start: top", "strat: top").replace("country: JP", "country: Japan")
    tree.write_text(broken.replace("[form_desk]", "[form_dask]"), encoding="utf-8")
    said = check(folder).output
    assert "missing-key: `start` is missing" in said
    assert "unknown-key: `strat` means nothing here; did you mean `start`?" in said
    assert "wrong-value: `country` is `Japan`" in said
    assert "no agency `form_dask`; did you mean `form_desk`?" in said


def test_no_name_is_taken_for_a_node_that_is_not_there(folder: Path) -> None:
    """Least of all the one by which a broken beginning is stood in for."""
    tree = folder / "data" / "tree.yaml"
    text = tree.read_text(encoding="utf-8")
    tree.write_text(text.replace("go: talk", "go: somewhere"), encoding="utf-8")
    result = check(folder)
    assert result.exit_code == 1
    assert "missing-target: no node `somewhere`" in result.output
