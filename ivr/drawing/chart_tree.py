"""The chart as a tree: each card once, where the fewest keys lead to it; elsewhere a pointer."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from ivr.drawing.chart import Branch, Card, Chart


@dataclass
class Entry:
    """A place in the tree: how it is reached, and its card, or the one it points to.

    `branch` is None at the root; `anywhere` says that the way is open at every point, not here
    alone. A pointer has no entries of its own.
    """

    card: Card
    branch: Branch | None = None
    depth: int = 0
    anywhere: bool = False
    is_pointer: bool = False
    entries: list["Entry"] = field(default_factory=list)

    def all(self) -> Iterator["Entry"]:
        """This entry and every one below it, as read from the top."""
        yield self
        for entry in self.entries:
            yield from entry.all()


def chart_tree(chart: Chart) -> Entry:
    """The tree from the first question on; what no way leads to is left out."""
    root = Entry(chart.cards[chart.start])
    drawn = {chart.start}
    waiting = deque([root])
    while waiting:
        entry = waiting.popleft()
        ways = [(branch, False) for branch in entry.card.branches]
        if entry is root:
            ways += [(branch, True) for branch in chart.anywhere]
        for branch, anywhere in ways:
            known = branch.to in drawn
            drawn.add(branch.to)
            below = Entry(chart.cards[branch.to], branch, entry.depth + 1, anywhere, known)
            entry.entries.append(below)
            if not known:
                waiting.append(below)
    return root


def titles(root: Entry) -> dict[str, str]:
    """What a card is called where it is pointed to: the words that lead to it, else its name."""
    return {
        entry.card.node: (entry.branch and entry.branch.words) or entry.card.node
        for entry in root.all()
        if not entry.is_pointer
    }
