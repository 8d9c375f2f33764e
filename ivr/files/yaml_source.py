"""YAML text as plain values that remember their lines.

Every scalar stays the text its author wrote: no `no` that becomes false, no `8:30` that becomes
510, no `0120` that becomes octal (YAML 1.1's implicit types). The models give texts their types.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from ivr.files.problems import Problem
from ivr.files.yaml_nodes import compose

Path = tuple[str | int, ...]
_MAX_DEPTH = 50  # deeper than any line's file; an alias that contains itself ends here
_TOO_DEEP = f"nested more than {_MAX_DEPTH} levels deep; does an alias hold itself?"


@dataclass(frozen=True)
class SourceText:
    """One file's text under the name that a person knows it by."""

    name: str
    text: str


@dataclass
class Document:
    """A file's values, the line each one stands on (from 1), and what its YAML got wrong."""

    name: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    set_aside: set[str] = field(default_factory=set)  # entries too wrong to look at further

    def line_of(self, path: Path) -> int:
        """The line of the nearest thing on `path` that the file holds."""
        known: Path = ()
        for step in path:
            if (*known, step) in self.lines:
                known = (*known, step)
        return self.lines.get(known, 1)

    def problem(self, path: Path, code: str, message: str) -> None:
        """Notes something wrong at `path`."""
        self.problems.append(Problem(self.name, self.line_of(path), code, message))


def read_yaml(source: SourceText) -> Document:
    """Reads one file; syntax errors and repeated keys become problems, never exceptions."""
    document = Document(source.name)
    try:
        root = compose(source.text)
    except yaml.YAMLError as error:
        document.problems.append(_syntax_problem(source, error))
        return document
    except RecursionError:
        document.problem((), "too-deep", _TOO_DEEP)
        return document
    try:
        if root is not None:
            document.lines[()] = root.start_mark.line + 1
            document.data = _value(root, (), document)
    except _TooDeepError as error:
        document.problem(error.path, "too-deep", _TOO_DEEP)
        return document
    if document.data is None:
        document.problem((), "empty-file", "the file is empty; expected keys and values")
    return document


class _TooDeepError(Exception):
    """Raised at once: an alias that holds itself twice has 2 ** depth ends."""

    def __init__(self, path: Path) -> None:
        self.path = path


def _value(node: yaml.Node, path: Path, document: Document) -> Any:
    if len(path) > _MAX_DEPTH:
        raise _TooDeepError(path)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            document.lines[(*path, index)] = item.start_mark.line + 1
        return [_value(item, (*path, i), document) for i, item in enumerate(node.value)]
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return None if plain and node.value in ("", "~", "null") else node.value


def _mapping(node: yaml.MappingNode, path: Path, document: Document) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            document.problems.append(
                Problem(document.name, line, "wrong-key", "a key must be a word or a number")
            )
            continue
        key = str(key_node.value)
        here = (*path, key)
        if key in values:
            first = document.lines[here]
            document.problems.append(
                Problem(
                    document.name,
                    line,
                    "duplicate-key",
                    f"`{key}` stands here again; it first stands on line {first}; keep one",
                )
            )
            continue
        document.lines[here] = line
        values[key] = _value(value_node, here, document)
    return values


def _syntax_problem(source: SourceText, error: yaml.YAMLError) -> Problem:
    name = source.name
    if isinstance(error, yaml.reader.ReaderError):
        line = source.text.count("\n", 0, error.position) + 1
        message = f"an unprintable sign (U+{int(error.character):04X}) stands here; take it away"
        return Problem(name, line, "yaml", message)
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    said = getattr(error, "problem", None) or str(error)
    if "'\\t'" in said:
        message = "a tab stands where YAML wants spaces; indent with two spaces a level"
        return Problem(name, line, "tab", message)
    context = getattr(error, "context", None)
    message = f"{said}{f' ({context})' if context else ''}; mend the YAML here or just above"
    return Problem(name, line, "yaml", message)
