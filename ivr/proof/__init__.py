"""Proofs about a whole line: every state of its dialogue, at every state of its agencies' doors."""

from ivr.proof.doors import DAYS, Doors
from ivr.proof.finding import Counterexample, Finding
from ivr.proof.graph import Edge, Graph, Outcome, Place
from ivr.proof.properties import PROPERTIES, Property
from ivr.proof.proving import Proof, callers_of, prove
from ivr.proof.waiting import FIGURES, Figures, Wait, waits
from ivr.proof.ways import Ways

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
