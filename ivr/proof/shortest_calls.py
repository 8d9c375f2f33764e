"""The shortest call that comes to a state: it is shown when a property fails there."""

from collections import deque

from ivr.engine.position import Event
from ivr.proof.circumstances import bits_of
from ivr.proof.graph import StateGraph
from ivr.proof.result import Counterexample

_Before = dict[int, tuple[int, Event]]  # for each state the one before it, and what happened there


class ShortestCalls:
    """The shortest calls through a graph; worked out when they are asked for."""

    def __init__(self, graph: StateGraph) -> None:
        self._graph = graph
        self._trees: dict[int, _Before] = {}

    def to(
        self, state: int, where: int, problem: str, then: tuple[Event, ...] = ()
    ) -> Counterexample:
        """A call to `state`, in one of the circumstances `where` (bits), and on with `then`.

        Where agencies must open or close on the way, the call's time is that of its end.
        """
        for bit in bits_of(where):
            steps = self._steps(state, bit)
            if steps is not None:
                return self._call(state, bit, bit, (*steps, *then), problem)
        last = next(bits_of(where & self._graph.reached[state]))
        any_hour = self._graph.circumstances.any_hour(last)
        steps = self._steps(state, any_hour) or ()
        return self._call(state, any_hour, last, (*steps, *then), problem)

    def _tree(self, where: int) -> _Before:
        if where not in self._trees:
            transitions, tree = self._graph.transitions, _Before()
            ahead = deque(self._graph.starts.values())
            known = set(ahead)
            while ahead:
                here = ahead.popleft()
                for one in transitions[here]:
                    target = one.outcome.state
                    if one.where & where and target not in known:
                        known.add(target)
                        tree[target] = here, one.event
                        ahead.append(target)
            self._trees[where] = tree
        return self._trees[where]

    def _steps(self, state: int, where: int) -> tuple[Event, ...] | None:
        tree, steps = self._tree(where), list[Event]()
        while state not in self._graph.starts.values():
            if state not in tree:
                return None
            state, event = tree[state]
            steps.append(event)
        return tuple(reversed(steps))

    def _call(
        self, state: int, where: int, last: int, steps: tuple[Event, ...], problem: str
    ) -> Counterexample:
        circumstances = self._graph.circumstances
        caller, moment = circumstances.place(last)
        return Counterexample(
            problem,
            self._began_in(state, where),
            circumstances.callers[caller],
            circumstances.moments[moment],
            steps,
            moved=where != last,
        )

    def _began_in(self, state: int, where: int) -> str:
        tree, starts = self._tree(where), self._graph.starts
        while state in tree:
            state, _ = tree[state]
        return next(language for language, start in starts.items() if start == state)
