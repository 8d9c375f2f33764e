"""The chart as a tree: each card once, where the fewest keys lead to it; elsewhere a pointer."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from ivr.drawing.chart import Branch, Card, Chart


@dataclass
class Twig:
    """A place in the tree: how it is reached, and its card, or the one it points to.

    `branch` is None at the root; `anywhere` says that the way is open at every point, not here
    alone. A pointer has no twigs of its own.
    """

    card: Card
    branch: Branch | None = None
    depth: int = 0
    anywhere: bool = False
    is_pointer: bool = False
    twigs: list["Twig"] = field(default_factory=list)

    def all(self) -> Iterator["Twig"]:
        """This twig and every one below it, as read from the top."""
        yield self
        for twig in self.twigs:
            yield from twig.all()


def grow(chart: Chart) -> Twig:
    """The tree from the first question on; what no way leads to is left out."""
    root = Twig(chart.cards[chart.start])
    drawn = {chart.start}
    waiting = deque([root])
    while waiting:
        twig = waiting.popleft()
        ways = [(branch, False) for branch in twig.card.branches]
        if twig is root:
            ways += [(branch, True) for branch in chart.anywhere]
        for branch, anywhere in ways:
            known = branch.to in drawn
            drawn.add(branch.to)
            below = Twig(chart.cards[branch.to], branch, twig.depth + 1, anywhere, known)
            twig.twigs.append(below)
            if not known:
                waiting.append(below)
    return root


def titles(root: Twig) -> dict[str, str]:
    """What a card is called where it is pointed to: the words that lead to it, else its name."""
    return {
        twig.card.node: twig.branch.words if twig.branch and twig.branch.words else twig.card.node
        for twig in root.all()
        if not twig.is_pointer
    }
