"""A position that notes which of its parts a step of the dialogue reads.

A part that is only copied into the next position was not read, whatever its value is: so the step
is the same for all positions that agree on the parts that were.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields
from typing import Any, cast

from ivr.engine.position import Position

PARTS = tuple(field.name for field in fields(Position))

Read = Callable[[str], None]  # is given the name of a part that was read


def noted(origin: Position, read: Read) -> Position:
    """A stand-in for `origin` that reports each part when it is first read.

    Not `visits`: the count of turns is no part of a state, and the same in all of them.
    """
    it = _NotedPosition(origin, {}, read)
    it.visits = origin.visits
    return cast(Position, it)


def changed_parts(after: Position) -> Mapping[str, Hashable]:
    """The parts of a step's next position that were not copied from the one it began at."""
    it: object = after
    if type(it) is _NotedPosition:
        return dict(it._changed)
    return {part: getattr(after, part) for part in PARTS}


class _NotedPosition:
    """Notes that its parts are read, but not that `dataclasses.replace` copies them.

    `replace(it, **changes)` reads each of `it.__dataclass_fields__`, then calls
    `it.__class__(**changes)`. Both are answered here: there are no fields to read, and the class is
    a function that remembers the changes. Should `replace` ever work otherwise, it fails for want
    of arguments.
    """

    __dataclass_fields__: Mapping[str, Any] = {}
    idle, anew = Position.idle, Position.anew
    visits: int

    def __init__(self, origin: Position, changed: Mapping[str, Hashable], read: Read) -> None:
        self._origin, self._changed, self._read = origin, changed, read
        self.__dict__.update(changed)

    def __getattr__(self, part: str) -> Any:
        """A part that was neither changed nor read before; from now on it is an attribute."""
        if part not in PARTS:
            raise AttributeError(part)
        self._read(part)
        value = self.__dict__[part] = getattr(self._origin, part)
        return value

    @property  # type: ignore[misc]  # what `replace` calls
    def __class__(self) -> Any:
        return self._replaced

    def _replaced(self, **changes: Hashable) -> "_NotedPosition":
        it = _NotedPosition(self._origin, {**self._changed, **changes}, self._read)
        it.__dict__.setdefault("visits", self.visits)
        return it

    def __eq__(self, other: object) -> bool:
        raise TypeError("a step compares parts of a position, not positions")

    def __hash__(self) -> int:
        raise TypeError("a step remembers by parts of a position, not by positions")
