"""`ivr check --fix` and `--translated`: what is written back into the files."""

import re
from pathlib import Path

import pytest

from tests.support.checking import change, check, town_in

INVENTED_TOGETHER = (
    "# check: allow-file unrecorded-translation because both languages were invented together\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The town's folders, to be broken."""
    return town_in(tmp_path)


def test_what_is_safe_is_fixed(folder: Path) -> None:
    """Order, dashes, widths, words left over: with comments and layout, and nothing else."""
    tree, agencies = folder / "data" / "tree.yaml", folder / "data" / "agencies.yaml"
    en = folder / "prompts" / "en.yaml"
    was = {file: file.read_text(encoding="utf-8") for file in (tree, agencies, en)}
    change(
        tree,
        "      1: {say: 書いて頼むには, go: forms}\n      2: {say: 読んで調べるには, go: pages}\n",
        "      2: {say: 読んで調べるには, go: pages}\n"
        "      # the first\n      1: {say: 書いて頼むには, go: forms}\n",
    )
    change(agencies, "number: 0120-061-338", "number: ０１２０ー061−338")
    change(agencies, 'number: "#9110"', "number: ＃9110")
    end = 'opens_at: "09:00", closes_at: "17:30"}'
    change(agencies, f"[MO, TU, WE, TH, FR], {end}", f"[TU, MO, WE, TH, FR, MO], {end}")
    change(en, "    talk:\n", "    gone:\n      say: Hello.\n    talk:\n")
    result = check(folder, "--fix", "--strict")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.count("fixed ") == 3
    assert en.read_text(encoding="utf-8") == was[en]
    assert agencies.read_text(encoding="utf-8") == was[agencies]
    kept = was[tree].replace("      1: {say: 書", "      # the first\n      1: {say: 書")
    assert tree.read_text(encoding="utf-8") == kept


def test_a_renamed_node_keeps_its_translation(folder: Path) -> None:
    """Words that are left over while others are missing are likely the ones that are missing."""
    tree, en = folder / "data" / "tree.yaml", folder / "prompts" / "en.yaml"
    text = tree.read_text(encoding="utf-8")
    tree.write_text(re.sub(r"\btalk\b", "chat", text), encoding="utf-8")
    was = en.read_text(encoding="utf-8")
    result = check(folder, "--fix")
    assert result.exit_code == 1
    assert "left-over" in result.stdout
    assert en.read_text(encoding="utf-8") == was


def test_ends_of_lines_stay_as_they_are(folder: Path) -> None:
    agencies = folder / "data" / "agencies.yaml"
    was = b"\xef\xbb\xbf" + agencies.read_bytes().replace(b"\n", b"\r\n")
    agencies.write_bytes(was.replace(b"0120-061-338", "０120-061-338".encode()))
    assert check(folder, "--fix").exit_code == 0
    assert agencies.read_bytes() == was


def test_nothing_is_written_where_nothing_is_to_fix(folder: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*.yaml")}
    assert check(folder, "--fix").exit_code == 0
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*.yaml")} == before


def test_an_allowance_that_nothing_needs_is_taken_away(folder: Path) -> None:
    tree = folder / "data" / "tree.yaml"
    was = tree.read_text(encoding="utf-8")
    above = "# check: allow key-gap because of 2\n"
    change(tree, "start: top\n", f"{above}start: top  # check: allow emoji because I like it\n")
    assert "unused-allowance" in check(folder).stdout
    assert check(folder, "--fix", "--strict").exit_code == 0
    assert tree.read_text(encoding="utf-8") == was


def test_a_translation_goes_stale_when_its_source_changes(folder: Path) -> None:
    en, tree = folder / "prompts" / "en.yaml", folder / "data" / "tree.yaml"
    change(en, INVENTED_TOGETHER, "")
    assert "warning: unrecorded-translation" in check(folder).stdout
    assert "recorded" in check(folder, "--translated", "en").stderr
    assert check(folder, "--strict").exit_code == 0
    change(tree, "after: いつ切っても、大丈夫です。", "after: いつ切っても、よいです。")
    reported = check(folder).stdout
    line = en.read_text(encoding="utf-8").split("      after: You can hang up")[0].count("\n") + 1
    assert (
        f"{en}:{line}: warning: stale-translation: the source was 「いつ切っても、大丈夫"
        in reported
    )
    assert check(folder, "--fix", "--strict").exit_code == 1  # a person has to look
    check(folder, "--translated", "en")
    assert check(folder, "--strict").exit_code == 0


def test_a_new_text_is_recorded_by_fixing(folder: Path) -> None:
    """It was translated from what the source says today, and the old records stay."""
    tree, en = folder / "data" / "tree.yaml", folder / "prompts" / "en.yaml"
    change(en, INVENTED_TOGETHER, "")
    check(folder, "--translated", "en")
    change(tree, "after: 書類をご用意ください。", "after: 紙をご用意ください。")
    change(tree, "  forms:\n", "  forms:\n    say: はい。\n")
    change(en, "    web:\n", "    forms:\n      say: Yes.\n    web:\n")
    check(folder, "--fix")
    reported = check(folder).stdout
    assert "unrecorded-translation" not in reported
    assert reported.count("stale-translation") == 1


def test_a_broken_line_records_nothing(folder: Path) -> None:
    change(folder / "data" / "tree.yaml", "start: top", "start: topp")
    result = check(folder, "--translated", "en")
    assert result.exit_code == 1
    assert "fix the errors first" in result.stderr
    assert not (folder / "prompts" / "translated").exists()
