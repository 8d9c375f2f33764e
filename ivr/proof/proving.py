"""A line proved: explored once, then asked for each property."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

from ivr.engine.caller import Caller, CallerKind
from ivr.engine.line import Line
from ivr.proof.graph import StateGraph
from ivr.proof.opening_states import OpeningStates
from ivr.proof.properties import PROPERTIES, Property
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import ShortestCalls
from ivr.proof.time_to_number import FIGURES, Figures, Seconds, Wait, judged, waits


@dataclass(frozen=True)
class Proof:
    """What was looked at, what was found, and how long callers wait."""

    graph: StateGraph
    findings: tuple[Finding, ...]
    waits: tuple[Wait, ...]

    @property
    def holds(self) -> bool:
        """Whether every property does."""
        return all(finding.holds for finding in self.findings)


def prove(
    line: Line,
    since: datetime,
    seconds: Seconds,
    languages: Iterable[str] | None = None,
    properties: Iterable[Property] = PROPERTIES,
    figures: Figures = FIGURES,
) -> Proof:
    """Proves a line for the year after `since` (an aware time); `seconds` times speech."""
    graph = StateGraph(line, OpeningStates(line, since), callers_of(line), languages)
    calls = ShortestCalls(graph)
    findings = tuple(prove_one(graph, calls) for prove_one in properties)
    measured = tuple(waits(graph, seconds))
    return Proof(graph, (*findings, *judged(measured, figures)), measured)


def callers_of(line: Line) -> tuple[Caller, ...]:
    """The kinds of caller that this line answers differently, with a sender of texts and without.

    Two kinds are one where both reach the same numbers and both take texts, or neither does.
    """
    agencies = [agency for agency in line.directory.agencies.values() if agency.phones]
    known: dict[Hashable, Caller] = {}
    for line_texts in (True, False):
        for kind in (CallerKind.MOBILE, CallerKind.WITHHELD, *CallerKind):
            caller = Caller(kind, line_texts)
            views = tuple(
                (phone.number, kind in phone.not_from)
                for agency in agencies
                if (phone := agency.phone_for(kind)) is not None
            )
            known.setdefault((line_texts, caller.takes_texts, views), caller)
    return tuple(known.values())
