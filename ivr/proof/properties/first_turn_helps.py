"""Whoever comes to a referral hears the number of somebody who answers now, in its first turn.

For every kind of line, at every hour, in every language: the number is one that this line reaches,
of an agency that is open; a form, a closed agency or a number that may fail is never all there is.
"""

from ivr.engine.tree import Refer
from ivr.proof.graph import StateGraph, Transition
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import ShortestCalls

NAME = "first-turn-helps"
SAYS = "every referral begins with the number of somebody who answers"


def prove(graph: StateGraph, calls: ShortestCalls) -> Finding:
    """Looks at every arrival at a referral from elsewhere."""
    staffed = _staffed(graph)
    for state, transitions in enumerate(graph.transitions):
        for one in transitions:
            if not _arrives(graph, state, one):
                continue
            wrong = one.where
            for number in one.outcome.numbers:
                wrong &= ~staffed.get(number, 0)
            if wrong:
                node = graph.states[one.outcome.state].position.node
                problem = f"{node} begins without the number of anybody who answers now"
                return Finding(NAME, SAYS, (calls.to(state, wrong, problem, (one.event,)),))
    return Finding(NAME, SAYS)


def _staffed(graph: StateGraph) -> dict[str, int]:
    """For each number, as it is dialled, the circumstances in which somebody answers it."""
    found: dict[str, int] = {}
    for name in graph.opening_states.agencies:
        for caller, who in enumerate(graph.circumstances.callers):
            phone = graph.line.agency(name).phone_for(who.kind)
            if phone is not None:
                number = phone.number.replace("-", "")
                here = graph.circumstances.staffed(name) & graph.circumstances.of(caller)
                found[number] = found.get(number, 0) | here
    return found


def _arrives(graph: StateGraph, state: int, one: Transition) -> bool:
    before, after = graph.states[state], graph.states[one.outcome.state]
    node = graph.line.node(after.position.node)
    if not isinstance(node, Refer) or after.position.language not in graph.languages:
        return False
    return before.is_first or before.position.node != after.position.node
