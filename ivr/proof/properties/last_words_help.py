"""A call that is too long ends with numbers that are not known to close, in every language."""

from dataclasses import replace

from ivr.engine.caller import Caller
from ivr.engine.dialogue import MOST_TURNS, beginning, step
from ivr.engine.hours import Availability
from ivr.engine.position import Silence
from ivr.engine.speech import Digits
from ivr.engine.tree import Refer
from ivr.proof.graph import StateGraph
from ivr.proof.result import Counterexample, Finding
from ivr.proof.shortest_calls import ShortestCalls

NAME = "last-words-help"
SAYS = f"after {MOST_TURNS} turns a call ends with numbers that never close"


def prove(graph: StateGraph, _calls: ShortestCalls) -> Finding:
    """Makes the step past the bound, in each language."""
    caller, at = graph.circumstances.callers[0], graph.circumstances.moments[0]
    failures = [
        Counterexample(problem, language, caller, at, _ROUND)
        for language in graph.languages
        if (problem := _what_is_wrong(graph, language, caller))
    ]
    return Finding(NAME, SAYS, tuple(failures[:1]))


_ROUND = (Silence(),) * MOST_TURNS


def _what_is_wrong(graph: StateGraph, language: str, caller: Caller) -> str:
    line, states = graph.line, graph.circumstances.at_moments[0]
    late = replace(beginning(line, language), visits=MOST_TURNS)
    turn = step(line, late, Silence(), states, caller)
    if turn.wait is not None or turn.effect is not None:
        return "the call goes on"
    if not any(isinstance(part, Digits) for part in turn.speech):
        return "the call ends without a number"
    node, worst = line.node(line.tree.fallback), line.timetable.worst()
    if not isinstance(node, Refer):
        return f"{line.tree.fallback} is no referral"
    never_closed = [
        name for name in node.named if worst.of(name).availability is not Availability.CLOSED
    ]
    numbers = [part for part in turn.speech if isinstance(part, Digits)]
    enough = len(never_closed) >= len(numbers) // 2  # each is read twice
    return "" if enough else "a number is read that closes at times"
