"""Proofs about a whole line: every state of its dialogue, at every state of its agencies' doors."""

from ivr.engine.proof.doors import DAYS, Doors
from ivr.engine.proof.finding import Counterexample, Finding
from ivr.engine.proof.graph import Edge, Graph, Outcome, Place
from ivr.engine.proof.properties import PROPERTIES, Property
from ivr.engine.proof.proving import Proof, callers_of, prove
from ivr.engine.proof.waiting import FIGURES, Figures, Wait, waits
from ivr.engine.proof.ways import Ways

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
