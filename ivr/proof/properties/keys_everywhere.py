"""* leads to the first question, 0 to a person, # says it again, at every state (rule C1)."""

from ivr.engine.keys import AGAIN_KEY, PERSON_KEY, TOP_KEY
from ivr.engine.position import Keys, Position
from ivr.proof.graph import Edge, Graph, Place
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import Ways

NAME = "keys-everywhere"
SAYS = "* # and 0 work at every state"


def prove(graph: Graph, ways: Ways) -> Finding:
    """Tries the three keys at every state in which keys are awaited."""
    for caller in range(len(graph.callers)):
        for place, edges in graph.edges[caller].items():
            for edge in edges:
                key = edge.event.digits if isinstance(edge.event, Keys) else ""
                if key and not _works(graph, graph.places[place], key, edge):
                    problem = f"{key} does not do what it does elsewhere"
                    failure = ways.to(caller, place, edge.moments, problem, (edge.event,))
                    return Finding(NAME, SAYS, (failure,))
    return Finding(NAME, SAYS)


def _works(graph: Graph, here: Place, key: str, edge: Edge) -> bool:
    there, tree = graph.places[edge.outcome.place], graph.line.tree
    if key in (TOP_KEY, PERSON_KEY):
        node = tree.start if key == TOP_KEY else tree.person
        fresh = Position(here.position.language, node, heard=here.position.heard)
        arrived = there.position
        bare = Position(arrived.language, arrived.node, heard=arrived.heard)
        anew = not arrived.silences and not arrived.mistakes and there.awaits_keys
        return bare == fresh and anew and edge.outcome.speaks
    if key != AGAIN_KEY:
        return True
    same = (here.position.language, here.position.node, here.position.agency or "")
    reached = (there.position.language, there.position.node, there.position.agency or "")
    # An effect looks up the number that was keyed in; it is read back once it is known.
    return same == reached and (edge.outcome.speaks or there.effect is not None)
