"""Every language's key says the same place in that language: at every state (caller rule H2).

While a number is keyed in, confirmed, or dialled by mistake, its digits are digits; # 0 * lead out.
"""

from ivr.engine.position import Keys, Position
from ivr.proof.graph import StateGraph, Transition
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import ShortestCalls

NAME = "languages-everywhere"
SAYS = "every language's key works at every state"


def prove(graph: StateGraph, calls: ShortestCalls) -> Finding:
    """Tries every language's key at every state in which keys are awaited."""
    keys = graph.line.tree.languages
    for state, transitions in enumerate(graph.transitions):
        here = graph.states[state].position
        for one in transitions:
            digits = one.event.digits if isinstance(one.event, Keys) else ""
            if digits not in keys or here.entry is not None or here.dialled:
                continue
            if not _works(graph, here, keys[digits], one):
                problem = f"{digits} does not say this in the other language"
                failure = calls.to(state, one.where, problem, (one.event,))
                return Finding(NAME, SAYS, (failure,))
    return Finding(NAME, SAYS)


def _works(graph: StateGraph, here: Position, language: str, one: Transition) -> bool:
    """The key of the language one is in leads back to the tree's own."""
    there = graph.states[one.outcome.state].position
    wanted = graph.line.tree.language if language == here.language else language
    return there.language == wanted and there.node == here.node and one.outcome.speaks
