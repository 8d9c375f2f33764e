"""No caller is lost: every state has a way to a spoken number, whatever is open (rules D5, L1)."""

from collections import defaultdict, deque

from ivr.proof.graph import StateGraph
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import ShortestCalls

NAME = "number-in-reach"
SAYS = "every state has a way to a spoken number"


def prove(graph: StateGraph, calls: ShortestCalls) -> Finding:
    """Works backwards from the turns that speak a number, in all circumstances at once."""
    found = _number_ahead(graph)
    for state, reached in enumerate(graph.reached):  # the nearest first
        missing = reached & ~found[state]
        if graph.transitions[state] and missing:
            failure = calls.to(state, missing, "no way leads on to a number from here")
            return Finding(NAME, SAYS, (failure,))
    return Finding(NAME, SAYS)


def _number_ahead(graph: StateGraph) -> list[int]:
    """For each state the circumstances in which some way leads on to a number."""
    before: dict[int, list[tuple[int, int]]] = defaultdict(list)
    found = [0] * len(graph.states)
    for state, transitions in enumerate(graph.transitions):
        for one in transitions:
            before[one.outcome.state].append((state, one.where))
            if one.outcome.numbers:
                found[state] |= one.where
    ahead = deque(state for state, where in enumerate(found) if where)
    while ahead:
        state = ahead.popleft()
        for previous, where in before[state]:
            more = found[state] & where & ~found[previous]
            if more:
                found[previous] |= more
                ahead.append(previous)
    return found
