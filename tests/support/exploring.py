"""A plain search through a call, which what is cleverer is held against."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from ivr.engine import AgencyStates, Caller, Line, Turn
from ivr.engine.reach import entries, explore
from tests.support.calls import KEYS


def every_turn(line: Line, language: str, opening: AgencyStates, caller: Caller) -> Iterator[Turn]:
    """Every turn that a call can come to, each once: all keys, silence, all outcomes of a text.

    Turns that differ only in how many turns came before them count as one.
    """

    def place(turn: Turn) -> Hashable:
        return replace(turn.position, visits=0), turn.speech, turn.effect

    def keys(turn: Turn) -> Iterable[str]:
        return (*KEYS, *entries(line, turn.position))

    return explore(line, language, opening, caller, place, keys)
