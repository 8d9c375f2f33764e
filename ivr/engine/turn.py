"""A turn of the line: what it says, what it then waits for, and what is to be done first."""

from dataclasses import dataclass

from ivr.engine.position import Position
from ivr.engine.speech import Speech


@dataclass(frozen=True)
class SendText:
    """An effect: text this agency to the caller, then step on with what became of it."""

    agency: str
    language: str


@dataclass(frozen=True)
class Turn:
    """One answer of the line.

    `wait` is the seconds of silence after the speech in which one key is awaited; None means that
    the call ends with the speech. With an `effect` there is no speech yet: the effect is carried
    out by whoever asked, and its outcome is the next event at `position`.
    """

    position: Position
    speech: Speech = ()
    wait: int | None = None
    effect: SendText | None = None
