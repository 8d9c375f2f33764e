"""A proof as people and programs read it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ivr.commands.proving.example_numbers import number_of
from ivr.engine import Caller, Line
from ivr.proof import Counterexample, Proof, Wait

if TYPE_CHECKING:
    from ivr.commands.proving.through_webhooks import Walked


def counterexample(line: Line, found: Counterexample) -> str:
    """The line to be pasted, and what a call's keys cannot say."""
    keys = found.keys
    if found.language != line.tree.language:
        offered = {code: key for key, code in line.tree.languages.items()}
        keys = f"{offered.get(found.language, '')} {keys}".strip()
    said = f'ivr call --keys "{keys}" --at {found.at:%Y-%m-%dT%H:%M}'
    said += f" --from {number_of(line, found.caller.kind)}"
    notes = [] if found.caller.line_texts else ["on a line without SMS_FROM"]
    notes += [f"after {', '.join(found.news)}"] if found.news else []
    notes += ["if agencies open or close during the call; this is its end"] if found.moved else []
    return f"{said}  # {'; '.join(notes)}" if notes else said


def shown(line: Line, proof: Proof, took: float) -> Iterator[str]:
    """The report, line by line."""
    graph = proof.graph
    for finding in proof.findings:
        figure = f" ({finding.figure})" if finding.figure else ""
        yield f"{'holds' if finding.holds else 'FAILS'} {finding.name}: {finding.says}{figure}"
        for failure in finding.failures:
            yield f"      {failure.problem}"
            yield f"      {counterexample(line, failure)}"
    callers, moments = graph.circumstances.callers, graph.circumstances.moments
    yield (
        f"{len(graph.states)} states, {graph.count_transitions()} transitions"
        f" ({graph.steps} steps made), {len(moments)} states of opening hours in a year,"
        f" {len(callers)} kinds of caller: {', '.join(_kind(caller) for caller in callers)}"
    )
    yield f"took {took:.1f} s"


def as_json(line: Line, proof: Proof, took: float, walked: "Walked | None") -> dict[str, Any]:
    """The same as one object."""
    graph = proof.graph
    report: dict[str, Any] = {
        "holds": proof.holds and (walked is None or not walked.differences),
        "states": len(graph.states),
        "transitions": graph.count_transitions(),
        "steps": graph.steps,
        "opening_states": len(graph.circumstances.moments),
        "callers": [_kind(caller) for caller in graph.circumstances.callers],
        "seconds": round(took, 2),
        "properties": [
            {
                "name": finding.name,
                "says": finding.says,
                "holds": finding.holds,
                "figure": finding.figure,
                "failures": [_failure(line, failure) for failure in finding.failures],
            }
            for finding in proof.findings
        ],
        "waits": [_wait(one) for one in proof.waits],
    }
    if walked is not None:
        report["through_webhooks"] = {
            "requests": walked.requests,
            "callers": walked.callers,
            "seconds": round(walked.seconds, 2),
            "differences": [_failure(line, found) for found in walked.differences],
        }
    return report


def _failure(line: Line, found: Counterexample) -> dict[str, str]:
    return {"problem": found.problem, "call": counterexample(line, found)}


def _wait(one: Wait) -> dict[str, Any]:
    return {
        "language": one.language,
        "node": one.node,
        "keys": one.keys,
        "eager": None if one.eager is None else round(one.eager, 2),
        "patient": None if one.patient is None else round(one.patient, 2),
        "at": one.at.isoformat(),
        "caller": _kind(one.caller),
    }


def _kind(caller: Caller) -> str:
    return caller.kind.value + ("" if caller.line_texts else " (no texts)")
