"""A turn of the line: what it says, what it then waits for, and what is to be done first."""

from dataclasses import dataclass

from ivr.engine.position import Position
from ivr.engine.speech import Speech


@dataclass(frozen=True)
class SendText:
    """Text this agency to the caller's own number, or to the one that was held for the call."""

    agency: str
    language: str
    to_held: bool = False


@dataclass(frozen=True)
class LookAfterText:
    """What has become of this call's text of an agency?"""

    agency: str


@dataclass(frozen=True)
class HoldNumber:
    """Keep a keyed-in number (E.164) for this call: no number ever stands in a URL."""

    number: str


@dataclass(frozen=True)
class RecallNumber:
    """Which number was kept for this call?"""


@dataclass(frozen=True)
class RefuseTexts:
    """Send no texts to the caller's own number any more; or, undone, send them again."""

    refused: bool


# SendText and LookAfterText end in Texted, the two of the held number in Held, the last in
# TextsRefused.
Effect = SendText | LookAfterText | HoldNumber | RecallNumber | RefuseTexts


@dataclass(frozen=True)
class Turn:
    """One answer of the line.

    `wait` is the seconds of silence after the speech in which keys are awaited, `digits` how many
    of them; a `wait` of None means that the call ends with the speech. With an `effect` there is no
    speech yet: the effect is carried out by whoever asked, and its outcome is the next event at
    `position`.
    """

    position: Position
    speech: Speech = ()
    wait: int | None = None
    effect: Effect | None = None
    digits: int = 1
