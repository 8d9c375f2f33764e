"""Silence alone ends every call from every state, and not before a number was heard.

So no cycle lacks a way out, not even one that a caller can be led into. What comes of texts is
followed whatever it is.
"""

from ivr.engine.dialogue import MOST_TURNS
from ivr.engine.position import Event, Keys
from ivr.proof.graph import Edge, Graph
from ivr.proof.result import Counterexample, Finding
from ivr.proof.shortest_calls import Ways, bits_of

NAME = "silence-ends"
SAYS = "silence alone ends every call, and not before a number was heard"


def prove(graph: Graph, ways: Ways) -> Finding:
    """Follows silence from every state, at each state of the doors."""
    failures, longest, from_start = list[Counterexample](), 0, 0
    for caller in range(len(graph.callers)):
        walk = _Silence(graph, ways, caller)
        for bit in bits_of(graph.doors.always):
            for place in graph.edges[caller]:
                longest = max(longest, walk.turns(place, bit))
            begun = [walk.turns(start, bit) for start in graph.starts.values()]
            from_start = max(from_start, *begun)
        failures += walk.failures[:1]
    said = (
        f"longest call without a key: {from_start} turns; from any state on: {longest};"
        f" the longest there can be: {MOST_TURNS}, then two numbers and the end"
    )
    return Finding(NAME, SAYS, tuple(failures[:1]), said)


class _Silence:
    """The turns until silence has ended a call; each state is looked at once for each moment."""

    def __init__(self, graph: Graph, ways: Ways, caller: int) -> None:
        self._graph, self._ways, self._caller = graph, ways, caller
        self._turns: dict[tuple[int, int], int] = {}
        self.failures: list[Counterexample] = []

    def turns(self, place: int, bit: int) -> int:
        """The most turns until the end; depth first, without recursion for the sake of deep trees.

        A state that is met again while it is being followed closes a cycle.
        """
        open_, stack = set[int](), [place]
        while stack:
            here = stack[-1]
            if (here, bit) in self._turns:
                stack.pop()
                continue
            following = [edge.outcome.place for edge in self._silent(here, bit)]
            waiting = [p for p in following if (p, bit) not in self._turns]
            if here in open_:
                open_.discard(here)
                stack.pop()
                if waiting:
                    self._fail(here, bit, "silence goes round in circles from here")
                known = [self._turns.get((p, bit), 0) for p in following]
                self._turns[here, bit] = 1 + max(known, default=0)
                continue
            if not following:
                self._check_end(here, bit)
                self._turns[here, bit] = 0
                stack.pop()
                continue
            open_.add(here)
            circle = [p for p in waiting if p in open_]
            stack += [p for p in waiting if p not in circle]
        return self._turns[place, bit]

    def _silent(self, place: int, bit: int) -> list[Edge]:
        edges = self._graph.edges[self._caller].get(place, ())
        return [e for e in edges if e.moments & bit and not isinstance(e.event, Keys)]

    def _check_end(self, place: int, bit: int) -> None:
        here = self._graph.places[place]
        outside = here.position.language not in self._graph.languages
        if outside or (here.is_over and here.position.heard):
            return
        for before, edges in self._graph.edges[self._caller].items():
            for edge in edges:
                ends_here = edge.outcome.place == place and edge.moments & bit
                if ends_here and not edge.outcome.number:
                    self._fail(before, bit, "the call ends before a number was heard", edge.event)
                    return

    def _fail(self, place: int, bit: int, problem: str, *then: Event) -> None:
        self.failures.append(self._ways.to(self._caller, place, bit, problem, then))
