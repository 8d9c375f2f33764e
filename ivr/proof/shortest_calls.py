"""The shortest way to a place: the call that is shown when a property fails there."""

from collections import deque
from collections.abc import Iterator

from ivr.engine.position import Event
from ivr.proof.graph import Graph
from ivr.proof.result import Counterexample

Step = tuple[int, Event]  # the place it leads to, and what happened


class Ways:
    """The shortest ways through a graph, by kind of caller; worked out when they are asked for."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._trees: dict[tuple[int, int], dict[int, tuple[int, Event]]] = {}

    def to(
        self, caller: int, place: int, moments: int, problem: str, then: tuple[Event, ...] = ()
    ) -> Counterexample:
        """A call to `place`, at one of `moments` (bits), and on with `then`.

        Where doors must move on the way, the call's time is that of its end.
        """
        graph = self._graph
        for bit in bits_of(moments):
            steps = self._steps(caller, place, bit)
            if steps is not None:
                return self._call(caller, place, bit, (*steps, *then), problem, moved=False)
        steps = self._steps(caller, place, graph.doors.always) or ()
        last = next(bits_of(moments))
        return self._call(caller, place, last, (*steps, *then), problem, moved=True)

    def tree(self, caller: int, moments: int) -> dict[int, tuple[int, Event]]:
        """For each place that can be reached at any of `moments` the one before it, and how."""
        key = caller, moments
        if key not in self._trees:
            edges, tree = self._graph.edges[caller], dict[int, tuple[int, Event]]()
            ahead = deque(self._graph.starts.values())
            known = set(ahead)
            while ahead:
                here = ahead.popleft()
                for edge in edges.get(here, ()):
                    target = edge.outcome.place
                    if edge.moments & moments and target not in known:
                        known.add(target)
                        tree[target] = here, edge.event
                        ahead.append(target)
            self._trees[key] = tree
        return self._trees[key]

    def _steps(self, caller: int, place: int, moments: int) -> tuple[Event, ...] | None:
        tree, steps = self.tree(caller, moments), list[Event]()
        while place not in self._graph.starts.values():
            if place not in tree:
                return None
            place, event = tree[place]
            steps.append(event)
        return tuple(reversed(steps))

    def _call(
        self,
        caller: int,
        place: int,
        moment: int,
        steps: tuple[Event, ...],
        problem: str,
        moved: bool,
    ) -> Counterexample:
        graph = self._graph
        return Counterexample(
            problem,
            self._began_in(caller, place),
            graph.callers[caller],
            graph.doors.moments[moment.bit_length() - 1],
            steps,
            moved,
        )

    def _began_in(self, caller: int, place: int) -> str:
        tree, starts = self.tree(caller, self._graph.doors.always), self._graph.starts
        while place in tree:
            place, _ = tree[place]
        return next(language for language, start in starts.items() if start == place)


def bits_of(moments: int) -> Iterator[int]:
    """The single bits, the lowest first."""
    while moments:
        yield moments & -moments
        moments &= moments - 1
