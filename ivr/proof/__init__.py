"""Proofs about a whole line: every state of its dialogue, at every state of its agencies' doors."""

from ivr.proof.graph import Edge, Graph, Outcome, Place
from ivr.proof.opening_states import DAYS, Doors
from ivr.proof.properties import PROPERTIES, Property
from ivr.proof.proving import Proof, callers_of, prove
from ivr.proof.result import Counterexample, Finding
from ivr.proof.shortest_calls import Ways
from ivr.proof.time_to_number import FIGURES, Figures, Wait, waits

__all__ = [
    "DAYS",
    "FIGURES",
    "PROPERTIES",
    "Counterexample",
    "Doors",
    "Edge",
    "Figures",
    "Finding",
    "Graph",
    "Outcome",
    "Place",
    "Proof",
    "Property",
    "Wait",
    "Ways",
    "callers_of",
    "prove",
    "waits",
]
