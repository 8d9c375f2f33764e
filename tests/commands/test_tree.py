"""`ivr tree`: the flow, on the screen or in a file."""

from pathlib import Path

from click.testing import CliRunner, Result

from ivr.commands.tree import tree

TOWN = Path(__file__).parents[1] / "lines" / "town"


def ivr_tree(*options: str, **environ: str) -> Result:
    town = {"IVR_DATA": str(TOWN / "data"), "IVR_PROMPTS": str(TOWN / "prompts")}
    return CliRunner(mix_stderr=False).invoke(tree, options, env={**town, **environ})


def test_without_options_it_is_an_outline_in_the_trees_own_language() -> None:
    result = ivr_tree()
    assert result.exit_code == 0
    assert result.stdout.startswith("まちの案内\n\n! 命が危ないときは、110番へ。\n")


def test_a_picture_goes_into_a_file(tmp_path: Path) -> None:
    file = tmp_path / "tree.svg"
    result = ivr_tree("--format", "svg", "--language", "en", "--out", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    drawn = file.read_text(encoding="utf-8")
    assert drawn.startswith("<svg ")
    assert "In danger? Call one one zero." in drawn


def test_mermaid_goes_to_the_screen() -> None:
    assert ivr_tree("--format", "mermaid").stdout.startswith("flowchart LR\n")


def test_options_that_make_no_sense_say_what_was_expected(tmp_path: Path) -> None:
    result = ivr_tree("--language", "fr")
    assert result.exit_code == 2
    assert "--language fr: this line speaks en, ja." in result.stderr
    result = ivr_tree("--out", str(tmp_path / "nowhere" / "tree.svg"))
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


def test_broken_yaml_is_told_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "tree.yaml").write_text("start: nowhere\nnodes: {}\n", encoding="utf-8")
    (tmp_path / "agencies.yaml").write_text("{}\n", encoding="utf-8")
    result = ivr_tree(IVR_DATA=str(tmp_path))
    assert result.exit_code == 1
    assert ": error: " in result.stderr
    assert "Traceback" not in result.stderr
