"""The shipped line, damaged on purpose: every damage is caught, and called by its name.

`mutations.yaml` lists the damages and the code that has to catch each. What is not caught here
would reach a caller.
"""

from datetime import date
from typing import Any

import pytest

from ivr.check.code import FILE_CODES
from ivr.check.inspection import CODES, Files, Report, inspect
from ivr.check.live import links_alive
from ivr.settings import Folders
from tests.support.damages import MUTATIONS, changed

TODAY = date(2026, 11, 24)
AGENCIES = "data/agencies.yaml"


@pytest.fixture(scope="module")
def shipped() -> Files:
    return Files.of(Folders())


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


def test_the_shipped_line_has_nothing_to_tell(shipped: Files) -> None:
    """Neither an error nor a warning that nobody has given a reason for."""
    report = inspect(shipped, TODAY)
    assert [str(problem) for problem in report.problems] == []
    assert report.notes == ()
    assert all(len(reason) > 10 for _, reason in report.accepted)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation["damage"])
def test_a_damage_is_caught_by_name(shipped: Files, mutation: dict[str, Any]) -> None:
    report, code = inspect(changed(shipped, mutation["changes"]), TODAY), mutation["caught"]
    reported = [problem for problem in report.problems if problem.code == code]
    assert reported, [str(problem) for problem in report.problems]
    assert all(problem.severity == CODES[code].severity for problem in reported)


def test_a_fact_that_nobody_assured_is_reported_where_that_is_asked(shipped: Files) -> None:
    """Every number, link and hour that callers hear, and no other."""
    reported = [
        p for p in inspect(shipped, TODAY, assured_within=180).problems if p.code == "unassured"
    ]
    assert len(reported) > 20
    assert codes(inspect(shipped, TODAY)) == set()


def assured(files: Files, number: str, day: str) -> Files:
    """The files, with the number assured on a day."""
    [line] = [one for one in files.line.agencies.text.splitlines() if f"{{number: {number}" in one]
    new = line.replace("source:", f"assured_date: {day}, source:", 1)
    return changed(files, [{"file": AGENCIES, "old": line, "new": new}])


def line_of_number(files: Files, number: str) -> int:
    return files.line.agencies.text.split(f"{{number: {number}")[0].count("\n") + 1


@pytest.mark.parametrize(
    ("day", "old"), [("2026-11-24", False), ("2026-05-28", False), ("2026-05-27", True)]
)
def test_an_assurance_grows_old(shipped: Files, day: str, old: bool) -> None:
    report = inspect(assured(shipped, "0570-090911", day), TODAY, assured_within=180)
    line = line_of_number(shipped, "0570-090911")
    assert [p.line for p in report.problems if p.line == line] == ([line] if old else [])


def test_an_assured_fact_needs_no_page(shipped: Files) -> None:
    """A call outweighs a page of 2013: the accepted warning is reported as unused."""
    [reported] = inspect(assured(shipped, "0120-279-338", "2026-11-20"), TODAY).problems
    assert (reported.code, reported.line) == (
        "unused-allowance",
        line_of_number(shipped, "0120-279-338"),
    )


def test_no_code_is_without_a_damage_that_it_catches() -> None:
    """But those of unreadable files and of links, whose own tests are elsewhere."""
    elsewhere = {code.name for code in (*FILE_CODES, *links_alive.CODES)} | {"unassured"}
    assert set(CODES) - elsewhere - {mutation["caught"] for mutation in MUTATIONS} == set()


def test_no_damage_has_the_name_of_another() -> None:
    names = [mutation["damage"] for mutation in MUTATIONS]
    assert len(set(names)) == len(names) >= 40
