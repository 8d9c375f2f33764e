"""Who dials the number just read into the call gets no text, no other language and no other agency.

"Call #9110" is heard, and #, 9, 1, 1, 0 is pressed at once: each key by itself means something.
"""

from ivr.engine.position import Keys
from ivr.engine.turn import SendText
from ivr.proof.graph import StateGraph, Transition
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import ShortestCalls

NAME = "dialling-is-safe"
SAYS = "nothing is texted or switched by dialling the number just read"


def prove(graph: StateGraph, calls: ShortestCalls) -> Finding:
    """Dials every number at every state at which it was just read."""
    dialling = _Dialling(graph)
    for transitions in graph.transitions:
        for one in transitions:
            for number in one.outcome.numbers:
                found = dialling.goes_wrong(one.outcome.state, number, one.where)
                if found:
                    where, keys = found
                    problem = f"dialling {number} texts somebody or switches the language"
                    then = tuple(Keys(key) for key in keys)
                    return Finding(NAME, SAYS, (calls.to(one.outcome.state, where, problem, then),))
    return Finding(NAME, SAYS)


class _Dialling:
    def __init__(self, graph: StateGraph) -> None:
        self._graph = graph
        self._keys: dict[int, dict[str, list[Transition]]] = {}
        self._safe: dict[tuple[int, str], int] = {}  # where dialling the rest is known to be safe

    def goes_wrong(self, state: int, number: str, where: int) -> tuple[int, str] | None:
        """The circumstances, and the keys until then, of the first wrong turn; None if none is."""
        language = self._graph.states[state].position.language
        ahead = [(state, 0, where)]
        while ahead:
            here, dialled, bits = ahead.pop()
            rest = number[dialled:]
            bits &= ~self._safe.get((here, rest), 0)
            if not bits or not rest or not self._graph.states[here].awaits_keys:
                continue
            self._safe[here, rest] = self._safe.get((here, rest), 0) | bits
            for one in self._pressed(here, rest[0]):
                both = one.where & bits
                if both and self._is_wrong(one, language):
                    return both, number[: dialled + 1]
                if both:
                    ahead.append((one.outcome.state, dialled + 1, both))
        return None

    def _is_wrong(self, one: Transition, language: str) -> bool:
        there = self._graph.states[one.outcome.state]
        return isinstance(there.effect, SendText) or there.position.language != language

    def _pressed(self, state: int, key: str) -> list[Transition]:
        """The transitions of a key; of the keys that no rule names, any stands for all."""
        if state not in self._keys:
            found = self._keys[state] = {}
            for one in self._graph.transitions[state]:
                if isinstance(one.event, Keys):
                    found.setdefault(one.event.digits, []).append(one)
        return self._keys[state].get(key, [])
