"""Fixes what can be fixed safely: order, widths and dashes, words left over; never a fact.

Each fix takes a file's text and gives it back; only the lines in question change, so that comments
and layout stay as their author left them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from ivr.check.allowances import COMMENT
from ivr.check.fixing.yaml_edits import Edit, edited, lines_of, nodes_at, reordered, without
from ivr.check.rules.characters import WIDE, unified
from ivr.engine.schedule import Weekday
from ivr.files.problems import Problem
from ivr.files.yaml_source import Path

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー﹣－ｰ", "-"))
_NUMBER = re.compile(r"#?[0-9]+(-[0-9]+)*")
_NAMES = {"name", "spoken", "search", "alternate_name"}
_PROSE = {
    "tree",
    "opening",
    "nodes",
    "menu",
    "referral",
    "texted",
    "hours",
    "text",
    "name",
    "offer",
}


@dataclass(frozen=True)
class Fix:
    """What is fixed for one code, in files of any kind that have it."""

    code: str
    fix: Callable[[str, list[Problem]], str]


def fixed(text: str, problems: list[Problem]) -> str:
    """One file's text, with all fixed that its problems allow."""
    found = {problem.code for problem in problems}
    for one in FIXES:
        if one.code in found:
            text = one.fix(text, [problem for problem in problems if problem.code == one.code])
            # Lines move: the rest is fixed in the next round, by problems found anew.
            if one.code in _MOVES_LINES:
                break
    return text


def _unify_numbers(text: str, _problems: list[Problem]) -> str:
    """A number typed with another dash or with wide digits is the same number."""
    edits = []
    for path, node in _scalars(text):
        is_number = path[-1:] == ("number",) or (
            path[:1] == ("sources",) and path[2:3] == ("numbers",)
        )
        usual = unicodedata.normalize("NFKC", node.value.translate(_DASHES)).translate(_DASHES)
        if is_number and usual != node.value and _NUMBER.fullmatch(usual):
            # A plain scalar must not begin with #: that is a comment.
            quote = node.style or ('"' if usual.startswith("#") else "")
            edits.append(Edit(*_place(node), f"{quote}{usual}{quote}"))
    return edited(text, edits)


def _unify_widths(text: str, _problems: list[Problem]) -> str:
    edits = []
    for path, node in _scalars(text):
        is_words = path[0] in _PROSE or path[-1] in _NAMES
        first, last = _place(node)
        if is_words and path[0] != "sources" and WIDE.search(text[first:last]):
            edits.append(Edit(first, last, unified(text[first:last])))
    return edited(text, edits)


def _sort_days(text: str, _problems: list[Problem]) -> str:
    """Days in the order of the week or month, and each list's entries once."""
    week = [day.value for day in Weekday]
    orders: dict[str, Callable[[str], int]] = {
        "byday": lambda day: week.index(day),
        "bymonthday": int,
        "closed_on": lambda _name: 0,
    }
    edits = []
    for path, node in nodes_at(text):
        key = path[-1] if path else None
        if key not in orders or not isinstance(node, yaml.SequenceNode) or not node.flow_style:
            continue
        first, last = node.start_mark.index, node.end_mark.index
        values = [item.value for item in node.value]
        usual = sorted(dict.fromkeys(values), key=orders[str(key)])
        if usual != values and "#" not in text[first:last]:
            edits.append(Edit(first, last, f"[{', '.join(usual)}]"))
    return edited(text, edits)


def _sort_keys(text: str, problems: list[Problem]) -> str:
    """The choices of each reported question, with the comments above them."""
    reported = {problem.line for problem in problems}
    for path, node in nodes_at(text):
        if path[-1:] != ("choices",) or not isinstance(node, yaml.MappingNode) or node.flow_style:
            continue
        if {key.start_mark.line + 1 for key, _ in node.value} & reported:
            text = reordered(text, node)
    return text


def _remove_left_over(text: str, problems: list[Problem]) -> str:
    reported = {problem.line for problem in problems}
    while reported:
        line = max(reported)  # from below, so that the lines above stay where they are
        reported.discard(line)
        paths = [path for path, key in _keys(text) if key.start_mark.line + 1 == line]
        if len(paths) == 1:  # one of several on a line, as in {a: b, c: d}, is left to a person
            text = without(text, paths[0])
    return text


def _remove_allowances(text: str, problems: list[Problem]) -> str:
    lines = lines_of(text)
    for line in sorted({problem.line for problem in problems}, reverse=True):
        comment = COMMENT.search(lines[line - 1])
        if comment is None or "," in comment["rest"].partition("because")[0]:
            continue  # of several codes in one comment, a person takes the right one away
        kept = lines[line - 1][: comment.start()].rstrip()
        lines[line - 1 : line] = [f"{kept}\n"] if kept else []
    return "".join(lines)


FIXES = (
    Fix("wrong-value", _unify_numbers),
    Fix("width", _unify_widths),
    Fix("day-order", _sort_days),
    Fix("doubled-day", _sort_days),
    Fix("key-order", _sort_keys),
    Fix("left-over", _remove_left_over),
    Fix("unused-allowance", _remove_allowances),
)
_MOVES_LINES = {"key-order", "left-over", "unused-allowance"}


def _scalars(text: str) -> Iterator[tuple[Path, yaml.ScalarNode]]:
    """Every scalar on one line; one that bears an anchor or a tag is left to a person."""
    for path, node in nodes_at(text):
        if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
            continue
        if path and text[node.start_mark.index :][:1] not in ("&", "!"):
            yield path, node


def _keys(text: str) -> Iterator[tuple[Path, yaml.Node]]:
    for path, node in nodes_at(text):
        if isinstance(node, yaml.MappingNode):
            for key, _ in node.value:
                yield (*path, str(key.value)), key


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index
