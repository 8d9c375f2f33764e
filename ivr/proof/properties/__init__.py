"""What is proved of every line: one file a property, listed here in the order of the report."""

from collections.abc import Callable

from ivr.proof.graph import StateGraph
from ivr.proof.properties import (
    dialling_is_safe,
    first_turn_helps,
    keys_everywhere,
    languages_everywhere,
    last_words_help,
    never_lost,
    open_leads,
    own_agency_named,
    silence_ends,
)
from ivr.proof.result import Finding
from ivr.proof.shortest_calls import ShortestCalls

Property = Callable[[StateGraph, ShortestCalls], Finding]

PROPERTIES: tuple[Property, ...] = (
    never_lost.prove,
    silence_ends.prove,
    first_turn_helps.prove,
    own_agency_named.prove,
    open_leads.prove,
    keys_everywhere.prove,
    languages_everywhere.prove,
    dialling_is_safe.prove,
    last_words_help.prove,
)

__all__ = ["PROPERTIES", "Property"]
