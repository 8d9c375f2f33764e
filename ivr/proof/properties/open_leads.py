"""No closed agency leads while an open one of the same referral could (caller rule F2)."""

from ivr.engine.tree import Refer
from ivr.proof.graph import Edge, Graph
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import Ways

NAME = "open-leads"
SAYS = "no closed agency leads while an open one exists"


def prove(graph: Graph, ways: Ways) -> Finding:
    """Looks at every arrival at a referral; who was led to an agency before, keeps it."""
    for caller in range(len(graph.callers)):
        for place, edges in graph.edges[caller].items():
            for edge in edges:
                wrong = _closed_leads(graph, place, edge)
                if wrong:
                    leads = graph.places[edge.outcome.place].position.agency
                    problem = f"{leads} leads though it is closed and another is open"
                    failure = ways.to(caller, place, wrong, problem, (edge.event,))
                    return Finding(NAME, SAYS, (failure,))
    return Finding(NAME, SAYS)


def _closed_leads(graph: Graph, place: int, edge: Edge) -> int:
    """The moments (bits) at which the agency that this way leads to is the wrong one."""
    line, doors = graph.line, graph.doors
    before, after = graph.places[place].position, graph.places[edge.outcome.place].position
    node = line.node(after.node)
    arrives = graph.places[place].is_first or before.node != after.node
    if not arrives or not isinstance(node, Refer):
        return 0
    open_ = 0
    for name in node.refer:
        if line.speaks(name, after.language) or line.speaks(name, line.tree.language):
            open_ |= doors.always & ~doors.closed[name]
    return edge.moments & doors.closed[after.agency] & open_
