"""Files of golden calls: mistakes are reported with their lines; a diff shows changes by line."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

import yaml

from ringback.callers.scripted import ScriptError
from ringback.transcript.golden.steps import KINDS, Step
from ringback.transcript.golden.story import Story

_T = TypeVar("_T")
_STORY = frozenset({"story", "at", "from", "to", "keys", "barge_in", "then"})
_Fields = dict[str, yaml.Node]


class StoriesRefused(ValueError):
    """A file that cannot be read; `problems` are all that is wrong, `file:line: what` each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def read_stories(name: str, text: str) -> tuple[Story, ...]:
    """The calls in a file's text; `name` is what the problems call it. Raises StoriesRefused.

    Scalars stay text: `keys: 012` means these three keys.
    """
    reader = _Reader(name)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise StoriesRefused([f"{name}:{line}: not YAML: {error.problem}"]) from error
    if root is None:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        raise StoriesRefused([f"{name}:1: expected a list of calls, each beginning `- story:`"])
    stories = [reader.story(node) for node in root.value]
    if reader.problems:
        raise StoriesRefused(reader.problems)
    return tuple(story for story in stories if story)


def written(stories: Iterable[Story]) -> str:
    """The file's text."""
    written = [dict(story.as_mapping()) for story in stories]
    return yaml.dump(written, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=100)


class _Reader:
    """Reads one file and collects what is wrong in it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[tuple[int, str]] = []

    @property
    def problems(self) -> list[str]:
        """All that was wrong, from top to bottom."""
        return [f"{self._name}:{line}: {what}" for line, what in sorted(self._found)]

    def story(self, node: yaml.Node) -> Story | None:
        fields = self._fields(node, "a call", _STORY, required=("story", "keys"))
        if fields is None:
            return None
        steps = fields.get("then")
        story = Story(
            title=self._text(fields["story"]),
            keys=self._text(fields["keys"]),
            at=self._as(
                datetime.fromisoformat, "a time such as 2026-07-01T22:15+09:00", fields, "at"
            ),
            from_=self._text(fields["from"]) if "from" in fields else None,
            to=self._text(fields["to"]) if "to" in fields else None,
            barge_in=self._as(_truth, "true or false", fields, "barge_in") or False,
            then=None if steps is None else self._steps(steps),
            line=node.start_mark.line + 1,
        )
        if story.at and story.at.tzinfo is None:
            self._wrong(
                fields["at"], "at: expected a time with its zone, such as +09:00 at its end"
            )
        try:
            story.phone()
        except ScriptError as error:
            self._wrong(fields["keys"], f"keys: {error}")
        return story

    def _steps(self, node: yaml.Node) -> tuple[Step, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(node, "then: expected a list of steps")
            return ()
        return tuple(step for step in map(self._step, node.value) if step)

    def _step(self, node: yaml.Node) -> Step | None:
        fields = self._fields(node, "a step", None)
        if fields is None:
            return None
        kinds = [name for name in fields if name in KINDS]
        if len(kinds) != 1:
            self._wrong(node, f"expected a step to have one of: {', '.join(KINDS)}")
            return None
        [kind] = kinds
        more = fields.keys() - {kind, "t"}
        for name in sorted(more - KINDS[kind]):
            self._wrong(fields[name], f"{kind}: nothing is known of `{name}`")
        return Step(
            kind,
            self._value(kind, fields),
            {name: self._more(fields, name) for name in fields if name in more},
            self._as(float, "seconds", fields, "t"),
        )

    def _value(self, kind: str, fields: _Fields) -> str | float | None:
        if kind in ("silence", "recorded"):
            return self._as(float, "seconds", fields, kind)
        return self._text(fields[kind])

    def _more(self, fields: _Fields, name: str) -> str | int | None:
        if name == "segments":
            return self._as(int, "a whole number", fields, name)
        if name == "lost":
            return self._as(_truth, "true or false", fields, name)
        return self._text(fields[name])

    def _fields(
        self,
        node: yaml.Node,
        what: str,
        known: frozenset[str] | None,
        required: tuple[str, ...] = (),
    ) -> _Fields | None:
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, f"expected {what}")
            return None
        fields = {self._text(name): value for name, value in node.value}
        for name, value in fields.items():
            if known is not None and name not in known:
                self._wrong(value, f"{what} has no `{name}`; it has {', '.join(sorted(known))}")
        missing = [name for name in required if name not in fields]
        if missing:
            self._wrong(node, f"{what} needs `{'` and `'.join(missing)}`")
            return None
        return fields

    def _as(
        self, read: Callable[[str], _T], expected: str, fields: _Fields, name: str
    ) -> _T | None:
        if name not in fields:
            return None
        try:
            return read(self._text(fields[name]))
        except ValueError:
            self._wrong(fields[name], f"{name}: expected {expected}")
            return None

    def _text(self, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self._wrong(node, "expected a word or a number here")
        return ""

    def _wrong(self, node: yaml.Node, what: str) -> None:
        self._found.append((node.start_mark.line + 1, what))


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


class _Readable(yaml.SafeDumper):
    """Long texts as blocks, so that a difference shows by line."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Readable.add_representer(str, _text)
