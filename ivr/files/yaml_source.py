"""YAML text as plain values that remember their lines.

Every scalar stays the text its author wrote: no `no` that becomes false, no `8:30` that becomes
510, no `0120` that becomes octal (YAML 1.1's implicit types). The models give texts their types.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from ivr.files.problems import Problem

Path = tuple[str | int, ...]
_MAX_DEPTH = 50  # deeper than any line's file; an alias that contains itself ends here
_TOO_DEEP = f"nested more than {_MAX_DEPTH} levels deep; does an alias contain itself?"
# Each value takes a character at least; only aliases of aliases make ten times as many values.
_MOST_VALUES = 10  # for each character of the text
_TOO_MANY = "aliases repeat the same values too often; write the values out"
# PyYAML's wheels have libyaml, a build from source may not.
_FAST_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


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
        root = _compose(source.text)
    except yaml.YAMLError as error:
        document.problems.append(_syntax_problem(source, error))
        return document
    except RecursionError:
        document.problem((), "too-deep", _TOO_DEEP)
        return document
    try:
        if root is not None:
            document.lines[()] = root.start_mark.line + 1
            document.data = _value(root, (), document, _MOST_VALUES * len(source.text))
    except _RefusedError as error:
        document.problem(error.path, "too-deep", str(error))
        return document
    if document.data is None:
        document.problem((), "empty-file", "the file is empty; expected keys and values")
    return document


def _compose(text: str) -> yaml.Node | None:
    """The text's nodes, None where there is nothing in it.

    libyaml is seven times as fast as PyYAML's own reader and stops at 1,000 levels. PyYAML reads
    what libyaml refuses, for its errors are in better words, and tabs, which libyaml lets pass in
    places. Raises yaml.YAMLError, always PyYAML's own, and RecursionError.
    """
    if "\t" not in text:
        try:
            return yaml.compose(text, Loader=_FAST_LOADER)
        except (yaml.YAMLError, UnicodeError):
            pass
    return yaml.compose(text, Loader=yaml.BaseLoader)


class _RefusedError(Exception):
    """Raised at once: an alias that contains itself twice has 2 ** depth ends."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(message)


def _value(node: yaml.Node, path: Path, document: Document, most: int) -> Any:
    """The plain value of a node; with it the document holds at most `most` values."""
    if len(path) > _MAX_DEPTH:
        raise _RefusedError(path, _TOO_DEEP)
    if len(document.lines) > most:
        raise _RefusedError(path, _TOO_MANY)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document, most)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            document.lines[(*path, index)] = item.start_mark.line + 1
        return [_value(item, (*path, i), document, most) for i, item in enumerate(node.value)]
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return None if plain and node.value in ("", "~", "null") else node.value


def _mapping(node: yaml.MappingNode, path: Path, document: Document, most: int) -> dict[str, Any]:
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
                    f"`{key}` stands here again; it first occurs on line {first}; keep one",
                )
            )
            continue
        document.lines[here] = line
        values[key] = _value(value_node, here, document, most)
    return values


def _syntax_problem(source: SourceText, error: yaml.YAMLError) -> Problem:
    name = source.name
    if isinstance(error, yaml.reader.ReaderError):
        line = source.text.count("\n", 0, error.position) + 1
        message = f"an unprintable sign (U+{int(error.character):04X}) stands here; remove it"
        return Problem(name, line, "yaml", message)
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    said = getattr(error, "problem", None) or str(error)
    if "'\\t'" in said:
        message = "there is a tab where YAML needs spaces; indent with two spaces per level"
        return Problem(name, line, "tab", message)
    context = getattr(error, "context", None)
    message = f"{said}{f' ({context})' if context else ''}; fix the YAML here or just above"
    return Problem(name, line, "yaml", message)
