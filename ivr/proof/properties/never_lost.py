"""No caller is lost: every state has a way to a spoken number, whatever is open (rules D5, L1)."""

from collections import defaultdict, deque

from ivr.proof.graph import Graph
from ivr.proof.result import Counterexample, Finding
from ivr.proof.shortest_calls import Ways

NAME = "number-in-reach"
SAYS = "every state has a way to a spoken number"


def prove(graph: Graph, ways: Ways) -> Finding:
    """Works backwards from the turns that speak a number, at each state of the doors."""
    failures = [
        failure
        for caller in range(len(graph.callers))
        if (failure := _stranded(graph, ways, caller)) is not None
    ]
    return Finding(NAME, SAYS, tuple(failures[:1]))


def _stranded(graph: Graph, ways: Ways, caller: int) -> Counterexample | None:
    edges = graph.edges[caller]
    before: dict[int, list[tuple[int, int]]] = defaultdict(list)
    reach = dict.fromkeys(edges, 0)
    ahead: deque[int] = deque()
    for place, found in edges.items():
        for edge in found:
            if edge.outcome.number:
                reach[place] |= edge.moments
            before[edge.outcome.place].append((place, edge.moments))
        if reach[place]:
            ahead.append(place)
    while ahead:
        place = ahead.popleft()
        for previous, moments in before[place]:
            more = reach[place] & moments & ~reach[previous]
            if more:
                reach[previous] |= more
                ahead.append(previous)
    for place in edges:  # in the order they were found, the nearest first
        missing = graph.doors.always & ~reach[place]
        if edges[place] and missing:
            return ways.to(caller, place, missing, "no way leads on to a number from here")
    return None
