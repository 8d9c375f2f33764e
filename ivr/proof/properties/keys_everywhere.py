"""* leads to the first question, 0 to a person, # says it again, at every state (rule C1)."""

from ivr.engine.keys import AGAIN_KEY, PERSON_KEY, TOP_KEY
from ivr.engine.position import Keys, Position
from ivr.proof.graph import CallState, StateGraph, Transition
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import ShortestCalls

NAME = "keys-everywhere"
SAYS = "* # and 0 work at every state"


def prove(graph: StateGraph, calls: ShortestCalls) -> Finding:
    """Tries the three keys at every state in which keys are awaited."""
    for state, transitions in enumerate(graph.transitions):
        for one in transitions:
            key = one.event.digits if isinstance(one.event, Keys) else ""
            if key and not _works(graph, graph.states[state], key, one):
                problem = f"{key} does not do what it does elsewhere"
                failure = calls.to(state, one.where, problem, (one.event,))
                return Finding(NAME, SAYS, (failure,))
    return Finding(NAME, SAYS)


def _works(graph: StateGraph, here: CallState, key: str, one: Transition) -> bool:
    there, tree = graph.states[one.outcome.state], graph.line.tree
    if key in (TOP_KEY, PERSON_KEY):
        node = tree.start if key == TOP_KEY else tree.person
        fresh = Position(here.position.language, node, heard=here.position.heard)
        arrived = there.position
        bare = Position(arrived.language, arrived.node, heard=arrived.heard)
        anew = not arrived.silences and not arrived.mistakes and there.awaits_keys
        return bare == fresh and anew and one.outcome.speaks
    if key != AGAIN_KEY:
        return True
    same = (here.position.language, here.position.node, here.position.agency or "")
    reached = (there.position.language, there.position.node, there.position.agency or "")
    # An effect looks up the number that was keyed in; it is read back once it is known.
    return same == reached and (one.outcome.speaks or there.effect is not None)
