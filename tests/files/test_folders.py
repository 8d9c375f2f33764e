"""A line's files on disk: all of them are read, or each that can't be is named."""

import shutil
from pathlib import Path

import pytest

from ivr.check.loading import open_line
from ivr.files.problems import LineRefused, Problem

ROOT = Path(__file__).resolve().parents[2]
TOWN = Path(__file__).parents[1] / "lines" / "town"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The town's folders, to be broken."""
    return Path(shutil.copytree(TOWN, tmp_path / "town"))


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(LineRefused) as refused:
        open_line(folder / "data", folder / "prompts")
    return refused.value.problems


def test_the_shipped_line_and_every_example_are_sound() -> None:
    folders = [ROOT, *(ROOT / "examples").iterdir(), TOWN]
    for folder in folders:
        assert open_line(folder / "data", folder / "prompts").tree.nodes


def test_a_line_has_the_languages_of_its_files(copy: Path) -> None:
    assert list(open_line(copy / "data", copy / "prompts").scripts) == ["en", "ja"]


@pytest.mark.parametrize("file", ["data/tree.yaml", "data/agencies.yaml"])
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    (told,) = problems(copy)
    assert (told.file, told.line, told.code) == (str(copy / file), 1, "no-file")
    assert "No such file" in told.message
    assert "IVR_DATA" in told.message


def test_missing_folders_are_named(tmp_path: Path) -> None:
    """Both at once, and where the folders' names come from."""
    told = [problem for problem in problems(tmp_path / "nowhere") if problem.code == "no-file"]
    assert {Path(problem.file).name for problem in told} == {
        *("tree.yaml", "agencies.yaml", "prompts")
    }


def test_a_folder_without_prompts_is_named(copy: Path) -> None:
    for file in (copy / "prompts").iterdir():
        file.unlink()
    (told,) = [problem for problem in problems(copy) if problem.code == "no-file"]
    assert told.file == str(copy / "prompts")
    assert "ja.yaml" in told.message


def test_a_folder_in_a_files_place_is_told(copy: Path) -> None:
    (copy / "prompts" / "fr.yaml").mkdir()
    (told,) = problems(copy)
    assert (Path(told.file).name, told.code) == ("fr.yaml", "no-file")


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "utf-16"])
def test_a_file_in_another_encoding_is_told(copy: Path, encoding: str) -> None:
    """Japanese editors of old write Shift_JIS; nothing is guessed."""
    tree = copy / "data" / "tree.yaml"
    tree.write_bytes(tree.read_text(encoding="utf-8").encode(encoding))
    (told,) = problems(copy)
    assert (Path(told.file).name, told.code) == ("tree.yaml", "not-utf8")


def test_the_line_of_the_first_wrong_byte_is_told(copy: Path) -> None:
    tree = copy / "data" / "tree.yaml"
    text = tree.read_text(encoding="utf-8")
    before, after = text.split("  greeting: まちの案内です。")
    wrong = "  greeting: まちの案内です。".encode("shift_jis")
    tree.write_bytes(before.encode() + wrong + after.encode())
    (told,) = problems(copy)
    assert (told.line, told.code) == (before.count("\n") + 1, "not-utf8")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(copy: Path) -> None:
    """A file saved on Windows is as good as any, and its lines count the same."""
    tree = copy / "data" / "tree.yaml"
    text = tree.read_text(encoding="utf-8")
    saved = text.replace("\n", "\r\n").encode("utf-8-sig")
    tree.write_bytes(saved)
    assert open_line(copy / "data", copy / "prompts").tree.start == "top"
    tree.write_bytes(saved.replace(b"start: top", b"start: topp"))
    (told,) = problems(copy)
    assert told.line == text.split("start: top")[0].count("\n") + 1


def test_a_file_that_cannot_be_read_does_not_hide_the_mistakes_of_the_others(copy: Path) -> None:
    """Every problem at once: nobody fixes a line one complaint at a time."""
    english, tree = copy / "prompts" / "en.yaml", copy / "data" / "tree.yaml"
    english.write_bytes(b"\xff" + english.read_bytes())
    tree.write_text(tree.read_text(encoding="utf-8").replace("start: top", "start: topp"))
    told = [(Path(problem.file).name, problem.code) for problem in problems(copy)]
    assert told == [("tree.yaml", "missing-target"), ("en.yaml", "not-utf8")]


def test_files_are_named_as_a_person_here_would_type_them(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy / "data" / "tree.yaml").write_text("", encoding="utf-8")
    monkeypatch.chdir(copy)
    assert problems(copy)[0].file == "data/tree.yaml"
    assert problems(Path())[0].file == "data/tree.yaml"


def test_other_files_beside_them_are_left_alone(copy: Path) -> None:
    """Schemas, notes, sound: only YAML files are languages."""
    (copy / "prompts" / "prompts.schema.json").write_text("{}")
    (copy / "prompts" / "notes.txt").write_bytes(b"\xff")
    assert open_line(copy / "data", copy / "prompts")
