"""The code of a problem: what kind it is, and whether a line that has it may serve calls."""

from dataclasses import dataclass

from ivr.files.problems import ERROR, WARNING, Problem
from ivr.files.yaml_source import Document, Path


@dataclass(frozen=True)
class Code:
    """One kind of problem. docs/checks.md has a section for each, and a test that holds it to this.

    `means` ends the sentence "the check reports …".
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
    """A warning: only `ivr check` shows it, and an author may accept it with a reason."""
    return Code(name, WARNING, means)


# Codes of files that can't be read: reported while they are read, before any rule is applied.
FILE_CODES = (
    must_fix("no-file", "a file that is not there or can't be opened"),
    must_fix("not-utf8", "a file that is not UTF-8"),
    must_fix("empty-file", "a file without anything in it"),
    must_fix("yaml", "text that is not YAML"),
    must_fix("tab", "a tab where YAML wants spaces"),
    must_fix("too-deep", "values nested without an end"),
    must_fix("duplicate-key", "a key that occurs twice in one place"),
    must_fix("wrong-key", "a key of another form than is expected there"),
    must_fix("unknown-key", "a key that means nothing there"),
    must_fix("missing-key", "a key that is needed and not there"),
    must_fix("wrong-value", "a value that is not what its key holds"),
    must_fix("not-a-lexicon", "a lexicon that is not a list of respellings"),
    must_fix("lexicon", "a respelling that respells nothing"),
)
