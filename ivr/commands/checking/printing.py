"""What `ivr check` prints: for people, for programs, and for GitHub's annotations."""

import json
from collections.abc import Callable, Iterator

from ivr.check.inspection import Report
from ivr.files.problems import ERROR, Problem

Printed = Callable[[Report, bool], Iterator[str]]


def _text(report: Report, accepted: bool) -> Iterator[str]:
    """What must be fixed, then what may be ignored, then what was accepted."""
    yield from map(str, (*report.errors, *report.warnings))
    for problem, reason in report.accepted if accepted else ():
        where = f"{problem.file}:{problem.line}"
        yield f"{where}: accepted: {problem.code}: {problem.message} (because {reason})"


def sum_up(report: Report) -> str:
    """How many there are of each, and where each is explained."""
    counts = [
        _count(len(report.errors), "error", "must fix"),
        _count(len(report.warnings), "warning", "may ignore"),
        f"{len(report.accepted)} accepted (--accepted lists them)" if report.accepted else "",
    ]
    reported = "docs/checks.md explains each" if report.problems else ""
    return "; ".join(filter(None, (", ".join(filter(None, counts)), reported)))


def _count(number: int, what: str, so: str) -> str:
    if not number:
        return f"no {what}s"
    return f"{number} {what}{'s' if number > 1 else ''} ({so})"


def _json(report: Report, accepted: bool) -> Iterator[str]:
    """One object a line, with the section of the docs that explains it."""
    for problem in (*report.errors, *report.warnings):
        yield json.dumps(_fields(problem), ensure_ascii=False)
    for problem, reason in report.accepted if accepted else ():
        fields = _fields(problem) | {"severity": "accepted", "because": reason}
        yield json.dumps(fields, ensure_ascii=False)


def _fields(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "explained": f"docs/checks.md#{problem.code}",
    }


def _github(report: Report, accepted: bool) -> Iterator[str]:
    """Workflow commands, which show each problem at its line of a change.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    reported = [
        (p, p.message, "error" if p.severity == ERROR else "warning") for p in report.problems
    ]
    if accepted:
        reported += [(p, f"{p.message} (because {why})", "notice") for p, why in report.accepted]
    for problem, message, level in reported:
        place = f"file={_escaped(problem.file, ':,')},line={problem.line}"
        title = _escaped(problem.code, ":,")
        yield f"::{level} {place},title={title}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


PRINTERS: dict[str, Printed] = {"text": _text, "json": _json, "github": _github}
