"""Which warnings a comment accepts, and which it does not."""

import pytest

from ivr.check.allowances import AfterAllowances, apply_allowances
from ivr.check.inspection import CODES
from ivr.files.problems import Problem
from ivr.files.yaml_source import SourceText

TEXT = """\
a: 1
b:
- {x: 1}
- {x: 2}
c:
  d: 1

  # a remark
  e:
    f: 1
g: 1
"""


def judged(text: str, *lines: int, code: str = "emoji", file: str = "f") -> AfterAllowances:
    problems = [Problem(file, line, code, "m", CODES[code].severity) for line in lines]
    return apply_allowances(problems, [SourceText("f", text)], CODES, {"emoji"})


def reported(found: AfterAllowances) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in found.remaining]


def with_comment(line: int, comment: str) -> str:
    """The text with a comment on a line of its own before this one; lines after it move down."""
    lines = TEXT.splitlines()
    lines.insert(line - 1, comment)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("before", "covered"),
    [
        (1, [2]),
        (2, [3, 4, 5]),  # a list may stand as far left as its key
        (4, [5]),  # one entry of a list
        (5, [6, 7, 10, 11]),
        (9, [10, 11]),
    ],
)
def test_a_comment_of_its_own_is_for_the_next_entry_and_all_in_it(
    before: int, covered: list[int]
) -> None:
    text = with_comment(before, "# check: allow emoji because it is so")
    every = [n for n, line in enumerate(text.splitlines(), 1) if line and "#" not in line]
    found = judged(text, *every)
    assert [problem.line for problem, _ in found.accepted] == covered
    assert {reason for _, reason in found.accepted} == {"it is so"}


def test_a_comment_at_the_end_is_for_its_line() -> None:
    text = TEXT.replace("c:\n", "c:  # check: allow emoji because it is so\n")
    assert reported(judged(text, 4, 5, 6)) == [(4, "emoji"), (6, "emoji")]


@pytest.mark.parametrize(("scope", "left"), [("allow-file", []), ("allow-below", [1, 3])])
def test_the_rest_of_a_file_and_all_of_it(scope: str, left: list[int]) -> None:
    text = TEXT.replace("  d: 1", f"  d: 1  # check: {scope} emoji because it is so")
    assert [line for line, _ in reported(judged(text, 1, 3, 6, 11))] == left


def test_another_code_and_another_file_are_not_accepted() -> None:
    text = "a: 1  # check: allow emoji because it is so\n"
    assert reported(judged(text, 1, code="width")) == [(1, "unused-allowance"), (1, "width")]
    assert reported(judged(text, 1, file="g")) == [(1, "unused-allowance"), (1, "emoji")]


def test_what_was_not_looked_for_is_not_called_unused() -> None:
    """Without the speech extra, or without --live, nobody knows."""
    assert (
        judged("a: 1  # check: allow long-sentence, link-gone because it is so\n").remaining == ()
    )


@pytest.mark.parametrize(
    "comment",
    ["check: allow emoji", "check: alow emoji because x", "check: allow because x", "check:"],
)
def test_a_comment_that_is_not_understood_is_reported(comment: str) -> None:
    assert reported(judged(f"a: 1  # {comment}\n")) == [(1, "bad-allowance")]


def test_a_comment_about_comments_is_no_allowance() -> None:
    assert (
        judged("# `# check: allow emoji because …` accepts one\n# we check: often\n").remaining
        == ()
    )
