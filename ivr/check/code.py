"""A code: one kind of problem by name, and whether a line that has it may serve calls."""

from dataclasses import dataclass

from ivr.files.problems import ERROR, WARNING, Problem
from ivr.files.yaml_source import Document, Path


@dataclass(frozen=True)
class Code:
    """One kind of problem. docs/checks.md has a section for each, and a test that holds it to this.

    `means` ends the sentence "the check tells …".
    """

    name: str
    severity: str
    means: str

    def at(self, file: Document, path: Path, message: str) -> Problem:
        """A problem of this kind at `path`."""
        return Problem(file.name, file.line_of(path), self.name, message, self.severity)


def must_fix(name: str, means: str) -> Code:
    """An error: a line that has it is not served. It depends on the line's files alone, never on
    the day or the network, so that a line which serves today starts tomorrow."""
    return Code(name, ERROR, means)


def may_ignore(name: str, means: str) -> Code:
    """A warning: `ivr check` alone tells it, and an author may accept it with a reason."""
    return Code(name, WARNING, means)
