"""Where everything stands: a column for each key pressed, cards in the order of their keys.

The first column is the opening, with the ways that are open at every point. Cards of one column
never reach into the next, so columns fill up independently of each other, and a way only ever
crosses the gutter between two of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from ivr.drawing import cards
from ivr.drawing.cards import BADGE_Y, OPENING_WIDTH
from ivr.drawing.chart import Chart
from ivr.drawing.chart_tree import Entry, chart_tree, titles
from ivr.drawing.shapes import Box, Drawn, Picture, Wire

MARGIN, GUTTER, SPACE = 28.0, 72.0, 16.0
_LANE = 9.0  # between ways that run beside each other in a gutter
_INSET = 26.0  # by which the cards of the first column leave room for their ways
# What is tried, the first of equals taken: how wide cards are, and how far their ways rise.
_WIDTHS = (404.0, 460.0, 520.0)
_BIASES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
_PAPER = 2**0.5  # A4 and A3 landscape


@dataclass
class _Placed:
    """An entry with its card where it stands."""

    entry: Entry
    card: Drawn
    below: list["_Placed"] = field(default_factory=list)


def lay_out(chart: Chart) -> Picture:
    """The picture of a chart: as large as its words need, in the form of a sheet of paper."""
    root = chart_tree(chart)
    called = titles(root)
    column = _opening(chart, root, called)
    tries = (
        _branches(column.first, root, _Columns(written, bias))
        for written in (_Written.in_width(wide, root, called) for wide in _WIDTHS)
        for bias in _BIASES
    )
    placed = min(tries, key=lambda tried: _unlike_paper(tried, column.height))
    drawn = [*column.cards, *(each.card for each in _all(placed.below))]
    return Picture(
        title=chart.name,
        language=chart.language,
        width=max(card.box.right for card in drawn) + MARGIN,
        height=max(card.box.bottom for card in drawn) + MARGIN,
        cards=tuple(drawn),
        wires=(*column.wires, *_wires(placed)),
    )


@dataclass(frozen=True)
class _Opening:
    """The first column."""

    first: Drawn
    cards: tuple[Drawn, ...]
    wires: tuple[Wire, ...]

    @property
    def height(self) -> float:
        """How far down it reaches."""
        return self.cards[-1].box.bottom


def _opening(chart: Chart, root: Entry, called: dict[str, str]) -> _Opening:
    """The emergency before all else, the first node, what is open at every point, and the keys."""
    above = cards.emergency(chart).moved(MARGIN, MARGIN)
    first = cards.first(chart, root).moved(MARGIN, above.box.bottom + 2 * SPACE)
    x = above.box.x + above.box.width / 2
    drawn, wires = [above, first], [_wire("", first, (x, above.box.bottom), (x, first.box.y))]
    rail, y = MARGIN + _INSET / 2 - 3, first.box.bottom + 2 * SPACE
    for entry in (entry for entry in root.entries if entry.anywhere):
        card = cards.below(entry, called, OPENING_WIDTH - _INSET).moved(MARGIN + _INSET, y)
        drawn.append(card)
        at = card.box.y + BADGE_Y
        corners = ((rail, first.box.bottom), (rail, at), (card.box.x, at))
        wires.append(Wire(first.node, card.node, corners, anywhere=True))
        y = card.box.bottom + SPACE
    drawn.append(cards.every_key(chart).moved(MARGIN, y + SPACE))
    return _Opening(first, tuple(drawn), tuple(wires))


def _wire(source: str, target: Drawn, *corners: tuple[float, float]) -> Wire:
    return Wire(source, target.node, corners)


def _branches(first: Drawn, root: Entry, columns: "_Columns") -> _Placed:
    """All that the keys of the first node lead to, in the columns on its right."""
    below = [columns.place(entry) for entry in root.entries if not entry.anywhere]
    return _Placed(root, first, below)


@dataclass(frozen=True)
class _Written:
    """Every card of the columns in one width, each by its entry."""

    wide: float
    cards: Mapping[int, Drawn]

    @classmethod
    def in_width(cls, wide: float, root: Entry, called: dict[str, str]) -> Self:
        """The cards of all entries but the root and what is open at every point."""
        entries = [entry for entry in root.all() if entry.branch is not None and not entry.anywhere]
        return cls(wide, {id(entry): cards.below(entry, called, wide) for entry in entries})

    def of(self, entry: Entry) -> Drawn:
        """The card of an entry; its upper left corner is (0, 0)."""
        return self.cards[id(entry)]


class _Columns:
    """How far each column is filled.

    `bias` lifts what hangs on a card by a share of its height: a card beside the middle is easy to
    read, a little higher makes a picture that is less high.
    """

    def __init__(self, written: _Written, bias: float) -> None:
        self._written, self._bias = written, bias
        self._filled: dict[int, float] = {}

    def place(self, entry: Entry) -> _Placed:
        """Places a card with all that hangs on it, which it stands beside the middle of."""
        card = self._written.of(entry)
        free = self._filled.get(entry.depth, MARGIN)
        if entry.entries:
            hanging = [self._written.of(each) for each in entry.entries]
            stack = sum(each.box.height + SPACE for each in hanging) - SPACE
            wanted = free + card.box.height / 2 - stack * (0.5 + self._bias)
            taken = self._filled.get(entry.depth + 1, MARGIN)
            self._filled[entry.depth + 1] = max(taken, wanted)
        below = [self.place(each) for each in entry.entries]
        y = free
        if below:
            middle = (below[0].card.box.y + below[-1].card.box.bottom) / 2
            y = max(free, middle - card.box.height / 2)
        x = MARGIN + OPENING_WIDTH + GUTTER + (entry.depth - 1) * (self._written.wide + GUTTER)
        card = card.moved(x, y)
        self._filled[entry.depth] = card.box.bottom + SPACE
        return _Placed(entry, card, below)


def _all(placed: Iterable[_Placed]) -> Iterable[_Placed]:
    for each in placed:
        yield each
        yield from _all(each.below)


def _unlike_paper(root: _Placed, least: float) -> float:
    """How far from a sheet's form a picture would be that is at least so high."""
    boxes = [root.card.box, *(each.card.box for each in _all(root.below))]
    wide = max(box.right for box in boxes) + MARGIN
    high = max(least, *(box.bottom for box in boxes)) + MARGIN
    return max(wide / high / _PAPER, high * _PAPER / wide)


def _wires(root: _Placed) -> Iterable[Wire]:
    """Every way; those of one card share a lane of the gutter, and lanes keep apart."""
    lanes: dict[int, list[list[tuple[float, float]]]] = {}
    for parent in (root, *_all(root.below)):
        if not parent.below:
            continue
        leaves = _leaves(parent.card.box, is_root=parent is root)
        ends = [each.card.box.y + BADGE_Y for each in parent.below]
        span = (min(leaves, *ends), max(leaves, *ends))
        lane = _free_lane(lanes.setdefault(parent.entry.depth, []), span)
        x = parent.card.box.right + GUTTER / 2 + _LANE * lane
        for each, end in zip(parent.below, ends, strict=True):
            start = (parent.card.box.right, leaves)
            yield _wire(
                parent.card.node, each.card, start, (x, leaves), (x, end), (each.card.box.x, end)
            )


def _leaves(box: Box, is_root: bool) -> float:
    """Where ways leave a card: beside its greeting, or its badge."""
    return box.y + (BADGE_Y + 4 if is_root else BADGE_Y)


def _free_lane(lanes: list[list[tuple[float, float]]], span: tuple[float, float]) -> int:
    """The first lane where nothing runs beside this stretch; it is taken."""
    for number, taken in enumerate(lanes):
        if all(span[1] < top or bottom < span[0] for top, bottom in taken):
            taken.append(span)
            return number
    lanes.append([span])
    return len(lanes) - 1
