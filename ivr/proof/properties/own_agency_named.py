"""The first agency that a referral names is one of its own: the purpose comes before the hour.

The leaflet's chart says who is asked first; others follow where that one does not answer.
"""

from ivr.engine.dialogue import step
from ivr.engine.position import Event
from ivr.engine.speech import Words
from ivr.engine.tree import Refer
from ivr.proof.circumstances import bits_of
from ivr.proof.graph import StateGraph
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import ShortestCalls

NAME = "own-agency-named"
SAYS = "every referral names its own agency first"


def prove(graph: StateGraph, calls: ShortestCalls) -> Finding:
    """Makes one arrival at each referral in each language and circumstance."""
    done: dict[tuple[str, str], int] = {}
    for state, transitions in enumerate(graph.transitions):
        for one in transitions:
            there = graph.states[one.outcome.state].position
            node = graph.line.node(there.node)
            if not isinstance(node, Refer) or graph.states[state].position.node == there.node:
                continue
            if there.language not in graph.languages:
                continue
            key = there.language, there.node
            new = one.where & ~done.get(key, 0)
            done[key] = done.get(key, 0) | new
            for bit in bits_of(new):
                wrong = _named_first(graph, state, one.event, bit, node)
                if wrong:
                    return Finding(NAME, SAYS, (calls.to(state, bit, wrong, (one.event,)),))
    return Finding(NAME, SAYS)


def _named_first(graph: StateGraph, state: int, event: Event, bit: int, node: Refer) -> str:
    """What is wrong with the turn in one circumstance; empty where nothing is."""
    caller, moment = graph.circumstances.place(bit)
    position = graph.states[state].position
    states, who = graph.circumstances.at_moments[moment], graph.circumstances.callers[caller]
    turn = step(graph.line, position, event, states, who)
    said = " ".join(part.text for part in turn.speech if isinstance(part, Words))
    agencies = graph.line.scripts[turn.position.language].agencies
    places = {name: said.find(agencies[name].heard) for name in node.named}
    named = [name for name, place in sorted(places.items(), key=lambda p: p[1]) if place >= 0]
    if named and named[0] in node.refer:
        return ""
    return f"{turn.position.node} names {named[0] if named else 'nobody'} first"
