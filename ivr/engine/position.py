"""Where a caller is, and what can happen there."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Position:
    """A place in the tree; it travels in the URL, so that no server keeps anything of a call."""

    language: str
    node: str
    agency: str = ""  # at a referral: the agency that was read last
    silences: int = 0  # how often nothing was pressed here
    mistakes: int = 0  # how often a key was pressed that leads nowhere
    number: bool = False  # whether this turn reads a number out
    heard: bool = False  # whether a whole number has been heard in this call
    visits: int = 0  # turns so far; it bounds the call


@dataclass(frozen=True)
class Start:
    """The call was answered."""


@dataclass(frozen=True)
class Keys:
    """Keys were pressed."""

    digits: str


@dataclass(frozen=True)
class Silence:
    """Nothing was pressed until the time was over: all that was said has been heard."""


class TextOutcome(Enum):
    """What became of a text that was asked for."""

    SENT = "sent"  # the carrier took it
    SENDING = "sending"  # it is under way; another request is sending it
    UNKNOWN = "unknown"  # no answer: it may arrive or not
    FAILED = "failed"  # it was not sent


@dataclass(frozen=True)
class Texted:
    """The outcome of a SendText effect."""

    outcome: TextOutcome


Event = Start | Keys | Silence | Texted
