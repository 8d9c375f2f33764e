"""A YAML text as nodes: by libyaml's parser where it can, ten times as fast as PyYAML's own.

Reading YAML is nine tenths of loading a line. Only the parser is used: what composes nodes beside
it in PyYAML calls itself for each level, and ends the process on a file of nothing but brackets.
"""

from typing import Any

import yaml

_DEEPEST = 50  # levels; a deeper file is PyYAML's, which knows where to stop
# PyYAML's wheels have libyaml, a build from source may not.
_Parser: Any = getattr(yaml, "CBaseLoader", None)


class _NotPlainError(Exception):
    """Something that PyYAML's own composer must look at: an alias, a depth, a second document."""


def compose(text: str) -> yaml.Node | None:
    """The one document of `text`, None where there is nothing in it.

    Raises yaml.YAMLError, always PyYAML's own: its words are better than libyaml's; and
    RecursionError.
    """
    if _Parser is not None and "\t" not in text:  # libyaml lets some tabs pass that PyYAML refuses
        try:
            return _plain(text)
        except (_NotPlainError, yaml.YAMLError, UnicodeError):
            pass
    return yaml.compose(text, Loader=yaml.BaseLoader)


def _plain(text: str) -> yaml.Node | None:
    parser = _Parser(text)
    try:
        return _document(parser)
    finally:
        parser.dispose()


def _document(parser: Any) -> yaml.Node | None:
    """The only document of a parser that has just begun."""
    open_ones: list[tuple[Any, list[yaml.Node]]] = []  # what has begun, and what stands in it
    held: list[yaml.Node] = []
    while True:
        event: Any = parser.get_event()
        if isinstance(event, yaml.StreamEndEvent):
            return held[0] if held else None
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or None  # libyaml's plain style is "", PyYAML's None
            mark: Any = event.start_mark
            held.append(yaml.ScalarNode("", event.value, mark, None, style))
        elif isinstance(event, yaml.CollectionStartEvent):
            open_ones.append((event, held))
            held = []
        elif isinstance(event, yaml.CollectionEndEvent):
            began, around = open_ones.pop()
            around.append(_collection(began, held))
            held = around
        elif isinstance(event, yaml.DocumentStartEvent) and held:
            raise _NotPlainError
        if (isinstance(event, yaml.NodeEvent) and event.anchor) or len(open_ones) > _DEEPEST:
            raise _NotPlainError


def _collection(began: Any, held: list[yaml.Node]) -> yaml.Node:
    mark: Any = began.start_mark
    if isinstance(began, yaml.MappingStartEvent):
        pairs = list(zip(held[::2], held[1::2], strict=True))
        return yaml.MappingNode("", pairs, mark)
    return yaml.SequenceNode("", held, mark)
