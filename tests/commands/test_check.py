"""`ivr check`: an author's first reader."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.commands import main
from tests.support.authors import all_found
from tests.support.checking import TOWN, change, check, town_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The town's folders, to be broken."""
    return town_in(tmp_path)


def test_the_shipped_line_passes() -> None:
    assert all_found({}) == []
    assert check(ROOT).exit_code == 0


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
    assert result.stdout.splitlines() == [
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


def test_a_broken_lexicon_is_reported_too(folder: Path) -> None:
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


# -- what may be ignored


@pytest.fixture
def gap(folder: Path) -> Path:
    """The town with a gap in its keys: no more than a warning."""
    change(folder / "data" / "tree.yaml", "      3: {say: ネット", "      4: {say: ネット")
    change(folder / "prompts" / "en.yaml", "        3: For the web,", "        4: For the web,")
    return folder


def test_a_warning_is_reported_and_is_in_nobodys_way(gap: Path) -> None:
    result = check(gap)
    assert result.exit_code == 0
    assert "tree.yaml:19: warning: key-gap: key 3 is left out" in result.stdout
    assert "no errors, " in result.stderr
    assert "(may ignore)" in result.stderr


def test_whoever_wants_a_warning_counts(gap: Path) -> None:
    assert check(gap, "--strict").exit_code == 1
    assert check(TOWN, "--strict").exit_code == 0


def test_what_must_be_fixed_comes_before_what_may_be_ignored(gap: Path) -> None:
    """An allowance that is malformed is reported beside an error; errors come first."""
    change(gap / "data" / "agencies.yaml", "calendar:\n", "calendar:  # check: allow\n")
    change(gap / "data" / "tree.yaml", "start: top", "start: topp")
    reported = check(gap).stdout.splitlines()
    assert [line.split(": ")[1] for line in reported] == ["error", "warning"]
    assert "missing-target" in reported[0]


def test_a_warning_is_accepted_with_a_reason(gap: Path) -> None:
    tree = gap / "data" / "tree.yaml"
    change(tree, "start: top", "# check: allow-below key-gap because 3 is to come\nstart: top")
    assert check(gap, "--strict").stdout == ""
    reported = check(gap, "--accepted").stdout
    assert f"{tree}:20: accepted: key-gap: " in reported
    assert "(because 3 is to come)" in reported


def test_no_error_is_accepted(folder: Path) -> None:
    allowance = "# check: allow missing-target because I say so"
    change(folder / "data" / "tree.yaml", "start: top", f"start: topp  {allowance}")
    result = check(folder)
    assert result.exit_code == 1
    assert "error: missing-target" in result.stdout
    assert "warning: bad-allowance: `missing-target` is an error" in result.stdout


def test_programs_read_an_object_a_line(gap: Path) -> None:
    lines = check(gap, "--format", "json").stdout.splitlines()
    [reported] = [reported for reported in map(json.loads, lines) if reported["code"] == "key-gap"]
    assert (reported["line"], reported["severity"]) == (19, "warning")
    assert reported["explained"] == "docs/checks.md#key-gap"
    accepted = check(TOWN, "--format", "json", "--accepted").stdout.splitlines()
    assert {json.loads(line)["because"] for line in accepted} >= {"all of it is invented"}


def test_github_shows_each_problem_at_its_line(folder: Path) -> None:
    tree = folder / "data" / "tree.yaml"
    change(tree, "start: top", "start: 100%")
    [reported] = check(folder, "--format", "github").stdout.splitlines()
    assert reported.startswith(
        f"::error file={tree},line=12,title=wrong-value::`start` is `100%25`;"
    )


def test_an_option_that_is_not_there_is_a_usage_error(folder: Path) -> None:
    assert check(folder, "--format", "xml").exit_code == 2
    assert check(folder, "--no-such-thing").exit_code == 2
    assert check(folder, "--translated", "fr").exit_code == 2


def test_how_long_an_assurance_holds_is_the_environments_to_say(folder: Path) -> None:
    assert check(folder, "--strict").exit_code == 0
    environ = {"IVR_DATA": str(folder / "data"), "IVR_PROMPTS": str(folder / "prompts")}
    environ["ASSURED_WITHIN"] = "180"
    reported = CliRunner(mix_stderr=False).invoke(main, ["check"], env=environ).stdout
    assert "warning: unassured: nobody has checked `0120-0-78310`" in reported
