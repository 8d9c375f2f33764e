"""YAML changed as text: by the places of its values, or by the lines of its entries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from ivr.files.yaml_source import Path


@dataclass(frozen=True)
class Edit:
    """The characters `first` up to `last`, and what stands there instead."""

    first: int
    last: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits; they do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.first, reverse=True):
        text = text[: edit.first] + edit.text + text[edit.last :]
    return text


def nodes_at(text: str) -> Iterator[tuple[Path, yaml.Node]]:
    """Every value of a YAML text with its path; nothing of a text that is not YAML."""
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return
    if root is not None:
        yield from _nodes(root, (), set())


def reordered(text: str, mapping: yaml.MappingNode) -> str:
    """A block mapping's entries in ascending order of their keys, each with its lines."""
    keys = [key for key, _ in mapping.value]
    blocks = [block_of(text, key) for key in keys]
    if any(first >= last for first, last in blocks) or len({b for b, _ in blocks}) < len(blocks):
        return text
    lines = lines_of(text)
    ends = [*(first for first, _ in blocks[1:]), blocks[-1][1]]
    held = {
        str(key.value): lines[first:end]
        for key, (first, _), end in zip(keys, blocks, ends, strict=True)
    }
    if any(not held[key][-1].endswith("\n") for key in held):
        return text
    lines[blocks[0][0] : ends[-1]] = [line for key in sorted(held) for line in held[key]]
    return "".join(lines)


def without(text: str, path: Path) -> str:
    """The text without the entry at `path`, and without what holds nothing else."""
    for _ in range(len(path)):
        holder = next((node for at, node in nodes_at(text) if at == path[:-1]), None)
        if not isinstance(holder, yaml.MappingNode) or holder.flow_style:
            return text
        if len(holder.value) > 1 or len(path) == 1:
            key = next(key for key, _ in holder.value if key.value == path[-1])
            first, last = block_of(text, key)
            lines = lines_of(text)
            return "".join(lines[:first] + lines[last:])
        path = path[:-1]
    return text


def block_of(text: str, key: yaml.Node) -> tuple[int, int]:
    """The lines, from 0, of a block mapping's entry: comments right above it, and all it holds."""
    lines, depth = lines_of(text), key.start_mark.column
    first = key.start_mark.line
    last = first + 1
    for number in range(first + 1, len(lines)):
        said = lines[number].strip()
        if said and not said.startswith("#"):
            if len(lines[number]) - len(lines[number].lstrip()) <= depth:
                break
            last = number + 1
    while first > 0 and lines[first - 1].strip().startswith("#"):
        above = lines[first - 1]
        if len(above) - len(above.lstrip()) != depth:
            break
        first -= 1
    return first, last


def lines_of(text: str) -> list[str]:
    """The lines with their ends."""
    return text.splitlines(keepends=True)


def _nodes(node: yaml.Node, path: Path, seen: set[int]) -> Iterator[tuple[Path, yaml.Node]]:
    if id(node) in seen:  # an alias: its value stands elsewhere, and may hold itself
        return
    seen.add(id(node))
    yield path, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value, (*path, str(key.value)), seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _nodes(value, (*path, index), seen)
