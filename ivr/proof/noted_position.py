"""A position that notes which of its parts a step of the dialogue reads.

A part that is only copied into the next position was not read, whatever its value is: so the step
is the same for all positions that agree on the parts that were.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields

from ivr.engine.position import Position

PARTS = tuple(field.name for field in fields(Position))

Read = Callable[[str], None]  # is given the name of a part that was read


def noted(origin: Position, read: Read) -> Position:
    """A stand-in for `origin` that reports each read."""
    return _noted(origin, {}, read)


def changed_parts(after: Position) -> dict[str, Hashable]:
    """The parts of a step's next position that were not copied from the one it began at."""
    if type(after) is _NotedPosition:
        return dict(after.__dict__["changed"])
    return {part: getattr(after, part) for part in PARTS}


def _replacing(it: Position) -> Callable[..., Position]:
    known = it.__dict__
    return lambda **changes: _noted(known["origin"], {**known["changed"], **changes}, known["read"])


class _NotedPosition(Position):
    """Notes that its parts are read, but not that `dataclasses.replace` copies them.

    `replace(it, **changes)` reads each of `it.__dataclass_fields__`, then calls
    `it.__class__(**changes)`. Both are answered here: there are no fields to read, and the class is
    a function that remembers the changes. Should `replace` ever work otherwise, it fails for want
    of arguments.
    """

    __class__ = property(_replacing)

    def __eq__(self, other: object) -> bool:
        raise TypeError("a step compares parts of a position, not positions")

    def __hash__(self) -> int:
        raise TypeError("a step remembers by parts of a position, not by positions")


def _reading(part: str) -> property:
    def read(it: Position) -> object:
        known = it.__dict__
        if part in known["changed"]:
            return known["changed"][part]
        known["read"](part)
        return getattr(known["origin"], part)

    return property(read)


for _part in PARTS:
    setattr(_NotedPosition, _part, _reading(_part))

_NO_FIELDS: Mapping[str, object] = {}


def _noted(origin: Position, changed: Mapping[str, Hashable], read: Read) -> Position:
    made = object.__new__(_NotedPosition)
    made.__dict__.update(origin=origin, changed=changed, read=read, __dataclass_fields__=_NO_FIELDS)
    return made
