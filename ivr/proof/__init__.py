"""Proofs about a whole line: every state of its dialogue, at every state of opening hours."""

from ivr.proof.circumstances import Circumstances
from ivr.proof.graph import CallState, StateGraph, Transition
from ivr.proof.opening_states import DAYS, OpeningStates
from ivr.proof.properties import PROPERTIES, Property
from ivr.proof.proving import Proof, callers_of, prove
from ivr.proof.result import Counterexample, Finding
from ivr.proof.shared_steps import Outcome
from ivr.proof.shortest_calls import ShortestCalls
from ivr.proof.time_to_number import FIGURES, Figures, Wait, waits

__all__ = [
    "DAYS",
    "FIGURES",
    "PROPERTIES",
    "CallState",
    "Circumstances",
    "Counterexample",
    "Figures",
    "Finding",
    "OpeningStates",
    "Outcome",
    "Proof",
    "Property",
    "ShortestCalls",
    "StateGraph",
    "Transition",
    "Wait",
    "callers_of",
    "prove",
    "waits",
]
