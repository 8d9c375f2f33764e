"""Positions as rows of small numbers, one a part: quicker to compare than the parts themselves."""

from collections.abc import Hashable

from ivr.engine.position import Position
from ivr.proof.noted_position import PARTS

Codes = tuple[int, ...]
PLACES = {part: place for place, part in enumerate(PARTS)}


class PositionCodes:
    """The numbers that the values of a position's parts were given, in the order they were met."""

    def __init__(self) -> None:
        self._codes: tuple[dict[Hashable, int], ...] = tuple({} for _ in PARTS)
        self._values: tuple[list[Hashable], ...] = tuple([] for _ in PARTS)

    def of(self, place: int, value: Hashable) -> int:
        """The number of a value of the part at `place`."""
        known = self._codes[place]
        if value not in known:
            known[value] = len(known)
            self._values[place].append(value)
        return known[value]

    def encoded(self, position: Position) -> Codes:
        """A position in numbers."""
        return tuple(self.of(place, getattr(position, part)) for place, part in enumerate(PARTS))

    def decoded(self, codes: Codes) -> Position:
        """The position itself."""
        values = {
            part: self._values[place][code]
            for place, (part, code) in enumerate(zip(PARTS, codes, strict=True))
        }
        return Position(**values)  # type: ignore[arg-type]  # each part has its own type
