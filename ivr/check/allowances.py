"""Warnings that an author accepts, by a comment that says why.

```yaml
    phones:
      - {number: 0120-279-338, …}  # check: allow old-source because only the page of 2013 is known
    # check: allow unreferred-agency because its hours differ by prefecture
    kokoro_dial:
```

At the end of a line it is for that line; on a line of its own for the next entry and all that is
nested in it. `allow-below` is for the rest of the file, `allow-file` for all of it.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from ivr.check.code import Code, may_ignore
from ivr.files.problems import WARNING, Problem, nearest
from ivr.files.yaml_source import SourceText

UNUSED_ALLOWANCE = may_ignore("unused-allowance", "an accepted warning that no longer occurs")
BAD_ALLOWANCE = may_ignore(
    "bad-allowance", "an allowance that accepts nothing because of how it is written"
)

CODES = (UNUSED_ALLOWANCE, BAD_ALLOWANCE)

FORM = "# check: allow CODE because REASON"
COMMENT = re.compile(r"(?:^|(?<=\s))#\s*check:\s*(?P<rest>.*)$")
_WELL_FORMED = re.compile(
    r"(?P<scope>allow|allow-below|allow-file)\s+(?P<codes>[a-z0-9, -]+?)\s+because\s+(?P<why>\S.*)"
)


@dataclass(frozen=True)
class Allowance:
    """One code accepted on the lines `first` to `last` of a file, by the comment on line `at`."""

    file: str
    at: int
    first: int
    last: int
    code: str
    reason: str

    def covers(self, problem: Problem) -> bool:
        """Whether it accepts this one."""
        here = problem.file == self.file and self.first <= problem.line <= self.last
        return here and problem.code == self.code and problem.severity == WARNING


@dataclass(frozen=True)
class AfterAllowances:
    """The problems that remain, and the warnings that are accepted, each with the reason."""

    remaining: tuple[Problem, ...]
    accepted: tuple[tuple[Problem, str], ...]


def apply_allowances(
    problems: Iterable[Problem],
    sources: Iterable[SourceText],
    codes: Mapping[str, Code],
    looked: Set[str],
) -> AfterAllowances:
    """Separates what is accepted; unused and malformed allowances become problems themselves.

    `looked` names the codes that were looked for: no other allowance is called unused.
    """
    found: list[Allowance] = []
    remaining: list[Problem] = []
    for source in sources:
        for allowance in read_allowances(source, codes):
            if isinstance(allowance, Problem):
                remaining.append(allowance)
            else:
                found.append(allowance)
    accepted: list[tuple[Problem, str]] = []
    used: set[Allowance] = set()
    for problem in sorted(set(problems)):
        covering = [one for one in found if one.covers(problem)]
        if covering:
            accepted.append((problem, covering[0].reason))
            used.add(covering[0])
        else:
            remaining.append(problem)
    for allowance in found:
        if allowance.code in looked and allowance not in used:
            message = f"no `{allowance.code}` here any more; remove the comment"
            remaining.append(_problem(UNUSED_ALLOWANCE, allowance.file, allowance.at, message))
    return AfterAllowances(tuple(sorted(remaining)), tuple(accepted))


def read_allowances(source: SourceText, codes: Mapping[str, Code]) -> Iterable[Allowance | Problem]:
    """Every allowance of a file, or what is wrong with it."""
    lines = source.text.splitlines()
    for at, line in enumerate(lines, 1):
        comment = COMMENT.search(line)
        if comment is None:
            continue
        form = _WELL_FORMED.fullmatch(comment["rest"].strip())
        if form is None:
            yield _problem(BAD_ALLOWANCE, source.name, at, f"expected `{FORM}`")
            continue
        alone = not line[: comment.start()].strip()
        first, last = _reach(lines, at, form["scope"], alone)
        for code in re.split(r"[\s,]+", form["codes"]):
            if code not in codes:
                message = f"no code `{code}`; {nearest(code, codes)}"
                yield _problem(BAD_ALLOWANCE, source.name, at, message)
            elif codes[code].severity != WARNING:
                message = f"`{code}` is an error, and can't be accepted; fix it"
                yield _problem(BAD_ALLOWANCE, source.name, at, message)
            else:
                yield Allowance(source.name, at, first, last, code, form["why"].strip())


def _problem(code: Code, file: str, line: int, message: str) -> Problem:
    return Problem(file, line, code.name, message, code.severity)


def _reach(lines: list[str], at: int, scope: str, alone: bool) -> tuple[int, int]:
    """The lines, from 1, that an allowance on line `at` is for."""
    if scope == "allow-file":
        return 1, len(lines)
    if scope == "allow-below":
        return at, len(lines)
    if not alone:
        return at, at
    entry = next(
        (n for n in range(at + 1, len(lines) + 1) if _indent(lines[n - 1]) is not None), at
    )
    depth = _indent(lines[entry - 1]) or 0
    in_list = lines[entry - 1].lstrip().startswith("-")
    last = entry
    for number in range(entry + 1, len(lines) + 1):
        indent = _indent(lines[number - 1])
        # A list may stand as far left as its key.
        item = not in_list and lines[number - 1].lstrip().startswith("-")
        if indent is not None and (indent < depth or (indent == depth and not item)):
            break
        last = number
    return entry, last


def _indent(line: str) -> int | None:
    """The blanks before what a line says; nothing of a line that says nothing."""
    said = line.strip()
    return None if not said or said.startswith("#") else len(line) - len(line.lstrip())
