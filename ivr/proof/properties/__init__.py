"""What is proved of every line: one file a property, listed here in the order it is told."""

from collections.abc import Callable

from ivr.proof.graph import Graph
from ivr.proof.properties import (
    keys_everywhere,
    languages_everywhere,
    last_words_help,
    never_lost,
    open_leads,
    silence_ends,
)
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import Ways

Property = Callable[[Graph, Ways], Finding]

PROPERTIES: tuple[Property, ...] = (
    never_lost.prove,
    silence_ends.prove,
    open_leads.prove,
    keys_everywhere.prove,
    languages_everywhere.prove,
    last_words_help.prove,
)

__all__ = ["PROPERTIES", "Property"]
