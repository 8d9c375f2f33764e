"""No closed agency leads while another of the referral's own answers its telephone (rule F2).

A form or a page is never closed, and leads nobody who needs a voice: it does not count.
"""

from ivr.engine.tree import Refer
from ivr.proof.graph import StateGraph, Transition
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import ShortestCalls

NAME = "open-leads"
SAYS = "no closed agency leads while another answers"


def prove(graph: StateGraph, calls: ShortestCalls) -> Finding:
    """Looks at every arrival at a referral; who was led to an agency before, keeps it."""
    for state, transitions in enumerate(graph.transitions):
        for one in transitions:
            wrong = _closed_leads(graph, state, one)
            if wrong:
                leads = graph.states[one.outcome.state].position.agency
                problem = f"{leads} leads though it is closed and another answers"
                return Finding(NAME, SAYS, (calls.to(state, wrong, problem, (one.event,)),))
    return Finding(NAME, SAYS)


def _closed_leads(graph: StateGraph, state: int, one: Transition) -> int:
    """The circumstances in which the agency that this transition leads to is the wrong one."""
    line, circumstances = graph.line, graph.circumstances
    before, after = graph.states[state].position, graph.states[one.outcome.state].position
    node = line.node(after.node)
    arrives = graph.states[state].is_first or before.node != after.node
    if not arrives or not isinstance(node, Refer):
        return 0
    some_open = 0
    for name in node.refer:
        if line.speaks(name, after.language) or line.speaks(name, line.tree.language):
            some_open |= circumstances.reached(name) & ~circumstances.closed(name)
    return one.where & circumstances.closed(after.agency) & some_open
