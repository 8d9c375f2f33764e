"""Every language's key says the same place in that language: at every state (caller rule H2).

While a number is keyed in or confirmed its digits are digits; # 0 * lead out of that.
"""

from ivr.engine.position import Keys
from ivr.proof.graph import Edge, Graph, Place
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import Ways

NAME = "languages-everywhere"
SAYS = "every language's key works at every state"


def prove(graph: Graph, ways: Ways) -> Finding:
    """Tries every language's key at every state in which keys are awaited."""
    keys = graph.line.tree.languages
    for caller in range(len(graph.callers)):
        for place, edges in graph.edges[caller].items():
            here = graph.places[place]
            for edge in edges:
                digits = edge.event.digits if isinstance(edge.event, Keys) else ""
                if digits not in keys or here.position.entry is not None:
                    continue
                if not _works(graph, here, keys[digits], edge):
                    problem = f"{digits} does not say this in the other language"
                    failure = ways.to(caller, place, edge.moments, problem, (edge.event,))
                    return Finding(NAME, SAYS, (failure,))
    return Finding(NAME, SAYS)


def _works(graph: Graph, here: Place, language: str, edge: Edge) -> bool:
    """The key of the language one is in leads back to the tree's own."""
    there = graph.places[edge.outcome.place].position
    wanted = graph.line.tree.language if language == here.position.language else language
    same_node = there.node == here.position.node
    return there.language == wanted and same_node and edge.outcome.speaks
