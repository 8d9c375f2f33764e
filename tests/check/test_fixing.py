"""What `--fix` writes: order and widths, and never a fact."""

from typing import Any

import pytest

from ivr.check.fixing.fixes import FIXES, fixed
from ivr.check.fixing.yaml_edits import nodes_at, reordered, without
from ivr.check.inspection import Files
from ivr.check.loading import read_draft
from ivr.engine.directory import Directory
from ivr.engine.tree import Tree
from ivr.files.problems import Problem
from ivr.settings import Folders
from tests.support.damages import MUTATIONS, changed, with_text


@pytest.fixture(scope="module")
def shipped() -> Files:
    return Files.of(Folders())


ORDERLY = [mutation for mutation in MUTATIONS if mutation["caught"] in {m.code for m in FIXES}]


def fixed_whole(files: Files, names: set[str]) -> Files:
    """Every fix on every line of these files, whether a problem was reported there or not."""
    for source in (one for one in files.sources if one.name in names):
        text, lines = source.text, len(source.text.splitlines())
        for fix in FIXES:
            if fix.code not in ("left-over", "unused-allowance"):  # these remove what is reported
                text = fixed(
                    text, [Problem(source.name, n + 1, fix.code, "") for n in range(lines)]
                )
        files = with_text(files, source, text)
    return files


def facts(directory: Directory | None) -> Any:
    """All that the directory says; days count whatever their order."""
    if directory is None:
        return None
    reported = directory.model_dump()
    for agency in reported["agencies"].values():
        for schedule in agency["hours"]["schedules"] if agency["hours"] else ():
            schedule["byday"] = {day.value for day in schedule["byday"]}
        if agency["hours"]:
            agency["hours"]["closed_on"] = set(agency["hours"]["closed_on"])
    return reported


def flow(tree: Tree | None) -> Any:
    """Where every key leads, and to whom."""
    nodes = tree.model_dump()["nodes"] if tree else {}
    return [
        (name, {key: choice["go"] for key, choice in node.get("choices", {}).items()})
        for name, node in nodes.items()
    ]


@pytest.mark.parametrize("mutation", ORDERLY, ids=lambda mutation: mutation["damage"])
def test_no_fix_changes_a_fact(shipped: Files, mutation: dict[str, Any]) -> None:
    """Where something was in disorder, and everywhere else in the same file."""
    damaged = changed(shipped, mutation["changes"])
    names = {change["file"] for change in mutation["changes"]}
    before, after = read_draft(damaged.line), read_draft(fixed_whole(damaged, names).line)
    assert flow(after.tree) == flow(before.tree)
    if before.directory is not None and not before.directory_file.problems:
        assert facts(after.directory) == facts(before.directory)
    count = len([*before.tree_file.problems, *before.directory_file.problems])
    assert len([*after.tree_file.problems, *after.directory_file.problems]) <= count


def test_what_is_in_order_stays_as_it_is(shipped: Files) -> None:
    """To the letter, comments included."""
    assert fixed_whole(shipped, {source.name for source in shipped.sources}) == shipped


def test_entries_move_with_the_comments_above_them() -> None:
    text = "a:\n  # two\n  2: x\n\n  1:  # one\n    y: z  # deep\n    # of 1\nb: c\n"
    holder = dict(nodes_at(text))[("a",)]
    assert reordered(text, holder) == (  # type: ignore[arg-type]
        "a:\n  1:  # one\n    y: z  # deep\n  # two\n  2: x\n\n    # of 1\nb: c\n"
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a:\n  b:\n    c: d\ne: f\n", "e: f\n"),
        ("a:\n  b:\n    c: d\n    x: y\ne: f\n", "a:\n  b:\n    x: y\ne: f\n"),
        ("a:\n  # of b\n  b:\n    c: |\n      d\n\n      e\n  x: y\n", "a:\n  x: y\n"),
        ("a: {b: {c: d}}\n", "a: {b: {c: d}}\n"),  # on one line: a person's to fix
    ],
)
def test_what_holds_nothing_goes_with_what_it_held(text: str, left: str) -> None:
    assert without(text, ("a", "b", "c")) == left


def test_a_number_is_only_written_in_its_usual_signs() -> None:
    """A row of other signs is no number, and stays for a person to see."""
    text = (
        "agencies:\n  a:\n    phones:\n"
        "      - {number: ０１２０‐061‑338}\n      - {number: ＃9110}  # ＃\n"
        "      - {number: '０３ー１'}\n      - {number: 0120 061 338}\n      - {number: ○一二}\n"
        "sources:\n  s: {title: １‐２, numbers: {a: [０‐１, 2]}}\n"
    )
    assert fixed(text, [Problem("f", 1, "wrong-value", "")]) == (
        "agencies:\n  a:\n    phones:\n"
        '      - {number: 0120-061-338}\n      - {number: "#9110"}  # ＃\n'
        "      - {number: '03-1'}\n      - {number: 0120 061 338}\n      - {number: ○一二}\n"
        "sources:\n  s: {title: １‐２, numbers: {a: [0-1, 2]}}\n"
    )


@pytest.mark.parametrize("text", ["a: [", "a: &x [*x]\n", "", "a: &n ０\nb: *n\n"])
def test_odd_files_are_left_alone(text: str) -> None:
    assert fixed(text, [Problem("f", 1, fix.code, "") for fix in FIXES]) == text
