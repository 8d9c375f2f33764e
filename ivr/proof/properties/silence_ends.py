"""Silence alone ends every call from every state, and not before a number was heard.

So no cycle lacks a way out, not even one that a caller can be led into. What comes of texts is
followed whatever it is.
"""

from collections import defaultdict
from collections.abc import Iterator

from ivr.engine.dialogue import MOST_TURNS
from ivr.engine.position import Keys
from ivr.proof.graph import StateGraph, Transition
from ivr.proof.result import Counterexample, Finding
from ivr.proof.shortest_calls import ShortestCalls

NAME = "silence-ends"
SAYS = "silence alone ends every call, and not before a number was heard"


def prove(graph: StateGraph, calls: ShortestCalls) -> Finding:
    """Follows silence from every state, in all circumstances at once."""
    silence = _Silence(graph)
    failures = [*_circles(silence, calls), *_without_a_number(silence, calls)]
    figure = (
        f"longest call without a key: {silence.from_start} turns; from any state on:"
        f" {silence.longest}; the longest there can be: {MOST_TURNS}, then two numbers and the end"
    )
    return Finding(NAME, SAYS, tuple(failures[:1]), figure)


class _Silence:
    """How a graph goes on without keys.

    `going_on` holds for each state the circumstances in which silence never ends the call;
    `longest` is the most turns of silence from any state on, `from_start` from the first one.
    """

    def __init__(self, graph: StateGraph) -> None:
        self.graph = graph
        self.transitions = [
            [one for one in found if not isinstance(one.event, Keys)] for found in graph.transitions
        ]
        self.going_on = [
            where if ahead else 0
            for where, ahead in zip(graph.reached, self.transitions, strict=True)
        ]
        self.longest = self.from_start = 0
        self._follow()

    def _follow(self) -> None:
        """Turn by turn backwards from the ends: a call ends one turn before each that ended."""
        before: dict[int, list[int]] = defaultdict(list)
        for state, found in enumerate(self.transitions):
            for one in found:
                before[one.outcome.state].append(state)
        ended = [state for state, where in enumerate(self.going_on) if not where]
        turns = 0
        while ended:
            turns += 1
            nearer = {previous: None for state in ended for previous in before[state]}
            now = {state: self._still_going_on(state) for state in nearer}
            ended = [state for state, where in now.items() if where != self.going_on[state]]
            for state in ended:
                self.going_on[state] = now[state]
            if ended:
                self.longest = turns
            if any(start in ended for start in self.graph.starts.values()):
                self.from_start = turns

    def _still_going_on(self, state: int) -> int:
        where = 0
        for one in self.transitions[state]:
            where |= one.where & self.going_on[one.outcome.state]
        return where


def _circles(silence: _Silence, calls: ShortestCalls) -> Iterator[Counterexample]:
    for state, where in enumerate(silence.going_on):
        if where:
            yield calls.to(state, where, "silence goes round in circles from here")


def _without_a_number(silence: _Silence, calls: ShortestCalls) -> Iterator[Counterexample]:
    for state, found in enumerate(silence.transitions):
        for one in found:
            if _ends_unheard(silence, one):
                problem = "the call ends before a number was heard"
                yield calls.to(state, one.where, problem, (one.event,))


def _ends_unheard(silence: _Silence, one: Transition) -> bool:
    to = silence.graph.states[one.outcome.state]
    if silence.transitions[one.outcome.state] or one.outcome.numbers:
        return False
    outside = to.position.language not in silence.graph.languages
    return not outside and not (to.is_over and to.position.heard)
